"""What a unit costs on a day: an owner's price, else our list's, else unknown, which is never zero;
and what a call takes and costs at most.

Where it is unknown, the dearest that is known stands for it wherever a cap must hold. To ask costs
no statement: prices are asked for with each message and change a few times a year, so what owners
say is kept, and read anew every KEPT_SECONDS. So long a process may overlook what another has
saved, and the team's new zone.
"""

import math
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from .. import settings
from ..database import db, utcnow
from ..models import Fee, Price, PriceKind
from . import list_prices
from .lines import LONG_PROMPT, MILLION, Line, TokenPrice, Usage, What

OPENAI = "https://api.openai.com/v1"
OF_A_DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")  # "gpt-5-mini-2025-08-07"
KEPT_SECONDS = 30.0
KEPT = "wa_assistant.prices"
MOST_DAYS = 100  # that are kept in mind
TOKENS_OF_A_VOICE, TOKENS_A_SECOND = 500, 50  # read and written, of those who count so
LEAST_BYTES_A_SECOND = 500  # of a voice message: no codec takes fewer where somebody speaks


@dataclass(frozen=True)
class PriceOfDay:
    """A price of one day. `is_known`: it is the model's own; else the dearest known stands for it.

    `of` counts the tokens and the seconds of voice that a call took, in micro-dollars; None where
    what is paid for was not told.
    """

    is_known: bool
    of: Callable[[Usage | None, float | None], int | None]


@dataclass(frozen=True)
class Worst:
    """The most a call takes; `reserved` is what that costs, in micro-dollars."""

    price: PriceOfDay
    reserved: int
    tokens: int = 0
    voice_seconds: int = 0
    pictures: int = 0

    @property
    def columns(self) -> dict[str, int]:
        """As the ledger has them."""
        names = ("tokens", "voice_seconds", "pictures", "reserved")
        return {name: getattr(self, name) for name in names}


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


def tokens(model: str, on: date) -> TokenPrice | None:
    price = _of(PriceKind.TOKENS, model, on)
    return price if isinstance(price, TokenPrice) else None


def per_minute(model: str, on: date) -> int | None:
    """Micro-dollars for a minute that is written down."""
    return _number(_of(PriceKind.TRANSCRIPTION, model, on))


def embedding(model: str, on: date) -> int | None:
    """Micro-dollars for a million tokens."""
    return _number(_of(PriceKind.EMBEDDING, model, on))


def fee(name: Fee, on: date) -> int | None:
    """Twilio's, in micro-dollars for a message."""
    return number(What(PriceKind.FEE, name), on)


def number(what: What, on: date) -> int | None:
    """The price of what has one number for it; for how many are free, that many."""
    line = lines(on).get(what)
    return _number(line.price) if line else None


def dearest_tokens(on: date) -> TokenPrice:
    """What stands for the price of a model of which none is known: the dearest known of each."""
    every = [each for each in _all(PriceKind.TOKENS, on) if isinstance(each, TokenPrice)]
    return TokenPrice(
        input=max(each.input for each in every),
        cached=max(each.cached for each in every),
        output=max(each.output for each in every),
        written=max(each.written for each in every),
    )


def dearest_per_minute(on: date) -> int:
    return dearest(PriceKind.TRANSCRIPTION, on)


def dearest_embedding(on: date) -> int:
    return dearest(PriceKind.EMBEDDING, on)


def dearest(kind: PriceKind, on: date, name: str | None = None) -> int:
    """The dearest known of a kind, or of those of it that have this name."""
    return max(each for each in _all(kind, on, name) if isinstance(each, int))


def cost_of_tokens(price: TokenPrice, usage: Usage) -> int:
    """Micro-dollars of a call, rounded up. That the figures can be true is for who was told them
    to see."""
    price = _at(price, usage.input)
    plain = usage.input - usage.cached - usage.written
    read = plain * price.input + usage.cached * price.cached + usage.written * price.written
    return -(-(read + usage.output * price.output) // MILLION)


def cost_of_minutes(price: int, seconds: float) -> int:
    """Micro-dollars of so many seconds that are written down, rounded up."""
    return math.ceil(price * seconds / 60)


def line_of(kind: PriceKind, model: str, on: date) -> Line | None:
    """The line by which a model is charged: one for the server of the configuration goes before
    one for wherever it is served."""
    every = lines(on)
    for name in (model, OF_A_DAY.sub("", model)):
        for where in (server(), None):
            if found := every.get(What(kind, name, server=where)):
                return found
    return None


def server() -> str:
    """The base URL of the server in use."""
    return str(current_app.config["OPENAI_BASE_URL"] or OPENAI)


def worst_of_tokens(model: str, read: int, written: int, pictures: int = 0) -> Worst:
    """Of a completion that reads and writes so many tokens at most."""
    day = today()
    known = tokens(model, day)
    price = known or dearest_tokens(day)
    most = _at(price, read)
    dearest = max(most.input, most.cached, most.written)
    reserved = -(-(read * dearest + written * most.output) // MILLION)

    def of(usage: Usage | None, seconds: float | None) -> int | None:
        return None if usage is None else cost_of_tokens(price, usage)

    return Worst(PriceOfDay(known is not None, of), reserved, read + written, 0, pictures)


def worst_of_vectors(model: str, read: int) -> Worst:
    """Of the vectors of texts that have so many tokens at most."""
    day = today()
    known = embedding(model, day)
    price = dearest_embedding(day) if known is None else known

    def of(usage: Usage | None, seconds: float | None) -> int | None:
        return None if usage is None else -(-usage.input * price // MILLION)

    return Worst(PriceOfDay(known is not None, of), -(-read * price // MILLION), read)


def worst_of_voice(model: str, size: int, least: float = 0.0) -> Worst:
    """Of a recording of so many bytes that is written down, and of so many seconds at `least`."""
    day = today()
    known = per_minute(model, day)
    price = dearest_per_minute(day) if known is None else known
    seconds = max(-(-size // LEAST_BYTES_A_SECOND), math.ceil(least))

    def of(usage: Usage | None, told: float | None) -> int | None:
        return None if told is None else cost_of_minutes(price, told)

    most = cost_of_minutes(price, seconds)
    tokens = TOKENS_OF_A_VOICE + seconds * TOKENS_A_SECOND
    return Worst(PriceOfDay(known is not None, of), most, tokens, voice_seconds=seconds)


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
        yield Line(What(kind, name, country, server), price_said(kind, *told), since, id=id_)


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


def price_said(
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


def _known() -> Known:
    kept: Known | None = current_app.extensions.get(KEPT)
    if kept is None or kept.until < time.monotonic():
        zone = ZoneInfo(settings.current().time_zone)
        kept = Known(tuple(owners()), zone, time.monotonic() + KEPT_SECONDS)
        current_app.extensions[KEPT] = kept
    return kept


def _at(price: TokenPrice, read: int) -> TokenPrice:
    return price.of_long() if read > LONG_PROMPT else price


def _order(line: Line) -> tuple[date, int]:
    return line.since, line.id or 0


def _of(kind: PriceKind, model: str, on: date) -> TokenPrice | int | None:
    line = line_of(kind, model, on)
    return line.price if line else None


def _all(kind: PriceKind, on: date, name: str | None = None) -> list[TokenPrice | int | None]:
    return [
        line.price
        for what, line in lines(on).items()
        if what.kind == kind and name in (None, what.name)
    ]


def _number(price: TokenPrice | int | None) -> int | None:
    return price if isinstance(price, int) else None
