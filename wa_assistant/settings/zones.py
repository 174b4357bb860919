"""The time zones one chooses from, those that are understood, and how one is found by what people
call it: its city, its country, its own name, or how far it is from UTC."""

import re
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import get_timezone_location, get_timezone_name

from ..models.participant import folded

BRAZIL, CAPITAL_TIME, UTC = "BR", "America/Sao_Paulo", "UTC"
MOST_FOUND = 12
LONGEST_QUERY = 60
LANGUAGES = ("pt_BR", "en")
OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?([0-5]\d))?")


class Row(NamedTuple):
    country: str
    zone: str
    comment: str  # which part of the country: "Brazil (northeast: MA, PI, CE, RN, PB)"


class Names(NamedTuple):
    cities: frozenset[str]
    words: frozenset[str]


@cache
def offered() -> tuple[str, ...]:
    """Each country's by the name it has today, those of Brazil first."""
    home = sorted(row.zone for row in _table() if row.country == BRAZIL)
    return (*home, *sorted({row.zone for row in _table()} - set(home)), UTC)


@cache
def known() -> frozenset[str]:
    """With the names they had before: who has chosen one keeps it."""
    return frozenset(name for name in available_timezones() if "/" in name) | {UTC}


def find(query: str, now: datetime) -> list[str]:
    """Those that `query` may mean, the likeliest first, MOST_FOUND at most.

    Written with or without accents, in Portuguese or English. Where several are as likely, that of
    Brasília stands first, and those of Brazil before others.
    """
    text = re.sub("[_/]", " ", folded(query[:LONGEST_QUERY]))
    if offset := OFFSET.fullmatch(text):
        away = _minutes(offset)
        found = [zone for zone in offered() if away == now.astimezone(ZoneInfo(zone)).utcoffset()]
        return sorted(found, key=lambda zone: zone != CAPITAL_TIME)[:MOST_FOUND]
    ranked = ((_rank(text, names), zone) for zone, names in _names().items())
    likely = [(rank, zone != CAPITAL_TIME, zone) for rank, zone in ranked if rank is not None]
    order = {zone: place for place, zone in enumerate(offered())}
    likely.sort(key=lambda each: (*each[:2], order[each[2]]))
    return [zone for *_, zone in likely[:MOST_FOUND]]


def _rank(text: str, names: Names) -> int | None:
    """0: it is the city; 1: its names have each word; 2: the city begins so; 3: each word begins
    one of its names."""
    words = set(text.split())
    if text in names.cities:
        return 0
    if not words:
        return None
    if words <= names.words:
        return 1
    if any(city.startswith(text) for city in names.cities):
        return 2
    begun = all(any(name.startswith(word) for name in names.words) for word in words)
    return 3 if begun else None


def _minutes(offset: re.Match[str]) -> timedelta:
    away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return away if offset[1] == "+" else -away


@cache
def _names() -> dict[str, Names]:
    """What each of those offered is called: made once, in a quarter of a second."""
    rows = {row.zone: row for row in _table()}
    return {zone: _named(zone, rows.get(zone)) for zone in offered()}


def _named(zone: str, row: Row | None) -> Names:
    own = ZoneInfo(zone)
    cities, others = {zone.rpartition("/")[2].replace("_", " ")}, {zone.replace("_", " ")}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        cities.add(get_timezone_location(own, locale=locale, return_city=True))
        others |= {
            get_timezone_name(own, width="long", zone_variant=variant, locale=locale)
            for variant in ("generic", "standard")
        }
        if row is not None:
            others |= {row.country, row.comment, locale.territories.get(row.country, "")}
    spelt = frozenset(folded(each) for each in cities)
    words = (re.findall(r"\w+", folded(each)) for each in (*cities, *others))
    return Names(spelt, frozenset(word for each in words for word in each))


@cache
def _table() -> tuple[Row, ...]:
    text = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        Row(country, zone, comment[0] if comment else "") for country, _, zone, *comment in lines
    )
