"""How fast one person, and the sandbox, may be written to."""

from datetime import timedelta

import pytest

from tests.cast import ANA, BRUNO, at_once, known, outbound, say, set_back
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import send
from wa_assistant.models import Message, Participant, Status

pytestmark = pytest.mark.usefixtures("context")


def pass_time(seconds: float) -> None:
    set_back(Message.due_at, seconds)
    set_back(Participant.paced_until, seconds)


def test_a_person_gets_45_at_once_and_then_one_at_a_time(twilio, work, monkeypatch):
    monkeypatch.setattr(send, "REFILL", timedelta(hours=1))  # none comes back while this runs
    ana = known(ANA)
    for number in range(47):
        say(ANA, f"message {number}")
    for _ in range(4):
        send.deliver(ana)
    assert len(twilio.messages) == send.BUCKET == 45
    waiting = outbound()[45]
    assert (waiting.status, waiting.attempts) == (Status.WAITING, 0)
    assert utcnow() < waiting.due_at <= utcnow() + send.REFILL
    assert "jobs.delivery.deliver" in work.waiting()
    pass_time(3600)
    send.deliver(ana)
    send.deliver(ana)
    assert len(twilio.messages) == 46
    pass_time(3600)
    send.deliver(ana)
    assert [each.body for each in twilio.messages] == [f"message {n}" for n in range(47)]


def test_each_person_has_a_bucket_of_their_own(twilio):
    ana, bruno = known(ANA), known(BRUNO)
    for person in (ANA, BRUNO):
        say(person, "Oi")
    with transaction():
        db.session.get_one(Participant, ana).paced_until = utcnow() + send.BUCKET * send.REFILL
    send.deliver(ana)
    send.deliver(bruno)
    assert [each.to for each in twilio.messages] == [BRUNO]


def test_after_a_while_the_bucket_is_full_again(twilio):
    ana = known(ANA)
    say(ANA, "Oi")
    send.deliver(ana)
    pass_time(24 * 3600)
    with transaction():
        now, row = utcnow(), db.session.get_one(Participant, ana)
        assert [send.pace(row, now) for _ in range(send.BUCKET)] == [0] * send.BUCKET
        assert send.pace(row, now) == send.REFILL.total_seconds()


@pytest.mark.environment(TWILIO_SANDBOX="on")
def test_the_sandbox_takes_one_in_three_seconds_whoever_it_is_for(twilio, work):
    ana, bruno = known(ANA), known(BRUNO)
    say(ANA, "to Ana")
    say(BRUNO, "to Bruno")
    send.deliver(ana)
    send.deliver(bruno)
    assert [each.to for each in twilio.messages] == [ANA]
    waiting = outbound()[1]
    assert timedelta() < waiting.due_at - utcnow() <= send.SANDBOX
    work.pass_time(send.SANDBOX.total_seconds())
    send.deliver(bruno)
    assert [each.to for each in twilio.messages] == [ANA, BRUNO]


@pytest.mark.environment(TWILIO_SANDBOX="on", REDIS_URL="redis://127.0.0.1:9")
def test_the_sandbox_is_paced_with_redis_away(twilio):
    people = [known(ANA), known(BRUNO)]
    for person in (ANA, BRUNO):
        say(person, "Oi")
    for each in people:
        send.deliver(each)
    assert [each.to for each in twilio.messages] == [ANA]


@pytest.mark.environment(TWILIO_SANDBOX="on")
def test_two_workers_at_once_send_one_to_the_sandbox(app, twilio):
    people = [known(ANA), known(BRUNO)]
    for person in (ANA, BRUNO):
        say(person, "Oi")
    with at_once(app) as start:
        both = [start(send.deliver, each) for each in people]
    assert [future.result() for future in both] == [None, None]
    assert len(twilio.messages) == 1


@pytest.mark.environment(TWILIO_SANDBOX="on")
def test_who_looked_at_the_clock_before_another_sent_waits_all_the_same(twilio):
    bruno, before = known(BRUNO), utcnow()
    ana = known(ANA)
    say(ANA, "Oi")
    send.deliver(ana)
    assert len(twilio.messages) == 1
    with transaction():
        assert send.pace(db.session.get_one(Participant, bruno), before) > 0
