"""From when until when a figure counts, in the team's own days.

A day has 23 or 25 hours where clocks are put forward or back, and what it is compared with ends at
the same time on the clock of an earlier day. Slots are quarters of an hour, of which the days of
every zone are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SLOT = 15 * 60  # seconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Range(StrEnum):
    """As an address names it."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    MONTHS = "90d"

    @property
    def days(self) -> int:
        return {"24h": 1, "7d": 7, "30d": 30, "90d": 90}[self]

    @property
    def is_of_hours(self) -> bool:
        """It goes back from the moment, and not to the beginning of a day."""
        return self is Range.DAY


@dataclass(frozen=True)
class Between:
    """From `since` on and before `until`."""

    since: datetime
    until: datetime


def last(range_: Range, until: datetime, zone: ZoneInfo) -> Between:
    """The range that ends at `until`: 24 hours, or so many days of the team with the one that is
    not over."""
    if range_.is_of_hours:
        return Between(until - timedelta(days=1), until)
    today = until.astimezone(zone).date()
    return Between(day_start(today - timedelta(days=range_.days - 1), zone), until)


def one_before(range_: Range, until: datetime, zone: ZoneInfo) -> Between:
    """What `last` is compared with: as much, until the same time of the day."""
    if range_.is_of_hours:
        return last(range_, until - timedelta(days=1), zone)
    here = until.astimezone(zone).replace(tzinfo=None) - timedelta(days=range_.days)
    return last(range_, here.replace(tzinfo=zone).astimezone(UTC), zone)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Where clocks are put forward at midnight, that is one o'clock."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(at: int, zone: ZoneInfo) -> date:
    """The team's day of a moment in seconds since 1970."""
    return datetime.fromtimestamp(at, zone).date()


def day_starts(since: int, until: int, zone: ZoneInfo) -> Iterator[int]:
    """Each beginning of a day from `since` to `until`, both included, in seconds since 1970."""
    day = day_of(since, zone)
    while (at := seconds(day_start(day, zone))) <= until:
        if at >= since:
            yield at
        day += timedelta(days=1)


def seconds(moment: datetime) -> int:
    """Whole ones since 1970, rounded down."""
    return int(moment.timestamp() // 1)


def microseconds(moment: datetime) -> int:
    """Since 1970, as an address carries a moment."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def of_microseconds(at: int) -> datetime:
    """OverflowError where no calendar has that."""
    return EPOCH + timedelta(microseconds=at)


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def slot_of(moment: datetime) -> int:
    """When the slot began in which that is, in seconds since 1970."""
    return seconds(moment) // SLOT * SLOT


def next_slot(moment: datetime) -> int:
    """When the first slot begins that does not begin before that."""
    at = slot_of(moment)
    return at if moment.timestamp() == at else at + SLOT
