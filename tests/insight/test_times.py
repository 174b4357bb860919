"""Ranges are of the team's days, and are compared with as much of the days before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wa_assistant.insight import waits
from wa_assistant.insight.times import (
    SLOT,
    Between,
    Range,
    day_of,
    day_starts,
    last,
    one_before,
    seconds,
)

ZONES = ("America/Sao_Paulo", "Asia/Kathmandu", "America/Santiago", "Australia/Lord_Howe", "UTC")


def test_24_hours_go_back_from_the_moment():
    now = datetime(2026, 11, 30, 18, 20, 5, tzinfo=UTC)
    zone = ZoneInfo("America/Sao_Paulo")
    assert last(Range.DAY, now, zone) == Between(now - timedelta(days=1), now)
    assert one_before(Range.DAY, now, zone).until == now - timedelta(days=1)


def test_days_begin_at_the_team_s_midnight_and_end_at_the_same_time_of_the_day():
    now = datetime(2026, 11, 30, 1, 20, tzinfo=UTC)  # the 29th in São Paulo
    zone = ZoneInfo("America/Sao_Paulo")
    since = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert last(Range.WEEK, now, zone) == Between(since, now)
    week = timedelta(days=7)
    assert one_before(Range.WEEK, now, zone) == Between(since - week, now - week)


def test_where_clocks_are_put_back_the_hour_of_the_day_is_compared():
    zone = ZoneInfo("Europe/Lisbon")
    now = datetime(2026, 10, 26, 12, tzinfo=zone)  # they were on the 25th
    before = one_before(Range.WEEK, now.astimezone(UTC), zone)
    assert before.until.astimezone(zone).hour == 12
    assert before.until == datetime(2026, 10, 19, 11, tzinfo=UTC)


@pytest.mark.parametrize("name", ZONES)
def test_days_of_every_zone_are_made_of_slots(name):
    zone = ZoneInfo(name)
    since, until = (
        seconds(datetime(2025, 1, 1, tzinfo=UTC)),
        seconds(datetime(2027, 1, 1, tzinfo=UTC)),
    )
    starts = list(day_starts(since, until, zone))
    assert [day_of(at, zone) for at in starts] == sorted({day_of(at, zone) for at in starts})
    assert len(starts) >= 729
    assert not [at for at in starts if at % SLOT]


def test_a_percentile_of_bins_is_as_near_as_it_says():
    found = sorted(0.3 * 1.13**number for number in range(100))
    bins: dict[int, int] = {}
    for each in found:
        bins[waits.bin_of(each)] = bins.get(waits.bin_of(each), 0) + 1
    for share in (0.5, 0.95, 1):
        exact = found[int(share * 100) - 1]
        read = waits.percentile(share, bins)
        assert read is not None
        assert abs(read - exact) <= exact * waits.PERCENT_OFF / 100
    assert waits.percentile(0.5, {}) is None
    assert waits.bin_of(-3) == 0
    assert waits.bin_of(1e12) == waits.LAST
