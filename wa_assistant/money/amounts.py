"""What an owner types for a price, read: of what, how much for its unit, and since when."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import phonenumbers
from flask_babel import lazy_gettext as _l

from ..models import Category, Fee, PriceKind, characters
from ..settings import decimals, exchange
from ..settings.problem import Problem, Words
from .lines import MILLION, What

NAMES = ("amount", "cached", "output", "written")
NEEDED = ("amount", "output")  # of tokens; the others cost as what is read where nothing is said
LONGEST_NAME = 300
URL = re.compile(r"https?://\S+")
COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS)  # all that have a calling code
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)
SMALLEST = Decimal(1) / MILLION
# Dollars for the unit: beyond them a comma is most likely in the wrong place.
MOST: dict[str, int] = {
    PriceKind.TOKENS: 1_000,
    PriceKind.TRANSCRIPTION: 10,
    PriceKind.EMBEDDING: 100,
    PriceKind.MESSAGE: 5,
    PriceKind.FEE: 1,
    PriceKind.ALLOWANCE: 1_000_000_000,
}
OF: dict[str, type[Category] | type[Fee]] = {
    PriceKind.MESSAGE: Category,
    PriceKind.FEE: Fee,
    PriceKind.ALLOWANCE: Category,
}

UNITS: dict[str, Words] = {
    PriceKind.TOKENS: _l("a million tokens"),
    PriceKind.TRANSCRIPTION: _l("a minute"),
    PriceKind.EMBEDDING: _l("a million tokens"),
    PriceKind.MESSAGE: _l("a message"),
    PriceKind.FEE: _l("a message"),
    PriceKind.ALLOWANCE: _l("a month and number"),
}

NO_NAME = _l("Write the model's name as the server knows it.")
NO_CHOICE = _l("Choose one from the list.")
NO_SERVER = _l("An address like https://models.example.com/v1.")
NO_AMOUNT = _l("Write a price, or 0 where it costs nothing.")
NEGATIVE = _l("A price is zero or more.")
TOO_FINE = _l("At most six places after the point.")
NOT_WHOLE = _l("A whole number, like 1000.")
FAR_DATE = _l("A day from 2020 to 2099.")


def what(given: Mapping[str, str], problems: dict[str, Words]) -> What:
    """What the price is of; what is wrong with it is added to `problems`, by field."""
    kind = given.get("kind", "")
    if kind not in set(PriceKind):
        raise Problem({"kind": NO_CHOICE})
    name = characters.seen_in_a_line(given.get("name", ""))
    country = server = None
    if kind in OF:
        if name not in set(OF[kind]):
            problems["name"] = NO_CHOICE
    elif not 0 < len(name) <= LONGEST_NAME:
        problems["name"] = NO_NAME
    if kind == PriceKind.MESSAGE:
        country = given.get("country", "") or None
        if country and country not in COUNTRIES:
            problems["country"] = NO_CHOICE
    elif kind not in OF:
        server = given.get("server", "").rstrip("/") or None
        if server and (len(server) > LONGEST_NAME or not URL.fullmatch(server)):
            problems["server"] = NO_SERVER
    return What(kind, name, country, server)


def amounts(kind: str, given: Mapping[str, str], problems: dict[str, Words]) -> dict[str, int]:
    """Micro-dollars by the names of the row's columns."""
    names, needed = (NAMES, NEEDED) if kind == PriceKind.TOKENS else (("amount",), ("amount",))
    told: dict[str, int] = {}
    for name in names:
        text = given.get(name, "").strip()
        try:
            if text:
                told[name] = _count(text) if kind == PriceKind.ALLOWANCE else _micro(text, kind)
            elif name in needed:
                problems[name] = NO_AMOUNT
        except Problem as problem:
            problems[name] = problem.words
    return told


def since(given: Mapping[str, str], problems: dict[str, Words]) -> date:
    try:
        day = exchange.date_in(given.get("valid_from", ""))
        if EARLIEST <= day <= LATEST:
            return day
        problems["valid_from"] = FAR_DATE
    except Problem as problem:
        problems["valid_from"] = problem.words
    return EARLIEST


def _micro(text: str, kind: str) -> int:
    dollars = decimals.read(text.removeprefix("US$").removeprefix("$"))
    if dollars < 0:
        raise Problem({"": NEGATIVE})
    if dollars > MOST[kind]:
        raise Problem({"": too_much(kind)})
    if dollars % SMALLEST:
        raise Problem({"": TOO_FINE})
    return int(dollars * MILLION)


def _count(text: str) -> int:
    number = decimals.read(text)
    if number < 0 or number % 1 or number > MOST[PriceKind.ALLOWANCE]:
        raise Problem({"": NOT_WHOLE})
    return int(number)


def too_much(kind: str) -> Words:
    return _l(
        "This is more than US$ %(most)s. Is the comma in the right place? The price is in dollars "
        "for %(unit)s.",
        most=MOST[kind],
        unit=UNITS[kind],
    )
