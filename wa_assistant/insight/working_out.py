"""Works the figures of a range out, as numbers that can be kept (cached.py)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..models.message import AT_TWILIO
from . import counting, rows
from .figures import Figure
from .tally import Name, Piece
from .times import Between, Range, day_starts, last, one_before, seconds

OTHERS = (Figure.ACTIVE, Figure.NEW, Figure.UNANSWERED)  # for which no message is counted
HOUR = 3600


def range_of(figure: Figure, range_: Range) -> Range:
    """What the figure tells where `range_` is asked for: it may need a longer one."""
    return next(each for each in Range if each.days >= max(range_.days, figure.least_days))


def of_range(range_: Range, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """`now` and `before` by name and part, `others` by their slugs, both of each; `bars` and
    `hours`: how much was said when."""
    between = last(range_, at, zone)
    now = counting.pieces(between, zone)
    before = counting.pieces(one_before(range_, at, zone), zone)
    week = last(range_of(Figure.HOURS, range_), at, zone)
    return {
        "now": _flat(now),
        "before": _flat(before),
        "others": {figure.slug: _both(figure, range_, at, zone) for figure in OTHERS},
        "bars": _bars(range_, between, now, zone),
        "hours": _hours(counting.pieces(week, zone, Name.CAME_IN, by_slots=True), zone),
    }


def _flat(pieces: Sequence[Piece]) -> list[tuple[str, str, int]]:
    return [(*key, number) for key, number in counting.total(pieces).items()]


def _both(figure: Figure, range_: Range, at: datetime, zone: ZoneInfo) -> list[int]:
    range_ = range_of(figure, range_)
    return [rows.number(figure, which(range_, at, zone)) for which in (last, one_before)]


def _bars(
    range_: Range, between: Between, pieces: Sequence[Piece], zone: ZoneInfo
) -> list[list[int]]:
    """What came in and went out in each hour or day of the range, also where that is nothing."""
    since, until = seconds(between.since), seconds(between.until)
    if range_.is_of_hours:
        past = between.since.astimezone(zone)
        starts = list(range(since - past.minute * 60 - past.second, until, HOUR))
    else:
        starts = [each for each in day_starts(since, until, zone) if each < until]
    bars = [[start, 0, 0] for start in starts]
    for each in pieces:
        place = max(0, bisect_right(starts, each.at) - 1)
        if each.name == Name.CAME_IN:
            bars[place][1] += each.number
        elif each.name == Name.STATUS and each.part in AT_TWILIO:
            bars[place][2] += each.number
    return bars


def _hours(pieces: Sequence[Piece], zone: ZoneInfo) -> list[list[int]]:
    """By weekday, Monday first, and hour."""
    found = [[0] * 24 for _ in range(7)]
    for each in pieces:
        local = datetime.fromtimestamp(each.at, zone)
        found[local.weekday()][local.hour] += each.number
    return found
