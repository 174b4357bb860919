"""What fails five times in succession by a fault of our own is a dead letter, for a person."""

import pytest
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy.exc import OperationalError

from tests.cast import ANA, inbound, outbound, participant, set_back, write
from wa_assistant.assistant import prompt, reply
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.models import Attention, Participant, Settlement
from wa_assistant.work import claims
from wa_assistant.work.faults import DIED

MOST_FAULTS = ANSWERS.policy.most_faults

pytestmark = pytest.mark.usefixtures("context")


class Bug(Exception):
    pass


def stumble(monkeypatch, error: Exception) -> None:
    """Putting the prompt together fails."""

    def build(*_: object) -> None:
        raise error

    monkeypatch.setattr(prompt, "build", build)


def fail(times: int, kind: type[Exception]) -> None:
    for _ in range(times):
        set_back(Participant.due_at, 3600)
        with pytest.raises(kind):
            reply.answer(participant(ANA).id)


@pytest.fixture(autouse=True)
def written(app, context):
    app.config["REPLY_DELAY_SECONDS"] = 0
    write(ANA, "Oi!")


def test_a_fault_of_our_own_is_tried_five_times_and_then_a_dead_letter(monkeypatch, openai):
    stumble(monkeypatch, Bug("quoting Oi!"))
    fail(MOST_FAULTS, Bug)
    assert (participant(ANA).attention, inbound()[0].settled_at) == (None, None)
    set_back(Participant.due_at, 3600)
    reply.answer(participant(ANA).id)
    ana = participant(ANA)
    assert (inbound()[0].settlement, ana.attention) == (
        Settlement.DEAD_LETTER,
        Attention.DEAD_LETTER,
    )
    assert "Bug" in ana.fault
    assert "Oi!" not in ana.fault, "an exception's words may be a person's"
    assert (openai.calls, outbound()) == ([], [])


def test_after_a_fault_there_is_a_pause(monkeypatch):
    stumble(monkeypatch, Bug())
    fail(1, Bug)
    reply.answer(participant(ANA).id)
    assert participant(ANA).faults == 1


def test_a_success_between_them_begins_the_count_anew(monkeypatch, work):
    with monkeypatch.context() as patch:
        stumble(patch, Bug())
        fail(MOST_FAULTS - 1, Bug)
    set_back(Participant.due_at, 3600)
    reply.answer(participant(ANA).id)
    assert len(outbound()) == 1
    assert participant(ANA).faults == 0


@pytest.mark.parametrize(
    "error", [OperationalError("SELECT", {}, Exception("away")), RedisAway("away")]
)
def test_a_database_or_redis_that_is_away_does_not_count(monkeypatch, error):
    stumble(monkeypatch, error)
    fail(MOST_FAULTS + 1, type(error))
    assert participant(ANA).faults == 0


def test_what_five_workers_died_of_is_a_dead_letter(openai):
    for _ in range(MOST_FAULTS):
        assert claims.take(ANSWERS, participant(ANA).id)
        set_back(Participant.due_at, 60)  # it died, and its claim ran out
    reply.answer(participant(ANA).id)
    assert inbound()[0].settlement == Settlement.DEAD_LETTER
    assert participant(ANA).fault == DIED
    assert openai.calls == []


def test_what_comes_after_it_is_answered(monkeypatch, work):
    with monkeypatch.context() as patch:
        stumble(patch, Bug())
        fail(MOST_FAULTS, Bug)
    set_back(Participant.due_at, 3600)
    reply.answer(participant(ANA).id)
    write(ANA, "Ainda aí?")
    work()
    assert [each.settlement for each in inbound()] == [Settlement.DEAD_LETTER, Settlement.ANSWERED]
