"""Days that the team itself says nobody is there on, whatever the week says, with their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l

from ..models import characters
from .problem import Problem

MOST = 100
LONGEST_NAME = 80
LEAP_YEAR = 2024  # has every day there is
EVERY_YEAR = "--"  # before a month and a day, as ISO 8601 writes it
DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])|(\d{4})-(\d\d)-(\d\d)(?!\d)")
UNTIL = re.compile(r"\s*(?:[-–—]|\b(?:a|até|to|until)\b)\s*")
NEXT = re.compile(r"[\s,;]*(?:\b(?:e|and)\b\s*)?(?=\d)")
APART = " \t,;:-–—"  # stands between a date and its name

NO_DATE = _l("Write the dates like 25/12/2026, or 25/12 for every year, and then the name.")
NO_RANGE = _l("From one day to another: write both with their year, the earlier one first.")
TOO_MANY = _l("These are more than %(most)s dates.", most=MOST)
LONG_NAME = _l("A name has at most %(most)s characters.", most=LONGEST_NAME)


@dataclass(frozen=True)
class NamedDay:
    """`year` None: the day comes each year. `name` may be empty."""

    year: int | None
    month: int
    day: int
    name: str = ""

    @property
    def first(self) -> date:
        """It, or where it comes each year one that sorts alike."""
        return date(self.year or LEAP_YEAR, self.month, self.day)

    def is_on(self, day: date) -> bool:
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)

    def stored(self) -> list[str]:
        iso = self.first.isoformat()
        return [iso if self.year else f"{EVERY_YEAR}{iso[5:]}", self.name]

    def written(self) -> str:
        return f"{self.first:%d/%m/%Y}" if self.year else f"{self.first:%d/%m}"


@dataclass(frozen=True)
class Dates:
    """Each day once: those of every year first, then the others, the earliest first."""

    days: tuple[NamedDay, ...] = ()

    def name_of(self, day: date) -> str | None:
        """What the team calls `day`, None where it is none of these."""
        return next((each.name for each in self.days if each.is_on(day)), None)

    def stored(self) -> list[list[str]]:
        return [each.stored() for each in self.days]

    def written(self) -> str:
        """As a form's field holds them: a line for each day, or for several in a row."""
        lines = []
        for run in _runs(self.days):
            until = f"–{run[-1].written()}" if len(run) > 1 else ""
            lines.append(f"{run[0].written()}{until} {run[0].name}".rstrip())
        return "\n".join(lines)


NONE = Dates()


def read(given: Any) -> Dates:
    """The days in a list as it is stored, or in a text; raises Problem.

    A line of a text holds dates, with commas between them or from one to another, and the name
    that they have.
    """
    if isinstance(given, str):
        found = [day for line in _lines(given) for day in _line(line)]
    elif isinstance(given, Sequence):
        found = [_from_stored(each) for each in given]
    else:
        raise Problem({"": NO_DATE})
    days = {(each.year, each.first): each for each in found}
    if len(days) > MOST:
        raise Problem({"": TOO_MANY})
    return Dates(tuple(sorted(days.values(), key=lambda each: (each.year or 0, each.first))))


def _lines(text: str) -> list[str]:
    return [line for line in characters.seen(text).split("\n") if line.strip()]


def _line(text: str) -> Iterator[NamedDay]:
    dates, at = [], len(text) - len(text.lstrip())
    while found := DATE.match(text, at):
        dates.append(_day(found))
        at = found.end()
        until = UNTIL.match(text, at)
        if until and (last := DATE.match(text, until.end())):
            dates += _between(dates[-1], _day(last))
            at = last.end()
        at = following.end() if (following := NEXT.match(text, at)) else at
    name = " ".join(text[at:].strip(APART).split())
    if not dates or DATE.search(name):
        raise Problem({"": NO_DATE})
    if len(name) > LONGEST_NAME:
        raise Problem({"": LONG_NAME})
    yield from (NamedDay(each.year, each.month, each.day, name) for each in dates)


def _between(first: NamedDay, last: NamedDay) -> list[NamedDay]:
    """The days after `first` up to `last`."""
    if not first.year or not last.year or first.first >= last.first:
        raise Problem({"": NO_RANGE})
    days = (last.first - first.first).days
    if days > MOST:
        raise Problem({"": TOO_MANY})
    after = (first.first + timedelta(days=each + 1) for each in range(days))
    return [NamedDay(each.year, each.month, each.day) for each in after]


def _day(found: re.Match[str]) -> NamedDay:
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    if iso_year:
        day, month, year = iso_day, iso_month, iso_year
    try:
        date(int(year or LEAP_YEAR), int(month), int(day))
    except ValueError:
        raise Problem({"": NO_DATE}) from None
    return NamedDay(int(year) if year else None, int(month), int(day))


def _from_stored(given: Any) -> NamedDay:
    """A date with its name, or alone, as it was stored before days had names."""
    iso, name = given if isinstance(given, list) and len(given) == 2 else (given, "")
    each_year = str(iso).startswith(EVERY_YEAR)
    found = DATE.fullmatch(str(iso).replace(EVERY_YEAR, f"{LEAP_YEAR}-", 1))
    if found is None:
        raise Problem({"": NO_DATE})
    day = _day(found)
    return NamedDay(None if each_year else day.year, day.month, day.day, str(name))


def _runs(days: Iterable[NamedDay]) -> Iterator[list[NamedDay]]:
    """Days of one name that follow each other; what comes each year stands alone."""

    def same_run(pair: tuple[int, NamedDay]) -> tuple[str, int]:
        place, day = pair
        return (day.name, day.first.toordinal() - place) if day.year else ("", -place)

    for _, run in groupby(enumerate(days), same_run):
        yield [day for _, day in run]
