"""What OpenAI asks to be paid for each call, by its own price list: USD for a million tokens."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from threading import Lock
from typing import Any

# Read, cached, written to the cache, and said.
COMPLETIONS = {
    "gpt-6-luna": ("0.10", "0.01", "0.125", "0.50"),
    "gpt-6-sol": ("2.00", "0.20", "2.50", "10.00"),
}
EMBEDDINGS = {"text-embedding-3-small": "0.02"}
TRANSCRIPTIONS = {"gpt-transcribe": "0.0045"}  # a minute


@dataclass
class Bill:
    """`items` in micro-dollars, each rounded up, in the order of the calls: whoever hung up
    meanwhile pays all the same."""

    items: list[int] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def total(self) -> int:
        return sum(self.items)

    def completion(self, model: str, usage: Mapping[str, Any]) -> None:
        prices = COMPLETIONS.get(model)
        if prices is not None:
            details = usage["prompt_tokens_details"]
            cached, written = details["cached_tokens"], details["cache_write_tokens"]
            plain = usage["prompt_tokens"] - cached - written
            counts = (plain, cached, written, usage["completion_tokens"])
            self._add(sum(Fraction(price) * n for price, n in zip(prices, counts, strict=True)))

    def embedding(self, model: str, tokens: int) -> None:
        if model in EMBEDDINGS:
            self._add(Fraction(EMBEDDINGS[model]) * tokens)

    def voice(self, model: str, seconds: float) -> None:
        if model in TRANSCRIPTIONS:
            self._add(Fraction(TRANSCRIPTIONS[model]) * Fraction(seconds) * 1_000_000 / 60)

    def _add(self, micro_dollars: Fraction) -> None:
        with self._lock:
            self.items.append(math.ceil(micro_dollars))
