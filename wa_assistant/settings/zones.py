"""The time zones one chooses from, and those that are understood."""

from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

BRAZIL = "BR"


@cache
def offered() -> tuple[str, ...]:
    """Each country's by the name it has today, those of Brazil first."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    home = sorted(name for country, _, name, *_ in rows if country == BRAZIL)
    return (*home, *sorted({name for _, _, name, *_ in rows} - set(home)), "UTC")


@cache
def known() -> frozenset[str]:
    """With the names they had before: who has chosen one keeps it."""
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}
