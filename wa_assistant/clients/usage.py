"""What a server says a call took, in tokens."""

from dataclasses import dataclass
from typing import Any

OF_THE_CACHE = ("cached_tokens", "cache_write_tokens")


@dataclass(frozen=True)
class Usage:
    """Tokens of one call: of `input` those that were billed as `cached`, and those that were billed
    as `written` to the cache."""

    input: int
    cached: int
    output: int
    written: int = 0


def of_completion(told: Any) -> Usage | None:
    """What the server counted; None where it did not, as not all do."""
    read, said = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    if read is None or said is None:
        return None
    details = getattr(told, "prompt_tokens_details", None)
    cached, written = (getattr(details, name, None) or 0 for name in OF_THE_CACHE)
    return Usage(input=read, cached=cached, output=said, written=written)
