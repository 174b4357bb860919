"""The words that open a stage: the newest alone, never over a person, and never lost."""

from datetime import timedelta

import pytest

from tests.cast import ANA, outbound, participant, rows, write
from tests.journey.under_way import INTRO, LATER, TEAM, found, journey, moved
from wa_assistant.assistant import reply
from wa_assistant.conversation import takeover
from wa_assistant.database import db, utcnow
from wa_assistant.delivery import send
from wa_assistant.intake import simulator
from wa_assistant.journey import due
from wa_assistant.journey.definition import After, Begins, Question, Stage, Unit
from wa_assistant.models import Answer, Cancelled, Message, Status, User
from wa_assistant.models.answer import Kind

pytestmark = pytest.mark.usefixtures("context")

WEEK = timedelta(days=7, minutes=1)
AGAIN = Stage(
    "again", "Again", "Ask again.", "E agora?", begins=Begins(After.STAGE, "team", 14, Unit.DAYS)
)


@pytest.fixture
def bia() -> User:
    user = User(email="bia@example.com", name="Bia", role="editor")
    db.session.add(user)
    db.session.commit()
    return user


@pytest.fixture
def ana(openai, work) -> str:
    """Somebody simulated who has come through the first two stages; their address."""
    journey(stages=[INTRO, TEAM, LATER, AGAIN])
    address = simulator.new_address()
    openai.finds = lambda _: {
        "answers": [found("role", "dev"), found("size", "grande")],
        "stage_complete": True,
    }
    for body in ("Oi", "dev, equipe grande", "grande"):
        simulator.write(address, "Ana", body)
        work()
    openai.finds = lambda _: {}
    return address


def later(work, address: str, by: timedelta) -> None:
    simulator.move_clock(participant(address).id, by)
    work()


def opening(stage: str) -> Message:
    found: Message = rows(Message, Message.opens == stage)[-1]
    return found


def test_the_opening_of_a_stage_overtakes_what_was_parked_of_earlier_ones(work, ana):
    later(work, ana, WEEK)
    later(work, ana, WEEK)
    assert (opening("later").status, opening("later").cancelled_for) == (
        Status.CANCELLED,
        Cancelled.OVERTAKEN,
    )
    assert opening("again").status == Status.PARKED
    simulator.write(ana, "Ana", "Oi")
    work()
    assert [each.body for each in outbound()[-2:]] == ["E agora?", "You wrote: Oi"]
    assert outbound()[-2].status == Status.DELIVERED


@pytest.mark.parametrize("way", ["held", "paused", "asked for a person"])
def test_one_that_is_parked_stays_so_while_a_person_is_there(work, ana, bia, way):
    later(work, ana, WEEK)
    known = participant(ana).id
    if way == "held":
        takeover.take_over(known, bia)
    elif way == "paused":
        takeover.pause(known, bia, None)
    simulator.write(ana, "Ana", "E o reembolso?" if way != "asked for a person" else "atendente")
    work()
    assert opening("later").status == Status.PARKED
    takeover.hand_back(known, bia)
    simulator.write(ana, "Ana", "Obrigada!")
    work()
    assert opening("later").status == Status.DELIVERED


def test_one_that_waits_to_be_sent_is_parked_by_who_takes_over(twilio, work, bia):
    journey()
    write(ANA, "Oi")
    work.pass_time(5)
    known, user = participant(ANA).id, bia.id
    reply.answer(known)
    assert opening("intro").status == Status.WAITING
    takeover.take_over(known, db.session.get_one(User, user))
    work()
    assert twilio.messages == []
    assert opening("intro").status == Status.PARKED
    takeover.hand_back(known, db.session.get_one(User, user))
    write(ANA, "alô?")
    work()
    assert "Vamos começar! O que você faz?" in [sent.body for sent in twilio.messages]


def test_one_that_comes_back_from_the_provider_is_parked_too(twilio, work, bia):
    journey()
    write(ANA, "Oi")
    work()
    known = participant(ANA).id
    moved(known, taken_over_by_id=bia.id)
    with_it = opening("intro")
    with_it.status = Status.WAITING
    db.session.commit()
    send.deliver(known)
    assert opening("intro").status == Status.PARKED


def test_what_is_due_begins_before_the_answer_and_instead_of_what_was_parked(work, ana):
    later(work, ana, WEEK)
    assert opening("later").status == Status.PARKED
    moved(participant(ana).id, clock_ahead=int((WEEK * 5).total_seconds()))
    simulator.write(ana, "Ana", "Oi")
    work()
    assert [each.body for each in outbound()[-2:]] == ["E agora?", "You wrote: Oi"]
    assert opening("later").cancelled_for == Cancelled.OVERTAKEN
    assert participant(ana).stage == "again"


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_without_a_model_the_opening_is_all_the_answer_and_its_stage_has_yet_to_be_answered(work):
    wish = Stage("week", "A week later", "", "E aí?", (Question("wish"),), LATER.begins)
    journey(stages=[INTRO, TEAM, wish])
    ana = simulator.new_address()
    for body in ("Oi", "Sou dev", "Grande"):
        simulator.write(ana, "Ana", body)
        work()
    moved(participant(ana).id, clock_ahead=int(WEEK.total_seconds()))
    simulator.write(ana, "Ana", "Oi de novo")
    work()
    assert outbound()[-1].body == "E aí?"
    assert participant(ana).stage == "week"
    simulator.write(ana, "Ana", "Deu certo")
    work()
    assert rows(Answer)[-1].value == "Deu certo"


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_what_releases_a_parked_opening_is_no_answer_to_it(work):
    practice = Question("practice", Kind.TEXT, required=True, hint="O que pôs em prática?")
    week = Stage("week", "A week later", "Ask.", "E aí?", (practice,), LATER.begins)
    journey(stages=[INTRO, TEAM, week])
    ana = simulator.new_address()
    for body in ("Oi", "Sou dev", "Grande"):
        simulator.write(ana, "Ana", body)
        work()
    later(work, ana, WEEK)
    simulator.write(ana, "Ana", "Vocês têm estacionamento")
    work()
    assert [each.name for each in rows(Answer)] == ["role", "size"]
    simulator.write(ana, "Ana", "Tudo!")
    work()
    assert rows(Answer)[-1].value == "Tudo!"


def test_a_stage_that_begins_in_the_open_window_is_not_held_up(openai, work, ana):
    moved(participant(ana).id, next_stage_at=utcnow())
    due.begin(participant(ana).id)
    work()
    assert opening("later").status == Status.DELIVERED
