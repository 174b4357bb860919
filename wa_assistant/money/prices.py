"""What a unit costs on a day: an owner's price, else our list's, else unknown, which is never zero.

Where it is unknown, the dearest that is known stands for it wherever a cap must hold. To ask costs
no statement: what owners say is kept for some seconds (known.py).
"""

import math
import re
from datetime import date

from flask import current_app

from ..models import Fee, PriceKind
from . import known
from .known import forget, today
from .lines import MILLION, Line, TokenPrice, Usage, What

__all__ = [
    "TokenPrice",
    "Usage",
    "cost",
    "cost_of_minutes",
    "cost_of_tokens",
    "dearest",
    "dearest_embedding",
    "dearest_per_minute",
    "dearest_tokens",
    "embedding",
    "fee",
    "forget",
    "line_of",
    "number",
    "per_minute",
    "server",
    "today",
    "tokens",
]

OPENAI = "https://api.openai.com/v1"
OF_A_DAY = re.compile(r"-\d{4}-\d{2}-\d{2}$")  # "gpt-5-mini-2025-08-07"


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
    line = known.lines(on).get(what)
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


def cost_of_tokens(price: TokenPrice, usage: Usage, *, cache_written: int = 0) -> int:
    """Micro-dollars of a call, rounded up; `cache_written` of its input were written to the
    cache. That the figures can be true is for who was told them to see."""
    plain = usage.input - usage.cached - cache_written
    read = plain * price.input + usage.cached * price.cached + cache_written * price.written
    return -(-(read + usage.output * price.output) // MILLION)


def cost(model: str, usage: Usage) -> int | None:
    """Micro-dollars of a call of today; None for a model whose price is not known."""
    price = tokens(model, today())
    return None if price is None else cost_of_tokens(price, usage)


def cost_of_minutes(price: int, seconds: float) -> int:
    """Micro-dollars of so many seconds that are written down, rounded up."""
    return math.ceil(price * seconds / 60)


def line_of(kind: PriceKind, model: str, on: date) -> Line | None:
    """The line by which a model is charged: one for the server of the configuration goes before
    one for wherever it is served."""
    lines = known.lines(on)
    for name in (model, OF_A_DAY.sub("", model)):
        for where in (server(), None):
            if found := lines.get(What(kind, name, server=where)):
                return found
    return None


def server() -> str:
    """The base URL of the server in use."""
    return str(current_app.config["OPENAI_BASE_URL"] or OPENAI)


def _of(kind: PriceKind, model: str, on: date) -> TokenPrice | int | None:
    line = line_of(kind, model, on)
    return line.price if line else None


def _all(kind: PriceKind, on: date, name: str | None = None) -> list[TokenPrice | int | None]:
    return [
        line.price
        for what, line in known.lines(on).items()
        if what.kind == kind and name in (None, what.name)
    ]


def _number(price: TokenPrice | int | None) -> int | None:
    return price if isinstance(price, int) else None
