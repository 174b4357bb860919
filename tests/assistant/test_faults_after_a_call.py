"""A fault of our own after the model was asked: the call was paid for, and is written down."""

import pytest

from tests.cast import ANA, inbound, only, outbound, participant, set_back, write
from wa_assistant.assistant import commit, formatting, reply
from wa_assistant.database import after_commit
from wa_assistant.live import bells
from wa_assistant.models import AiCall, Circuit, Outcome, Participant, Provider
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")

SPENT = {"status": 429, "code": "insufficient_quota"}


class Bug(Exception):
    pass


def stumble(*_: object, **__: object) -> None:
    raise Bug


def ask() -> None:
    write(ANA, "Olá, que horas vocês abrem?")
    with pytest.raises(Bug):
        reply.answer(participant(ANA).id)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (formatting, "known_links_only"),
        (commit, "_follow"),
        (commit, "_settle"),
    ],
)
def test_a_reply_that_is_lost_by_a_fault_is_written_down(openai, monkeypatch, module, name):
    monkeypatch.setattr(module, name, stumble)
    ask()
    call = only(AiCall)
    assert (call.outcome, call.cost > 0) == (Outcome.ANSWERED, True)
    assert (outbound(), inbound()[0].settled_at) == ([], None)
    assert participant(ANA).faults == 1


def test_so_is_one_by_which_the_model_works_again(openai, monkeypatch):
    circuit.break_(Provider.MODEL, "no credit")
    set_back(Circuit.retry_at, circuit.REST[Provider.MODEL].total_seconds() + 1)
    monkeypatch.setattr(circuit, "close", stumble)
    ask()
    assert only(AiCall).outcome == Outcome.ANSWERED


def test_a_failure_that_is_followed_by_a_fault_is_written_down(openai, monkeypatch):
    monkeypatch.setattr(circuit, "break_", stumble)
    openai.fail_next(**SPENT)
    ask()
    assert only(AiCall).outcome == Outcome.QUOTA_SPENT


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
def test_an_unusable_one_is_known_of_when_it_is_asked_again(openai, monkeypatch, work):
    """Without its row it would be asked once more, and then once more."""
    openai.answer_next(2, refusal="I cannot help with that.")
    with monkeypatch.context() as patch:
        patch.setattr(reply, "decide_on", stumble)
        ask()
    bells.redis.flushdb()
    work.pass_time(60)
    set_back(Participant.due_at, 60)
    reply.answer(participant(ANA).id)
    assert len(openai.calls) == 2
    assert (len(outbound()), inbound()[0].settled_at is None) == (1, False)


def test_what_is_stored_already_is_written_down_once(openai, monkeypatch):
    """What comes after the commit fails."""
    monkeypatch.setattr(commit, "_follow", lambda *_: after_commit(stumble))
    ask()
    assert only(AiCall).outcome == Outcome.ANSWERED
    assert outbound()[0].ai_call_id == only(AiCall).id
