"""A line of a price list, be it ours or an owner's."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

MILLION = 1_000_000
LONG_PROMPT = 272_000  # tokens; more of them make the whole call dearer


class Usage(Protocol):
    """Tokens of one call: of `input` those that were billed as `cached`, and those that were billed
    as `written` to the cache."""

    @property
    def input(self) -> int: ...
    @property
    def cached(self) -> int: ...
    @property
    def output(self) -> int: ...
    @property
    def written(self) -> int: ...


@dataclass(frozen=True)
class TokenPrice:
    """In micro-dollars for a million tokens: those read, those of them that were cached, those of
    them that were written to the cache, and those that were said."""

    input: int
    cached: int
    output: int
    written: int

    def of_long(self) -> "TokenPrice":
        """The price of a prompt of more than LONG_PROMPT tokens: OpenAI asks double for what is
        read, and half as much again for what is said. So it counts with whoever's price."""
        return TokenPrice(
            input=2 * self.input,
            cached=2 * self.cached,
            output=-(-3 * self.output // 2),
            written=2 * self.written,
        )


class Sureness(StrEnum):
    """How well a price of our own list is known."""

    HIGH = "high"  # by who charges it, or alike by several who pay it
    MEDIUM = "medium"  # by one of those who pay it
    LOW = "low"  # inferred


class What(NamedTuple):
    """What a price is of; None of `country` and `server` is all of them."""

    kind: str
    name: str
    country: str | None = None
    server: str | None = None


@dataclass(frozen=True)
class Line:
    """A price from a day on; None from then on nothing is known of it, or no longer said.

    `id` is the row's where an owner said it, `sureness` is told of our own.
    """

    what: What
    price: TokenPrice | int | None
    since: date
    id: int | None = None
    sureness: Sureness | None = None
