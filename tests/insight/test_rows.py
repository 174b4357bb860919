"""A figure and the list that it leads to are of the same rows: over ranges, zones and clocks that
are put forward and back."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.insight import history
from tests.insight.test_rollup import live_in
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight import cached, overview, rollup, rows
from wa_assistant.insight.figures import Figure
from wa_assistant.insight.times import Range
from wa_assistant.models import Attention, Message, Participant, UnansweredQuestion

pytestmark = pytest.mark.usefixtures("context")
# Clocks were changed within the three months before each of these moments.
MOMENTS = {
    "America/Sao_Paulo": datetime(2026, 11, 30, 15, 7, 3, tzinfo=UTC),
    "Asia/Kathmandu": datetime(2026, 11, 30, 18, 20, tzinfo=UTC),
    "America/Santiago": datetime(2026, 9, 7, 2, 59, tzinfo=UTC),
    "Europe/Lisbon": datetime(2026, 10, 25, 23, 30, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 10, 4, 12, 45, tzinfo=UTC),
}
PLAIN = (Figure.ACTIVE, Figure.NEW, Figure.CAME_IN, Figure.WENT_OUT, Figure.UNANSWERED)


def listed(figure: Figure, range_: Range, until: datetime, part: str = "") -> list[int]:
    return list(_ids(figure, range_, until, part))


def _ids(figure: Figure, range_: Range, until: datetime, part: str) -> Iterator[int]:
    before: Any = None
    while True:
        page = rows.page(figure, overview.between(figure, range_, until), part, before)
        yield from (each.id for each in page.rows)
        before = page.older
        if before is None:
            return


@pytest.mark.parametrize("zone", MOMENTS)
def test_a_figure_is_the_number_of_rows_in_its_list(zone, monkeypatch):
    until = MOMENTS[zone]
    rng = random.Random(zone)
    who = history.people(9, until - timedelta(days=100), until, rng)
    history.say(who, 700, until - timedelta(days=100), until + timedelta(hours=1), rng)
    ask_in_vain(who, until)
    live_in(zone)
    rollup.roll_up()
    monkeypatch.setattr(cached, "utcnow", lambda: until)
    for range_ in Range:
        told = overview.figures(range_)
        assert told.as_of == until
        for figure in PLAIN:
            ids = listed(figure, range_, until)
            assert len(ids) == len(set(ids)) == told.now.numbers[figure.slug], (figure, range_)
        assert len(listed(Figure.ANSWERED, range_, until)) == told.now.answered.of
        assert len(listed(Figure.ANSWERED, range_, until, "yes")) == told.now.answered.number
        for figure in overview.WAITS:
            assert len(listed(figure, range_, until)) == told.now.waits[figure.slug].number
        for figure, parts in (
            (Figure.DELIVERIES, told.now.statuses),
            (Figure.FAILURES, told.now.failures),
        ):
            assert len(listed(figure, range_, until)) == sum(parts.values())
            for part, number in parts.items():
                assert len(listed(figure, range_, until, part)) == number
        came_in = told.now.numbers[Figure.CAME_IN.slug]
        assert sum(bar.came_in for bar in told.bars) == came_in
        assert sum(bar.went_out for bar in told.bars) == told.now.numbers[Figure.WENT_OUT.slug]
        assert sum(map(sum, told.hours)) == len(listed(Figure.HOURS, range_, until))
        if range_ is Range.MONTHS:
            assert min(*told.now.numbers.values(), told.before.answered.of) > 0


def ask_in_vain(who: list[int], until: datetime) -> None:
    said = db.session.scalars(select(Message.id).limit(1)).one()
    with transaction():
        db.session.add_all(
            UnansweredQuestion(
                participant_id=who[number % len(who)],
                message_id=said,
                question="E aos domingos?",
                created_at=until - timedelta(days=number),
            )
            for number in range(100)
        )


def test_who_is_simulated_counts_nowhere():
    rng, until = random.Random("pretended"), utcnow()
    who = history.people(4, until - timedelta(days=1), until, rng)
    with transaction():
        for id_ in who:
            db.session.get_one(Participant, id_).simulated = True
            db.session.get_one(Participant, id_).attention_at = until
    history.say(who, 50, until - timedelta(hours=20), until, rng)
    rollup.roll_up()
    told = overview.figures(Range.DAY)
    assert not any(told.now.numbers.values())
    assert not told.now.statuses
    assert told.now.answered.of == 0
    assert overview.waiting() == ([], 0)


def test_who_has_waited_longest_for_a_person_stands_first():
    until = utcnow()
    who = history.people(12, until, until, random.Random("waiting"))
    with transaction():
        for minutes, id_ in enumerate(who):
            row = db.session.get_one(Participant, id_)
            row.attention, row.attention_at = (
                Attention.ASKED_FOR,
                until - timedelta(minutes=minutes),
            )
    real = [id_ for place, id_ in enumerate(who) if place % 4 != 3]
    shown, number = overview.waiting()
    assert [each.id for each in shown] == real[::-1][: overview.MOST_WAITING]
    assert number == len(real) == len(listed(Figure.WAITING, Range.DAY, until))
    assert listed(Figure.WAITING, Range.DAY, until) == real[::-1]
