"""What a call takes and costs at most, and by what price what it took is counted."""

from collections.abc import Callable
from dataclasses import dataclass

from . import prices
from .lines import MILLION, Usage

TOKENS_OF_A_VOICE, TOKENS_A_SECOND = 500, 50  # read and written, of those who count so
LEAST_BYTES_A_SECOND = 500  # of a voice message: no codec of speech takes fewer


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


def of_tokens(model: str, read: int, written: int, pictures: int = 0) -> Worst:
    """Of a completion that reads and writes so many tokens at most."""
    day = prices.today()
    known = prices.tokens(model, day)
    price = known or prices.dearest_tokens(day)
    dearest = max(price.input, price.cached, price.written)
    reserved = -(-(read * dearest + written * price.output) // MILLION)

    def of(usage: Usage | None, seconds: float | None) -> int | None:
        return None if usage is None else prices.cost_of_tokens(price, usage)

    return Worst(PriceOfDay(known is not None, of), reserved, read + written, 0, pictures)


def of_vectors(model: str, read: int) -> Worst:
    """Of the vectors of texts that have so many tokens at most."""
    day = prices.today()
    known = prices.embedding(model, day)
    price = prices.dearest_embedding(day) if known is None else known

    def of(usage: Usage | None, seconds: float | None) -> int | None:
        return None if usage is None else -(-usage.input * price // MILLION)

    return Worst(PriceOfDay(known is not None, of), -(-read * price // MILLION), read)


def of_voice(model: str, size: int) -> Worst:
    """Of a recording of so many bytes that is written down."""
    day = prices.today()
    known = prices.per_minute(model, day)
    price = prices.dearest_per_minute(day) if known is None else known
    seconds = -(-size // LEAST_BYTES_A_SECOND)

    def of(usage: Usage | None, told: float | None) -> int | None:
        return None if told is None else prices.cost_of_minutes(price, told)

    most = prices.cost_of_minutes(price, seconds)
    tokens = TOKENS_OF_A_VOICE + seconds * TOKENS_A_SECOND
    return Worst(PriceOfDay(known is not None, of), most, tokens, voice_seconds=seconds)
