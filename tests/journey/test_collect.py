"""Which of the answers that are proposed are kept, and which one counts."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tests.cast import ANA, BIA, known, rows
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import answers, progress
from wa_assistant.journey.collect import Found, keep
from wa_assistant.journey.given import newest
from wa_assistant.models import Answer, Author, Message, Participant, Source

from .people import GOAL, INTRO, published, user

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def version():
    return published(user(BIA), INTRO, GOAL)


@pytest.fixture
def ana(version) -> int:
    who = known(ANA)
    with transaction():
        row = db.session.get_one(Participant, who)
        row.journey_version_id, row.stage = version.id, "intro"
    return who


def wrote(who: int, body: str, minutes_ago: int = 0) -> int:
    with transaction():
        message = Message(participant_id=who, direction="inbound", author=Author.PARTICIPANT)
        message.body, message.status = body, "received"
        message.created_at = utcnow() - timedelta(minutes=minutes_ago)
        db.session.add(message)
        db.session.flush()
        return message.id


def proposes(who: int, *found: Found) -> list[str]:
    """What stands there after the model has proposed these, from all that was written."""
    with transaction():
        participant = db.session.get_one(Participant, who)
        written = select(Message).options(selectinload(Message.files)).order_by(Message.id)
        keep(participant, INTRO, found, db.session.scalars(written).all())
    return [answer.value for answer in rows(Answer)]


def test_older_words_do_not_undo_a_newer_answer(ana):
    wrote(ana, "sou dev")
    wrote(ana, "na verdade, gestora")
    assert proposes(ana, Found("role", "gestora", "gestora")) == ["gestora"]
    assert proposes(ana, Found("role", "dev", "sou dev")) == ["gestora"]


def test_words_said_before_do_not_undo_a_colleague_s_correction(ana):
    wrote(ana, "sou dev", minutes_ago=5)
    proposes(ana, Found("role", "dev", "sou dev"))
    answers.correct(user(BIA), ana, "intro", "role", "Developer at ACME")
    wrote(ana, "e o estacionamento?")
    assert proposes(ana, Found("role", "dev", "sou dev")) == ["dev", "Developer at ACME"]


def test_what_was_written_while_a_colleague_confirmed_something_else_does_not_count(ana):
    wrote(ana, "sou dev", minutes_ago=5)
    proposes(ana, Found("role", "dev", "sou dev"))
    wrote(ana, "ou gestora, não sei", minutes_ago=4)
    answers.confirm(user(BIA), rows(Answer)[-1].id)
    assert proposes(ana, Found("role", "gestora", "ou gestora")) == ["dev"]


def test_what_they_say_after_a_correction_counts(ana):
    answers.correct(user(BIA), ana, "intro", "role", "Developer at ACME")
    wrote(ana, "mudei: agora sou gestora", minutes_ago=-1)
    assert proposes(ana, Found("role", "gestora", "sou gestora"))[-1] == "gestora"


@pytest.mark.parametrize(
    ("name", "value"), [("role", "Presidente da República"), ("size", "Large")]
)
def test_a_word_that_says_nothing_makes_no_answer(ana, name, value):
    wrote(ana, "e o estacionamento?")
    assert proposes(ana, Found(name, value, "e")) == []


def test_an_answer_of_another_journey_is_none_of_this_one(ana):
    other = published(user(BIA), INTRO, name="Other")
    with transaction():
        answer = Answer(participant_id=ana, version_id=other.id, stage="intro", name="role")
        answer.kind, answer.value, answer.source = "text", "engineer", Source.MODEL
        db.session.add(answer)
    assert newest(ana, "intro", "role") is None
    assert progress.known_answers(ana, "intro") == set()
    with transaction():
        progress.measure(db.session.get_one(Participant, ana))
    assert rows(Participant)[0].progress == 0
    wrote(ana, "engineer")
    assert proposes(ana, Found("role", "engineer", "engineer")) == ["engineer"] * 2
