"""Twilio's Messages API through the real SDK."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ANA, BRUNO
from tests.doubles.base import Fault
from tests.doubles.server import answer_json
from tests.doubles.webhooks import OUR_NUMBER, PUBLIC_URL
from wa_assistant.clients import twilio as client
from wa_assistant.clients.channel import Halted, Permanent, Temporary, Uncertain

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


def test_what_is_sent(twilio):
    sent = client.send(ANA, "Olá! 👋🏽")
    (request,) = twilio.requests
    assert request.form == {
        "To": ANA,
        "From": OUR_NUMBER,
        "Body": "Olá! 👋🏽",
        "StatusCallback": f"{PUBLIC_URL}/whatsapp/status",
    }
    assert (sent.sid, sent.status, sent.code) == (twilio.messages[0].sid, "queued", None)


@pytest.mark.environment(TWILIO_MESSAGING_SERVICE_SID="MG" + "0" * 32)
def test_the_messaging_service_is_named_where_there_is_one(twilio):
    assert client.send(ANA, "Olá!").status == "accepted"
    form = twilio.requests[0].form
    assert form["MessagingServiceSid"] == "MG" + "0" * 32
    assert form["From"] == OUR_NUMBER


@pytest.mark.environment(TWILIO_AUTH_TOKEN="the-token-of-the-tests,an-older-one")
def test_while_tokens_rotate_the_first_one_is_used(twilio):
    client.send(ANA, "Olá!")
    assert len(twilio.messages) == 1


def test_calls_have_a_time_out():
    assert client.client().http_client.timeout == client.TIMEOUT_SECONDS == 10


@pytest.mark.parametrize(
    ("failure", "kind", "code"),
    [
        ({"status": 400, "code": 63016}, Permanent, 63016),
        ({"status": 400, "code": 21617}, Permanent, 21617),
        ({"status": 401}, Halted, 20003),
        ({"status": 400, "code": 63007}, Halted, 63007),
        ({"status": 404}, Permanent, 20404),
        ({"status": 429}, Temporary, 20429),
        ({"status": 429, "code": 63018}, Temporary, 63018),
        ({"status": 500}, Uncertain, 20500),
        ({"status": 503}, Uncertain, 20500),
    ],
)
def test_failures_are_told_apart_and_sent_once(twilio, failure, kind, code):
    twilio.fail_next(**failure)
    with pytest.raises(kind) as caught:
        client.send(ANA, "Olá!")
    assert caught.value.code == code
    assert str(caught.value).startswith(f"HTTP {failure['status']}")
    assert len(twilio.requests) == 1


@pytest.mark.parametrize(("status", "kind"), [(400, Permanent), (429, Temporary), (500, Uncertain)])
def test_failures_in_the_newer_form_are_told_apart_too(twilio, status, kind):
    problem = {
        "type": "about:blank",
        "title": "No",
        "status": status,
        "code": 63016,
        "detail": "why",
    }
    twilio.plan(1, Fault(response=answer_json(problem, status)))
    with pytest.raises(kind) as caught:
        client.send(ANA, "Olá!")
    assert (caught.value.code, str(caught.value)) == (63016, f"HTTP {status}: why")


def test_a_refusal_says_nothing_of_the_body(twilio):
    twilio.fail_next(status=400, code=63016)
    with pytest.raises(Permanent) as caught:
        client.send(ANA, "um segredo")
    assert "segredo" not in str(caught.value)


def test_a_connection_that_breaks_is_uncertain(twilio):
    twilio.drop_connection()
    with pytest.raises(Uncertain):
        client.send(ANA, "Olá!")


@pytest.mark.parametrize(
    "payload", [{}, [], "accepted", {"sid": None, "status": "queued"}, {"status": "queued"}]
)
def test_an_answer_that_says_nothing_is_uncertain(twilio, payload):
    twilio.plan(1, Fault(response=answer_json(payload, 201)))
    with pytest.raises(Uncertain):
        client.send(ANA, "Olá!")


@pytest.mark.environment(TWILIO_API_URL="http://127.0.0.1:9")
def test_a_twilio_that_is_not_there_was_not_told():
    with pytest.raises(Temporary):
        client.send(ANA, "Olá!")
    with pytest.raises(Uncertain):
        client.find(ANA, "Olá!", ago(60))


@pytest.mark.environment(TWILIO_API_URL="http://nowhere.invalid")
def test_a_twilio_whose_name_is_unknown_was_not_told():
    with pytest.raises(Temporary):
        client.send(ANA, "Olá!")


def test_what_was_sent_is_found_oldest_first(twilio):
    first, second = client.send(ANA, "Olá!"), client.send(ANA, "Olá!")
    client.send(ANA, "outra coisa")
    client.send(BRUNO, "Olá!")
    found = client.find(ANA, "Olá!", ago(60))
    assert [sent.sid for sent in found] == [first.sid, second.sid]


def test_what_was_sent_before_is_not_it(twilio):
    client.send(ANA, "Olá!")
    twilio.messages[0].at = ago(120)
    assert client.find(ANA, "Olá!", ago(60)) == []


def test_what_was_handed_over_before_midnight_is_found_after_it(twilio):
    client.send(ANA, "Olá!")
    moment = twilio.messages[0].at = ago(86_400).replace(hour=23, minute=59, second=50)
    assert len(client.find(ANA, "Olá!", moment - timedelta(seconds=30))) == 1


def test_how_far_it_came_is_told_with_its_error(twilio):
    client.send(ANA, "Olá!")
    twilio.messages[0].status, twilio.messages[0].error_code = "undelivered", 63024
    (found,) = client.find(ANA, "Olá!", ago(60))
    assert (found.status, found.code) == ("undelivered", 63024)


def test_a_body_is_recognised_whatever_the_space_around_it(twilio):
    client.send(ANA, "Olá!\n")
    assert len(client.find(ANA, " Olá!", ago(60))) == 1


@pytest.mark.parametrize("failure", [{"status": 500}, {"status": 429}, {"status": 401}])
def test_a_list_that_cannot_be_read_is_uncertain(twilio, failure):
    twilio.fail_next(on="GET", **failure)
    with pytest.raises(Uncertain):
        client.find(ANA, "Olá!", ago(60))


def test_a_list_that_breaks_off_is_uncertain(twilio):
    twilio.drop_connection(on="GET")
    with pytest.raises(Uncertain):
        client.find(ANA, "Olá!", ago(60))
