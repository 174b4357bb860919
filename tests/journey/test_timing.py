"""What is due next is the first later stage whose time is known and lies ahead."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import ANA, known, participant, rows
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import due as due_stages
from wa_assistant.journey import progress
from wa_assistant.journey.definition import After, Begins, Question, Stage, Unit
from wa_assistant.models import Participant, StageVisit

from .under_way import journey, moved

pytestmark = pytest.mark.usefixtures("context")

TALK = Stage("talk", "Talk", answers=(Question("what", required=True),))
MORE = Stage("more", "More", answers=(Question("why", required=True),))
FREE = Stage("free", "Free", answers=(Question("word"),))
DAY = Stage("day", "A day later", begins=Begins(After.EVENT, amount=24))
WEEK = Stage("week", "A week later", begins=Begins(After.EVENT, amount=7, unit=Unit.DAYS))
EVENT = utcnow().date() + timedelta(days=3)
AT_TEN = datetime.combine(EVENT, time(10), ZoneInfo("America/Sao_Paulo"))


def enters(*stages: Stage, event_date=EVENT) -> int:
    """Ana, who comes into the first of `stages`; her id."""
    ana = known(ANA)
    moved(ana, journey_version_id=journey(list(stages), event_date=event_date))
    with transaction():
        progress.begin_first(db.session.get_one(Participant, ana))
    db.session.rollback()
    return ana


def goes_on(ana: int) -> None:
    with transaction():
        progress.advance(db.session.get_one(Participant, ana), seems_complete=True)
    db.session.rollback()


def comes(ana: int, **later: float) -> None:
    """So much later what is due begins."""
    with transaction():
        row = db.session.get_one(Participant, ana)
        row.clock_ahead += int(timedelta(**later).total_seconds())
    due_stages.begin(ana)
    db.session.rollback()


def due() -> tuple[str | None, datetime | None]:
    return participant(ANA).next_stage, participant(ANA).next_stage_at


def test_who_is_still_in_an_early_stage_is_written_to_after_the_event():
    ana = enters(TALK, MORE, DAY, WEEK)
    assert due() == ("day", AT_TEN + timedelta(days=1))
    comes(ana, days=5)
    assert participant(ANA).stage == "day"
    assert due() == ("week", AT_TEN + timedelta(days=7))
    comes(ana, days=7)
    assert participant(ANA).stage == "week"


def test_of_several_whose_time_has_come_the_latest_begins_at_once():
    ana = enters(TALK, MORE, DAY, WEEK)
    comes(ana, days=33)
    assert (participant(ANA).stage, due()) == ("week", (None, None))
    assert [visit.stage for visit in rows(StageVisit)] == ["talk", "week"]


def test_who_comes_between_two_dates_waits_for_the_second_and_is_asked_the_first_in_its_turn():
    ana = enters(
        FREE,
        replace(DAY, answers=(Question("mark"),)),
        WEEK,
        event_date=utcnow().date() - timedelta(days=3),
    )
    assert due()[0] == "week"
    goes_on(ana)
    assert (participant(ANA).stage, due()[0]) == ("day", "week")


def test_a_time_after_a_stage_that_a_date_overtook_counts_from_then():
    after = Begins(After.STAGE, "more", 3, Unit.DAYS)
    last = Stage("last", "Last", begins=after, answers=(Question("so"),))
    ana = enters(TALK, MORE, DAY, last)
    comes(ana, days=5)
    ana_now = participant(ANA)
    assert ana_now.stage == "day"
    name, at = due()
    assert name == "last"
    assert at is not None
    assert timedelta(days=2, hours=23) < at - ana_now.now() <= timedelta(days=3)


def test_a_last_stage_that_collects_nothing_counts_as_passed_when_it_has_begun():
    ana = enters(FREE, Stage("desk", "Desk"))
    assert participant(ANA).progress == 0
    goes_on(ana)
    assert (participant(ANA).stage, participant(ANA).progress) == ("desk", 100)
