"""The hours of a week: when the team is there, by the clock on its wall."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from .problem import Problem, Words

DAYS = 7
MIDNIGHT = 24 * 60
TIME = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?)?\s*(am|pm)?", re.I)

BOTH = _l("Give both times, or close the day.")
BACKWARDS = _l("It closes before it opens.")
NO_TIME = _l("Write the times like 09:00 and 18:30.")


@dataclass(frozen=True)
class Day:
    """From `opens` to `closes`, in minutes since midnight; 24 * 60 is the midnight after."""

    opens: int
    closes: int

    def stored(self) -> list[str]:
        """["09:00", "18:00"]: as it is kept, and as a form's fields hold it."""
        return [clock(self.opens), clock(self.closes)]


@dataclass(frozen=True)
class Week:
    """Monday first; None is a day on which nobody is there."""

    days: tuple[Day | None, ...]

    def stored(self) -> list[list[str] | None]:
        return [day.stored() if day else None for day in self.days]


WORKING_WEEK = Week((Day(9 * 60, 18 * 60),) * 5 + (None, None))


def clock(minutes: int) -> str:
    """ "09:00"; the midnight that ends a day is written like the one that begins it."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def read(stored: Any) -> Week:
    """The week in seven pairs of times or None; raises Problem, with a place for each day."""
    if not isinstance(stored, Sequence) or len(stored) != DAYS:
        raise Problem({"": NO_TIME})
    problems: dict[str, Words] = {}
    days: list[Day | None] = []
    for number, pair in enumerate(stored):
        try:
            days.append(None if pair is None else _day(*pair))
        except Problem as problem:
            problems[str(number)] = problem.words
    if problems:
        raise Problem(problems)
    return Week(tuple(days))


def _day(opens: str, closes: str) -> Day:
    if not opens or not closes:
        raise Problem({"": BOTH})
    day = Day(_minutes(opens), _minutes(closes) or MIDNIGHT)
    if day.opens >= day.closes:
        raise Problem({"": BACKWARDS})
    return day


def _minutes(text: str) -> int:
    """What people write for a time of day: "9", "09:00", "9h30", "6 pm"."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        raise Problem({"": NO_TIME})
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hours <= 12:
        hours = hours % 12 + (12 if half == "pm" else 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        raise Problem({"": NO_TIME})
    return (hours * 60 + minutes) % MIDNIGHT
