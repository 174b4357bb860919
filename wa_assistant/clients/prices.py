"""What a million tokens of a model cost, by its maker's list; `Usage.cost` counts with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Price:
    """In micro-dollars for a million tokens: those read, those of them that were cached, and those
    written."""

    input: int
    cached: int
    output: int


AS_OF = "2026-09"
PRICES = {
    "gpt-6-luna": Price(input=100_000, cached=10_000, output=500_000),
}
