"""The team's own currency, and what a dollar is in it: all that is charged is charged in dollars.

The rate is what an owner says, with the day it is of; until one does, dollars stand alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import get_territory_currencies
from flask_babel import lazy_gettext as _l

from . import dates, decimals
from .problem import Problem, Words

DOLLAR = "USD"
LARGEST_RATE = 1_000_000

NO_CURRENCY = _l("Choose a currency from the list.")
NO_RATE = _l("A rate is more than zero and at most 1,000,000.")
NO_DAY = _l("Say of which day this is.")
NO_DATE = _l("Write the date like 25/12/2026.")


@dataclass(frozen=True)
class Exchange:
    """`rate` is what a dollar is in `currency` (ISO 4217), as of `day`."""

    currency: str = "BRL"
    rate: Decimal | None = None
    day: date | None = None

    def stored(self) -> dict[str, str]:
        """As it is kept, and as a form's fields hold it."""
        rate = "" if self.rate is None else decimals.written(self.rate)
        day = self.day.isoformat() if self.day else ""
        return {"currency": self.currency, "rate": rate, "day": day}


REAL = Exchange()


@cache
def offered() -> tuple[str, ...]:
    """Each currency that is paid with somewhere today, Brazil's first."""
    places = [code for code in map(str, Locale("en").territories) if code.isalpha()]
    used = {currency for place in places for currency in get_territory_currencies(place)}
    return (REAL.currency, *sorted(used - {REAL.currency}))


def read(given: Any) -> Exchange:
    """From a mapping with the parts of `stored`; raises Problem, with a place for each part."""
    parts = given if isinstance(given, Mapping) else {}
    problems: dict[str, Words] = {}
    currency = str(parts.get("currency", ""))
    if currency not in offered():
        problems["currency"] = NO_CURRENCY
    rate, day = None, None
    if told := str(parts.get("rate", "")).strip():
        try:
            rate = _rate(told)
        except Problem as problem:
            problems["rate"] = problem.words
        try:
            day = date_in(parts.get("day", ""))
        except Problem as problem:
            problems["day"] = problem.words
    if problems:
        raise Problem(problems)
    return Exchange(currency, rate, day)


def date_in(given: Any) -> date:
    """The one date in a text; raises Problem."""
    if not (text := str(given).strip()):
        raise Problem({"": NO_DAY})
    try:
        day, *others = dates.read(text).days
    except Problem:
        raise Problem({"": NO_DATE}) from None
    if others or day.name or day.year is None:
        raise Problem({"": NO_DATE})
    return day.first


def _rate(text: str) -> Decimal:
    rate = decimals.read(text)
    if not 0 < rate <= LARGEST_RATE:
        raise Problem({"": NO_RATE})
    return rate
