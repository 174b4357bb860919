"""What is tried in the background, by the real SDKs, and how that is kept."""

from typing import Any

import pytest

from tests.cast import only, rows
from tests.doubles.account import SenderOfOurs
from tests.doubles.openai import OpenAI
from tests.doubles.twilio import Twilio
from wa_assistant.models import Check, Checked
from wa_assistant.operations import checks, outside, probe

pytestmark = pytest.mark.usefixtures("context")


def twilio_said() -> Any:
    outside.ask()
    return only(Check, Check.name == Checked.TWILIO)


def model_said() -> Any:
    outside.ask()
    return only(Check, Check.name == Checked.MODEL)


def test_a_job_that_is_rung_for_is_done_and_says_how_long_it_waited(work):
    probe.begin()
    assert work() == ["jobs.probe.end"]
    found = only(Check)
    assert (found.name, found.well) == ("engine", True)
    assert 0 <= found.found["seconds"] < 60


def test_since_when_it_is_so_is_kept_and_what_was_found_last():
    checks.keep(Checked.TWILIO, {"name": "us"})
    first = only(Check).since
    checks.keep(Checked.TWILIO, {"name": "us"})
    assert only(Check).since == first
    checks.keep(Checked.TWILIO, None, "HTTP 401")
    found = only(Check)
    assert (found.well, found.reason, found.found) == (False, "HTTP 401", {"name": "us"})
    assert found.since > first


def test_twilio_tells_of_the_account_and_of_our_sender(twilio: Twilio):
    found = twilio_said()
    assert (found.well, found.reason) == (True, "")
    sender = found.found["sender"]
    assert found.found["status"] == "active"
    assert (sender["status"], sender["quality"]) == ("ONLINE", "HIGH")
    assert sender["limit"] == "250 customers/24hr"
    assert sender["webhook"].endswith("/whatsapp/webhook")
    assert sender["receipts"].endswith("/whatsapp/status")


def change_nothing(twilio: Twilio) -> None:
    pass


def suspend(twilio: Twilio) -> None:
    twilio.account.status = "suspended"


def take_offline(twilio: Twilio) -> None:
    twilio.senders[0].status = "OFFLINE"


def have_another(twilio: Twilio) -> None:
    twilio.senders = [SenderOfOurs("whatsapp:+15005550006", "https://elsewhere.example")]


def forget_us(twilio: Twilio) -> None:
    twilio.fail_next(1, status=401, on="GET")


def break_down(twilio: Twilio) -> None:
    twilio.fail_next(1, status=503, on="GET")


def hang_up(twilio: Twilio) -> None:
    twilio.drop_connection(1, on="GET")


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        (change_nothing, ""),
        (suspend, "not active"),
        (take_offline, "offline"),
        (have_another, "no such sender"),
        (forget_us, "HTTP 401"),
        (break_down, "HTTP 503"),
        (hang_up, "ConnectionError"),
    ],
)
def test_what_is_wrong_at_twilio_is_told_in_a_word(twilio, does, reason):
    does(twilio)
    found = twilio_said()
    assert (found.reason, found.well) == (reason, not reason)


@pytest.mark.environment(TWILIO_SANDBOX="on")
def test_in_the_sandbox_nobody_has_a_sender(twilio):
    twilio.senders = []
    assert twilio_said().well


def test_the_server_tells_until_when_it_has_our_models(openai: OpenAI):
    openai.shutdown_dates["gpt-6-luna"] = "2027-03-01"
    found = model_said()
    assert found.well
    assert found.found["models"] == {
        "gpt-6-luna": "2027-03-01",
        "text-embedding-3-small": "",
        "gpt-transcribe": "",
    }


@pytest.mark.parametrize(
    ("fails", "reason"),
    [
        ({"status": 401}, "key"),
        ({"status": 500}, "broken"),
        ({"status": 429, "code": "insufficient_quota"}, "credit"),
    ],
)
def test_what_is_wrong_at_the_model_s_server_is_told_in_a_word(
    openai, fails: dict[str, Any], reason
):
    openai.fail_next(1, on="GET", **fails)
    found = model_said()
    assert (found.well, found.reason) == (False, reason)


@pytest.mark.environment(OPENAI_MODEL="our-own")
def test_a_server_of_one_s_own_may_list_other_names(openai):
    assert model_said().well


@pytest.mark.environment(
    OPENAI_API_KEY=None,
    OPENAI_BASE_URL=None,
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_nobody_is_asked_who_is_not_connected():
    outside.ask()
    outside.ask_certificate()
    assert rows(Check) == []
