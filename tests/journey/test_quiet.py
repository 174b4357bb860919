"""In quiet hours no stage begins by itself; whoever writes is answered."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import ANA, acting, known, outbound, participant, set_back
from tests.journey.under_way import INTRO, LATER, TEAM, found, journey, moved
from wa_assistant import settings
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import send
from wa_assistant.intake import simulator
from wa_assistant.journey import due
from wa_assistant.models import Author, Message, Participant, Status
from wa_assistant.settings.week import MIDNIGHT, clock
from wa_assistant.web.inbox import beside

IVO = "whatsapp:+5511900000009"

pytestmark = pytest.mark.usefixtures("context")


def quiet(begins: int, ends: int) -> None:
    """Quiet hours from so many minutes from now on, whatever the clock shows."""
    chosen = settings.current()
    now = utcnow().astimezone(ZoneInfo(chosen.time_zone))
    minute = now.hour * 60 + now.minute
    span = [clock((minute + each) % MIDNIGHT) for each in (begins, ends)]
    actor = acting("caio@example.com")
    settings.change({"quiet_hours": span}, settings.marks(chosen), actor)


@pytest.fixture
def ivo(openai, work) -> Participant:
    """Somebody simulated whose last stage is due in a week."""
    journey(stages=[INTRO, TEAM, LATER])
    address = simulator.new_address()
    openai.finds = lambda _: {
        "answers": [found("role", "dev"), found("size", "grande")],
        "stage_complete": True,
    }
    for body in ("Oi", "dev, equipe grande", "grande"):
        simulator.write(address, "Ivo", body)
        work()
    openai.finds = lambda _: {}
    ivo: Participant = participant(address)
    assert ivo.next_stage == "later"
    return ivo


def stage(ivo: Participant) -> str | None:
    found: Participant = participant(ivo.address)
    return found.stage


def test_a_stage_that_falls_due_waits_till_they_end(work, ivo):
    quiet(-30, 90)
    simulator.move_clock(ivo.id, timedelta(days=7, minutes=1))
    work()
    due.begin(ivo.id)
    assert (stage(ivo), due.find(10)) == (None, [])
    simulator.move_clock(ivo.id, timedelta(hours=2))
    work()
    assert stage(ivo) == "later"
    assert outbound()[-1].body == LATER.opening


def test_who_writes_is_answered_in_them_and_the_stage_waits(work, ivo):
    quiet(-30, 90)
    simulator.move_clock(ivo.id, timedelta(days=7, minutes=1))
    simulator.write(ivo.address, "Ivo", "Ainda aí?")
    work()
    assert outbound()[-1].body == "You wrote: Ainda aí?"
    assert stage(ivo) is None
    quiet(60, 120)
    assert due.find(10) == [ivo.id]


def test_the_next_stage_that_an_answer_leads_to_begins_in_them(openai, work):
    quiet(-30, 90)
    journey(stages=[INTRO, TEAM, LATER])
    address = simulator.new_address()
    openai.finds = lambda _: {"answers": [found("role", "dev")], "stage_complete": True}
    for body in ("Oi", "dev"):
        simulator.write(address, "Ivo", body)
        work()
    assert participant(address).stage == "team"
    assert outbound()[-1].body == TEAM.opening


def test_who_is_real_and_due_is_left_in_peace_until_they_end():
    ana = known(ANA)
    moved(
        ana,
        journey_version_id=journey(),
        next_stage="later",
        next_stage_at=utcnow() - timedelta(minutes=1),
    )
    assert due.find(10) == [ana]
    quiet(-30, 90)
    assert due.find(10) == []
    due.begin(ana)
    assert participant(ANA).next_stage == "later"
    ivo = known(IVO)  # whose clock is ahead of theirs, and who fell due after Ana
    when = {"next_stage": "later", "next_stage_at": utcnow(), "clock_ahead": 2 * 3600}
    moved(ivo, journey_version_id=participant(ANA).journey_version_id, simulated=True, **when)
    assert due.find(1) == [ivo]
    moved(ivo, next_stage_at=None)
    quiet(60, 120)
    assert due.find(10) == [ana]


@pytest.fixture
def opened(twilio) -> int:
    """An opening to Ana that could not go out before they began; her id."""
    ana = known(ANA)
    with transaction():
        outbox.put(db.session.get_one(Participant, ana), "Bom dia!", Author.SYSTEM, opens="later")
    moved(ana, last_inbound_at=utcnow() - timedelta(hours=1))
    set_back(Message.created_at, 1800)
    return ana


def test_an_opening_that_could_not_go_out_before_waits_in_the_outbox(twilio, opened):
    quiet(-30, 90)
    send.deliver(opened)
    db.session.rollback()
    waits = outbound()[-1]
    assert (waits.status, twilio.messages) == (Status.WAITING, [])
    assert waits.due_at > utcnow()
    set_back(Message.due_at, 3600)
    quiet(60, 120)
    send.deliver(opened)
    assert [each.body for each in twilio.messages] == ["Bom dia!"]


def test_it_goes_out_with_the_answer_once_they_write(twilio, opened):
    quiet(-30, 90)
    moved(opened, last_inbound_at=utcnow())
    send.deliver(opened)
    assert [each.body for each in twilio.messages] == ["Bom dia!"]


def test_the_page_says_when_a_stage_begins_that_falls_due_in_them(app, ivo):
    due = ivo.next_stage_at
    assert due
    with app.test_request_context():
        assert beside.context(participant(ivo.address))["begins_at"] == due
    quiet(-30, 90)
    with app.test_request_context():
        at = beside.context(participant(ivo.address))["begins_at"]
    assert timedelta(minutes=85) < at - due < timedelta(minutes=91)
