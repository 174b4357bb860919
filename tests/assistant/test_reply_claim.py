"""One worker answers a participant at a time, whatever becomes of the workers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import (
    ANA,
    at_once,
    inbound,
    only,
    outbound,
    participant,
    rows,
    set_back,
    together,
    write,
)
from tests.support.eventually import eventually
from wa_assistant.assistant import reply
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.models import AiCall, Outcome, Participant, Settlement
from wa_assistant.work import claims, overdue

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    write(ANA, "Oi!")
    found: int = participant(ANA).id
    return found


def test_two_workers_at_once_give_one_answer(app, ana, openai):
    together(app, *[lambda: reply.answer(ana)] * 4)
    assert len(outbound()) == len(openai.calls) == 1


def test_a_surplus_bell_does_nothing_while_the_model_thinks(app, ana, openai):
    openai.hold()
    with at_once(app, 1) as start:
        holder = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        for _ in range(3):
            reply.answer(ana)
        openai.release()
        holder.result(10)
    assert (len(openai.calls), len(outbound())) == (1, 1)


def test_a_slow_model_keeps_its_claim(app, ana, openai, monkeypatch):
    short = replace(ANSWERS, policy=replace(ANSWERS.policy, lease=0.5))
    monkeypatch.setattr(reply, "ANSWERS", short)
    openai.hold()
    with at_once(app, 1) as start:
        holder = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        taken_until = participant(ANA).due_at
        eventually(lambda: participant(ANA).due_at > taken_until + timedelta(seconds=0.5))
        reply.answer(ana)
        assert len(openai.requests) == 1
        openai.release()
        holder.result(10)
    assert len(outbound()) == 1


def test_a_worker_that_lost_its_claim_writes_nothing_but_what_it_cost(app, ana, openai, twilio):
    openai.hold()
    with at_once(app, 1) as start:
        loser = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        with transaction():
            db.session.get_one(Participant, ana).claim_token = "b" * 32
        openai.release()
        loser.result(10)
    assert (outbound(), inbound()[0].settled_at) == ([], None)
    assert only(Participant).claim_token == "b" * 32
    call = only(AiCall)
    assert (call.outcome, call.participant_id) == (Outcome.OBSOLETE, ana)
    assert call.cost > 0


def test_a_claim_that_ran_out_is_taken_over_and_there_is_one_answer(app, ana, openai):
    openai.hold()
    with at_once(app, 2) as start:
        stuck = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        set_back(Participant.due_at, 60)
        successor = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 2)
        openai.release()
        stuck.result(10)
        successor.result(10)
    (answer,) = outbound()
    assert inbound()[0].answered_by_id == answer.id
    assert len(rows(AiCall)) == 2


def test_what_a_dead_worker_held_is_answered_once_its_claim_ran_out(ana, openai, work):
    assert claims.take(ANSWERS, ana)  # and then it died
    work()
    assert openai.calls == []
    assert overdue.find(ANSWERS, 10) == []
    work.pass_time(ANSWERS.policy.lease + 1)
    assert overdue.find(ANSWERS, 10) == [ana]
    reply.answer(ana)
    assert (len(outbound()), inbound()[0].settlement) == (1, Settlement.ANSWERED)


@pytest.mark.parametrize("failure", [{"status": 500}, {"status": 429}, {"status": 401}])
def test_a_failure_after_the_claim_was_lost_changes_nothing_either(app, ana, openai, failure):
    openai.hold()
    openai.fail_next(2, **failure)
    with at_once(app, 1) as start:
        loser = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        with transaction():
            db.session.get_one(Participant, ana).claim_token = "b" * 32
        due_at = participant(ANA).due_at
        openai.release()
        loser.result(10)
    assert (outbound(), inbound()[0].settled_at) == ([], None)
    ana_now = only(Participant)
    assert (ana_now.claim_token, ana_now.attention) == ("b" * 32, None)
    assert ana_now.due_at == due_at
    assert len(rows(AiCall)) == 1


def test_no_transaction_is_open_while_the_model_thinks(app, ana, openai):
    openai.hold()
    with at_once(app, 1) as start:
        holder = start(reply.answer, ana)
        eventually(lambda: openai.waiting == 1)
        write(ANA, "written meanwhile")  # on SQLite this would wait for the writers' lock
        assert len(inbound()) == 2
        checked_out = [
            engine.pool.checkedout() for engine in app.extensions["sqlalchemy"].engines.values()
        ]
        assert checked_out == [1]  # this test's own
        openai.release()
        holder.result(10)
