"""A country's and a state's holidays, and on which of them the team is there all the same.

The days come from the library `holidays`, whose calendars are loaded when somebody first asks:
11 MB and a tenth of a second for Brazil, and then 0.2 ms for each year. What is stored are the
exceptions alone, by name, so that a holiday that a new law brings comes by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from ..models import characters
from .problem import Problem

MOST_NAMES = 100
LONGEST = 200
# Names are kept in one language, whoever looks: in the country's own, where the team can read it.
READABLE = ("pt", "en")
OTHERWISE = "en_US"

NO_COUNTRY = _l("Choose a country from the list.")
NO_STATE = _l("Choose a state from the list.")


@dataclass(frozen=True)
class Holiday:
    """`optional`: one that the law leaves to each (in Brazil: ponto facultativo)."""

    day: date
    name: str
    optional: bool


@dataclass(frozen=True)
class Holidays:
    """`country` is a code of ISO 3166-1, "" is none; `state` is the library's code for it.

    `worked`: names of holidays on which the team is there; `kept`: of optional ones on which it is
    not.
    """

    country: str = ""
    state: str = ""
    worked: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def is_closed_on(self, holiday: Holiday) -> bool:
        if holiday.optional:
            return holiday.name in self.kept
        return holiday.name not in self.worked

    def name_of(self, day: date) -> str | None:
        """The holiday on which nobody is there, None where `day` is none."""
        if not self.country:
            return None
        found = in_year(self.country, self.state, day.year)
        return next(
            (each.name for each in found if each.day == day and self.is_closed_on(each)), None
        )

    def stored(self) -> dict[str, Any]:
        return {
            "country": self.country,
            "state": self.state,
            "worked": list(self.worked),
            "kept": list(self.kept),
        }


NONE = Holidays()


def read(given: Any) -> Holidays:
    """From a mapping with the parts of `stored`; raises Problem, with a place for each part.

    Whether the library has that country is seen when it is asked: this is read all the time.
    """
    parts = given if isinstance(given, Mapping) else {}
    country, state = str(parts.get("country", "")), characters.seen(str(parts.get("state", "")))
    if not re.fullmatch(r"([A-Z]{2})?", country):
        raise Problem({"country": NO_COUNTRY})
    if len(state) > LONGEST:
        raise Problem({"state": NO_STATE})
    if not country:
        return NONE
    return Holidays(country, state, _names(parts.get("worked")), _names(parts.get("kept")))


def _names(given: Any) -> tuple[str, ...]:
    names = given if isinstance(given, list | tuple) else ()
    seen = {characters.seen(str(each))[:LONGEST] for each in names}
    return tuple(sorted(seen)[:MOST_NAMES])


def countries() -> list[str]:
    """The codes of those whose holidays are known."""
    import holidays

    return list(holidays.list_supported_countries(include_aliases=False))


@cache
def states(country: str) -> dict[str, str]:
    """The names of a country's states by their codes, in the order of the names."""
    entity = _entity(country)
    named = {code: code for code in entity.subdivisions} if entity else {}
    for name, code in entity.subdivisions_aliases.items() if entity else ():
        if named[code] == code or len(name) > len(named[code]):  # others are short forms
            named[code] = name
    return dict(sorted(named.items(), key=lambda each: each[1]))


@lru_cache(maxsize=64)
def in_year(country: str, state: str, year: int) -> tuple[Holiday, ...]:
    """All of them, the earliest first; none where country or state are not known."""
    entity = _entity(country)
    if entity is None or (state and state not in entity.subdivisions):
        return ()
    found: list[Holiday] = []
    for category in ("public", "optional"):
        if category not in entity.supported_categories:
            continue
        days = entity(
            subdiv=state or None, years=year, language=_language(entity), categories=(category,)
        )
        taken = {each.day for each in found}  # what is a holiday here is not optional, too
        found += [
            Holiday(day, name, category == "optional")
            for day in days
            if day not in taken
            for name in days.get_list(day)
        ]
    return tuple(sorted(found, key=lambda each: (each.day, each.optional, each.name)))


def _language(entity: Any) -> str | None:
    own = entity.default_language
    is_readable = own is None or own.startswith(READABLE)
    return own if is_readable or OTHERWISE not in entity.supported_languages else OTHERWISE


def _entity(country: str) -> Any:
    """The library's calendar of that country, None where it has none."""
    import holidays

    return getattr(holidays, country) if country in holidays.list_supported_countries() else None
