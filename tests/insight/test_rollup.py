"""What is kept to add figures up from is what counting every message gives, whatever comes late."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from tests.insight import history
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight import counting, rollup, tally
from wa_assistant.insight.times import Between
from wa_assistant.models import (
    FigureChange,
    FigureCount,
    FigureState,
    Message,
    Setting,
    Settlement,
    Status,
    Step,
)

pytestmark = pytest.mark.usefixtures("context")
ZONES = ("America/Sao_Paulo", "Asia/Kathmandu", "America/Santiago", "Australia/Lord_Howe")
EVER = Between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def live_in(zone: str) -> None:
    with transaction():
        db.session.merge(Setting(name="time_zone", value=zone))


def kept() -> list[tuple[str, int, str, str, int]]:
    db.session.rollback()
    columns = FigureCount.__table__.columns
    return sorted(map(tuple, db.session.execute(select(*columns))))


def counted(between: Between) -> dict[tuple[str, str], int]:
    """Message by message."""
    return counting.total(tally.pieces([between]))


@pytest.fixture
def said():
    """Of 40 days; the ids of who said it, and what drew it."""
    rng, now = random.Random("figures"), utcnow()
    who = history.people(12, now - timedelta(days=40), now, rng)
    history.say(who, 600, now - timedelta(days=40), now, rng)
    return who, rng


@pytest.mark.parametrize("zone", ZONES)
def test_any_while_is_added_up_as_if_each_message_were_counted(said, zone):
    _, rng = said
    live_in(zone)
    assert counting.total(counting.pieces(EVER, ZoneInfo(zone))) == counted(EVER)
    rollup.roll_up()
    now = utcnow()
    assert counted(EVER)
    for _ in range(12):
        since = now - rng.random() * timedelta(days=45)
        between = Between(since, since + rng.random() * (now - since))
        for by_slots in (False, True):
            found = counting.pieces(between, ZoneInfo(zone), by_slots=by_slots)
            assert counting.total(found) == counted(between)


def test_days_are_used_where_there_are_any(said, statements):
    rollup.roll_up()
    statements.clear()
    found = counting.pieces(EVER, counting.team_zone())
    assert len(statements) <= 1 + 4  # the settings beside
    days = {each.at for each in found} & set(
        db.session.scalars(select(FigureCount.at).where(FigureCount.step == Step.DAY))
    )
    assert len(days) > 30


def test_what_comes_late_is_in_it_as_if_all_were_counted_anew(said):
    who, rng = said
    rollup.roll_up()
    for _ in range(3):
        now = utcnow()
        history.say(who, 60, now - timedelta(days=39), now, rng)
        ids = list(db.session.scalars(select(Message.id)))
        with transaction():
            for id_ in rng.sample(ids, 60):
                change(db.session.get_one(Message, id_), rng)
            for id_ in rng.sample(ids, 10):
                db.session.delete(db.session.get_one(Message, id_))
        rollup.roll_up()
        corrected = kept()
        assert not list(db.session.scalars(select(FigureChange)))
        rollup.rebuild()
        assert kept() == corrected


def change(message: Message, rng: random.Random) -> None:
    if message.settlement:
        message.settlement = rng.choice((Settlement.ANSWERED, Settlement.WITH_A_PERSON))
    if message.status != Status.RECEIVED:
        message.status = rng.choice((Status.READ, Status.UNDELIVERED, Status.CANCELLED))


def test_more_marks_than_are_counted_at_once_are_not_forgotten(said, monkeypatch):
    monkeypatch.setattr(rollup, "TOGETHER", 9)
    monkeypatch.setattr(rollup, "MARKS", 21)
    rollup.roll_up()
    with transaction():
        db.session.execute(update(Message).values(status=Status.READ))
    rollup.roll_up()
    assert counting.total(counting.pieces(EVER, counting.team_zone())) == counted(EVER)


def test_another_zone_has_other_days_at_once_and_after_they_are_added_up(said):
    rollup.roll_up()
    for zone in ZONES:
        live_in(zone)
        for _ in range(2):
            found = counting.pieces(EVER, ZoneInfo(zone))
            assert counting.total(found) == counted(EVER)
            rollup.roll_up()
        assert db.session.get_one(FigureState, 1).zone == zone
        corrected = kept()
        rollup.rebuild()
        assert kept() == corrected


def test_what_is_young_needs_no_mark(said):
    who, rng = said
    db.session.execute(update(FigureChange).values(at=0))
    before = len(list(db.session.scalars(select(FigureChange))))
    now = utcnow()
    with transaction():
        db.session.add(Message(**{**history._message(who[0], now, rng), "author": "assistant"}))
    assert len(list(db.session.scalars(select(FigureChange)))) == before
