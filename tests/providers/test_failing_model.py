"""A model that fails again and again for one reason is told of, and asked all the same."""

import pytest

from tests.cast import ANA, BRUNO, only, outbound, rows, write
from wa_assistant.clients.failures import Failure
from wa_assistant.models import AiCall, Circuit, Provider
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")

CARLA = "whatsapp:+5511977770000"
PEOPLE = (ANA, BRUNO, CARLA)
REFUSED = {"status": 401}
NO_MODEL = {"status": 404, "code": "model_not_found"}
FILTERED = {"status": 400, "code": "content_filter"}


@pytest.fixture
def fails(openai, work):
    """Each failure meets another participant's message."""

    def fail(*failures) -> None:
        for person, failure in zip(PEOPLE, failures, strict=False):
            openai.fail_next(**failure)
            write(person)
            work()

    return fail


def test_three_in_a_row_for_one_reason_are_told_and_the_model_is_still_asked(fails, openai, work):
    fails(REFUSED, REFUSED)
    assert rows(Circuit) == []
    openai.reset()
    fails(REFUSED)
    openai.reset()
    fails(REFUSED)
    found = only(Circuit)
    assert (found.provider, found.failure) == (Provider.MODEL, Failure.KEY)
    assert circuit.now(Provider.MODEL).rests_until is None
    openai.reset()
    write(CARLA, "E agora?")
    work()
    assert len(openai.calls) == 1
    assert rows(Circuit) == [], "one that works ends it"


def test_the_third_in_a_row_is_enough(fails):
    fails(REFUSED, REFUSED, REFUSED)
    assert only(Circuit).failure == Failure.KEY


@pytest.mark.parametrize(
    "failures",
    [
        (REFUSED, NO_MODEL, REFUSED),
        (REFUSED, REFUSED, NO_MODEL),
        (FILTERED, FILTERED, FILTERED),
    ],
)
def test_several_reasons_are_none_and_a_filter_is_about_one_conversation(fails, failures):
    fails(*failures)
    assert rows(Circuit) == []
    assert len(rows(AiCall)) == 3


def test_one_that_worked_in_between_begins_the_count_anew(fails, openai, work):
    fails(REFUSED, REFUSED)
    write(CARLA)
    work()
    fails(REFUSED)
    assert rows(Circuit) == []


def test_a_day_s_quota_leaves_the_model_alone_for_a_while(fails, openai):
    fails({"status": 429, "message": "Quota exceeded: 50 requests per day"})
    assert only(Circuit).failure == Failure.DAILY_QUOTA
    assert circuit.now(Provider.MODEL).rests_until is not None


def test_what_was_said_instead_names_the_call_that_failed(fails):
    fails(REFUSED)
    assert outbound()[0].ai_call_id == only(AiCall).id
    assert only(AiCall).failure == Failure.KEY
