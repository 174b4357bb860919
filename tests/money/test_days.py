"""Caps are of the team's days and months, whatever a clock does."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import rows
from wa_assistant import settings
from wa_assistant.clients.openai import Usage
from wa_assistant.models import Period, Spending
from wa_assistant.money import caps, prices
from wa_assistant.money.caps import Cap, NoRoom

from .calls import MOST, reserve, settle

pytestmark = pytest.mark.usefixtures("in_step")


@pytest.fixture
def at(monkeypatch):
    """The clock says so."""

    def says(moment):
        monkeypatch.setattr(prices, "utcnow", lambda: datetime.fromisoformat(moment))

    return says


def test_a_call_counts_on_the_day_it_began_whenever_it_ends(at, capped):
    capped(CAP_DAY=MOST, CAP_MONTH=3 * MOST)
    at("2026-12-01T02:59:59+00:00")
    late = reserve()
    assert reserve().cap == Cap.DAY
    at("2026-12-01T03:00:00+00:00")
    settle(reserve())
    settle(late, usage=Usage(600, 0, 40))
    days = {each.starts_on: each.spent for each in rows(Spending, Spending.period == Period.DAY)}
    assert days == {date(2026, 11, 30): 80, date(2026, 12, 1): MOST}
    months = {each.starts_on for each in rows(Spending, Spending.period == Period.MONTH)}
    assert months == {date(2026, 11, 1), date(2026, 12, 1)}


@pytest.mark.parametrize(("first", "later"), [(2, 1), (1, 2)])
def test_the_first_of_a_month_is_a_day_like_another(at, capped, first, later):
    capped(CAP_DAY=2 * MOST)
    at("2026-12-01T12:00:00+00:00")
    assert not [no for no in [reserve() for _ in range(first)] if isinstance(no, NoRoom)]
    at("2026-12-05T12:00:00+00:00")
    assert not [no for no in [reserve() for _ in range(later)] if isinstance(no, NoRoom)]
    assert isinstance(reserve(), NoRoom) == (later == 2)


def test_a_clock_that_jumps_back_finds_the_day_as_it_was(at, capped):
    capped(CAP_DAY=MOST)
    at("2026-12-05T12:00:00+00:00")
    reserve()
    at("2026-12-06T12:00:00+00:00")
    reserve()
    at("2026-12-05T12:00:00+00:00")
    assert isinstance(reserve(), NoRoom)


@pytest.mark.parametrize(
    ("zone", "day", "period", "frees_at"),
    [
        ("America/Sao_Paulo", date(2026, 11, 30), Period.DAY, "2026-12-01T03:00"),
        ("America/Sao_Paulo", date(2026, 12, 31), Period.MONTH, "2027-01-01T03:00"),
        ("America/Sao_Paulo", date(2028, 2, 1), Period.MONTH, "2028-03-01T03:00"),
        # The clock goes from midnight to one, and from two back to one.
        ("America/Santiago", date(2026, 9, 5), Period.DAY, "2026-09-06T04:00"),
        ("Europe/Berlin", date(2026, 10, 25), Period.DAY, "2026-10-25T23:00"),
        ("Pacific/Kiritimati", date(2026, 11, 30), Period.MONTH, "2026-11-30T10:00"),
    ],
)
def test_room_comes_with_the_team_s_midnight(zone, day, period, frees_at):
    at = caps.frees_at(settings.of({"time_zone": zone}), period, day)
    assert at == datetime.fromisoformat(frees_at).replace(tzinfo=UTC)
