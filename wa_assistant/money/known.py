"""What owners say of prices, as a process keeps it, and the lines that are in force on a day.

Prices are asked for with each message and change a few times a year: they are read anew every
KEPT_SECONDS. So long a process may overlook what another has saved, and the team's new zone.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from .. import settings
from ..database import db, utcnow
from ..models import Price, PriceKind
from . import list_prices
from .lines import Line, TokenPrice, What

KEPT_SECONDS = 30.0
KEPT = "wa_assistant.prices"
MOST_DAYS = 100  # that are kept in mind


@dataclass
class Known:
    owners: tuple[Line, ...]
    zone: ZoneInfo
    until: float  # by the monotonic clock
    days: dict[date, dict[What, Line]] = field(default_factory=dict)

    def on(self, day: date) -> dict[What, Line]:
        """The lines in force that day, which are found out once."""
        found = self.days.get(day)
        if found is None:
            if len(self.days) >= MOST_DAYS:
                self.days.clear()
            found = self.days[day] = in_force(list_prices.LIST, self.owners, day)
        return found


def lines(on: date) -> dict[What, Line]:
    """The line of each thing that has a price that day."""
    return _known().on(on)


def fresh_lines(on: date) -> dict[What, Line]:
    """The same, with what was saved a moment ago."""
    return in_force(list_prices.LIST, owners(), on)


def today() -> date:
    """The day it is for the team."""
    return day_of(utcnow())


def day_of(moment: datetime) -> date:
    """The team's day in which `moment` is."""
    return moment.astimezone(_known().zone).date()


def forget() -> None:
    """Read anew what owners say, in this process, with the next question."""
    current_app.extensions.pop(KEPT, None)


def owners() -> Iterable[Line]:
    """What owners have said so far, as it is in the database now."""
    columns = ("kind", "name", "country", "server", "valid_from", "id")
    amounts = ("amount", "cached", "output", "written")
    named = [getattr(Price, each) for each in (*columns, *amounts)]
    for kind, name, country, server, since, id_, *told in db.session.execute(select(*named)):
        yield Line(What(kind, name, country, server), price(kind, *told), since, id=id_)


def in_force(ours: Iterable[Line], owners: Iterable[Line], on: date) -> dict[What, Line]:
    """The line that counts that day of each thing that has a price then.

    An owner's newest of a day not after it goes before ours; of two of one day, the one that was
    said last. Our earliest counts for the days before it as well: something has to.
    """
    found: dict[What, Line] = {}
    for line in sorted(ours, key=lambda each: each.since):
        if line.since <= on or line.what not in found:
            found[line.what] = line
    said = {line.what: line for line in sorted(owners, key=_order) if line.since <= on}
    found |= {what: line for what, line in said.items() if line.price is not None}
    return {what: line for what, line in found.items() if line.price is not None}


def _known() -> Known:
    kept: Known | None = current_app.extensions.get(KEPT)
    if kept is None or kept.until < time.monotonic():
        zone = ZoneInfo(settings.current().time_zone)
        kept = Known(tuple(owners()), zone, time.monotonic() + KEPT_SECONDS)
        current_app.extensions[KEPT] = kept
    return kept


def price(
    kind: str, amount: int | None, cached: int | None, output: int | None, written: int | None
) -> TokenPrice | int | None:
    """A row's amounts; what is said of no price of its own costs as all that is read."""
    if amount is None or kind != PriceKind.TOKENS:
        return amount
    return TokenPrice(
        input=amount,
        cached=amount if cached is None else cached,
        output=amount if output is None else output,
        written=amount if written is None else written,
    )


def _order(line: Line) -> tuple[date, int]:
    return line.since, line.id or 0
