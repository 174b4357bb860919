"""What a call costs: list prices, in micro-dollars for a million tokens, as of AS_OF."""

from dataclasses import dataclass

AS_OF = "2026-09"


@dataclass(frozen=True)
class Price:
    input: int
    cached: int
    output: int


PRICES = {
    "gpt-6-luna": Price(input=100_000, cached=10_000, output=500_000),
}


def cost(model: str, input_tokens: int, cached_tokens: int, output_tokens: int) -> int | None:
    """Micro-dollars for one call, rounded up; None for a model whose price is not known."""
    price = PRICES.get(model)
    if price is None:
        return None
    total = (
        (input_tokens - cached_tokens) * price.input
        + cached_tokens * price.cached
        + output_tokens * price.output
    )
    return -(-total // 1_000_000)
