"""The hours of a week: when the team is there, by the clock on its wall."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from .problem import Problem, Words

DAYS = 7
MIDNIGHT = 24 * 60
MOST_SPANS = 4
TIME = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?)?\s*(am|pm)?", re.I)
SPAN = re.compile(
    r"(?:(?:das?|de|from)\b)?\s*(\d.*?)\s*(?:-|\b(?:às?|as?|até|ate|to|until)\b)\s*(\d.*)"
)
DASH = re.compile(r"\s*[-–—]\s*")
BETWEEN_SPANS = re.compile(r"\s*(?:[,;/&]|\b(?:e|and)\b|\s(?=\d\S*-))\s*")
CLOSED = frozenset({"", "-", "closed", "fechado", "fechada"})

BOTH = _l("Give both times, or close the day.")
BACKWARDS = _l(
    "It closes before it opens. What goes past midnight is written on both days: until 24:00 on "
    "the one, and from 00:00 on the next."
)
NO_TIME = _l("Write the times like 09:00–12:00, 13:00–18:30.")
OVERLAP = _l("Two of these overlap.")
TOO_MANY = _l("These are more than %(most)s in a day.", most=MOST_SPANS)
NO_SPAN = _l("Write two times, like 22:00–08:00.")
ALL_DAY = _l("From one time to another: not the whole day.")


@dataclass(frozen=True, order=True)
class Span:
    """From `opens` to `closes`, in minutes since midnight; 24 * 60 is the midnight after.

    In a week it ends on the day on which it begins; where `closes` is the smaller one, the night
    lies between them.
    """

    opens: int
    closes: int

    def includes(self, minute: int) -> bool:
        if self.opens < self.closes:
            return self.opens <= minute < self.closes
        return minute >= self.opens or minute < self.closes

    def stored(self) -> list[str]:
        return [clock(self.opens), clock(self.closes)]

    def written(self) -> str:
        """ "09:00–18:00", as a form's field holds it."""
        return f"{clock(self.opens)}–{'24:00' if self.closes == MIDNIGHT else clock(self.closes)}"


Day = tuple[Span, ...]


@dataclass(frozen=True)
class Week:
    """Monday first; of each day the hours in their order, with time between them. A day without
    any is one on which nobody is there."""

    days: tuple[Day, ...]

    def stored(self) -> list[list[list[str]]]:
        return [[span.stored() for span in day] for day in self.days]

    def written(self) -> list[str]:
        """As the fields of a form hold them."""
        return [", ".join(span.written() for span in day) for day in self.days]


WORKING_WEEK = Week(((Span(9 * 60, 18 * 60),),) * 5 + ((), ()))


def clock(minutes: int) -> str:
    """ "09:00"; the midnight that ends a day is written like the one that begins it."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def read(given: Any) -> Week:
    """The week from seven days; raises Problem, with a place for each day.

    A day is a text ("9:00-12:00, 13:00-18:00"), pairs of times, one such pair (as it was stored
    when a day had only one) or None.
    """
    if isinstance(given, str) or not isinstance(given, Sequence) or len(given) != DAYS:
        raise Problem({"": NO_TIME})
    problems: dict[str, Words] = {}
    days: list[Day] = []
    for number, day in enumerate(given):
        try:
            days.append(_day(_pairs(day)))
        except Problem as problem:
            problems[str(number)] = problem.words
    if problems:
        raise Problem(problems)
    return Week(tuple(days))


def night(given: Any) -> Span | None:
    """One span that may go past midnight, from a text or a pair of times; raises Problem."""
    pairs = _pairs(given)
    if not pairs:
        return None
    if len(pairs) > 1:
        raise Problem({"": NO_SPAN})
    span = Span(*(_minutes(each) for each in pairs[0]))
    if span.opens == span.closes:
        raise Problem({"": ALL_DAY})
    return span


def _pairs(given: Any) -> list[tuple[str, str]]:
    """The two times of each span, as they are written."""
    if given is None:
        return []
    if isinstance(given, str):
        text = DASH.sub("-", given.lower()).strip(" ,;")
        return [] if text in CLOSED else [_pair(each) for each in BETWEEN_SPANS.split(text)]
    is_one = isinstance(given, Sequence) and [*map(type, given)] == [str, str]
    try:
        return [(str(opens), str(closes)) for opens, closes in ([given] if is_one else given)]
    except (TypeError, ValueError):
        raise Problem({"": NO_TIME}) from None


def _pair(text: str) -> tuple[str, str]:
    found = SPAN.fullmatch(text)
    if found is None:
        raise Problem({"": NO_TIME})
    return found[1], found[2]


def _day(pairs: Sequence[tuple[str, str]]) -> Day:
    if len(pairs) > MOST_SPANS:
        raise Problem({"": TOO_MANY})
    day: list[Span] = []
    for span in sorted(_span(*pair) for pair in pairs):
        if day and span.opens < day[-1].closes:
            raise Problem({"": OVERLAP})
        if day and span.opens == day[-1].closes:
            span = Span(day.pop().opens, span.closes)
        day.append(span)
    return tuple(day)


def _span(opens: str, closes: str) -> Span:
    if not opens or not closes:
        raise Problem({"": BOTH})
    span = Span(_minutes(opens), _minutes(closes) or MIDNIGHT)
    if span.opens >= span.closes:
        raise Problem({"": BACKWARDS})
    return span


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
