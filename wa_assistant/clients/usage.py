"""What a call to a model takes: time, which is limited here (for the whole of its answer, to begin
it, and to be reached), and tokens, which the server counts."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
from flask import current_app

LEAST_SECONDS = 0.05
OF_THE_CACHE = ("cached_tokens", "cache_write_tokens")


@dataclass(frozen=True)
class Usage:
    """Tokens of one call: of `input` those that were billed as `cached`, and those that were billed
    as `written` to the cache."""

    input: int
    cached: int
    output: int
    written: int = 0


class _InTime(httpx2.SyncByteStream):
    """What comes until `ends`: with each blank of a server that thinks, a time-out would begin
    anew."""

    def __init__(self, stream: httpx2.SyncByteStream, ends: float) -> None:
        self._stream, self._ends = stream, ends

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("the answer took too long as a whole")
            yield piece

    def close(self) -> None:
        self._stream.close()


def _begin(request: httpx2.Request) -> None:
    request.extensions = {**request.extensions, "began": time.monotonic()}


def _limit(response: httpx2.Response) -> None:
    began, allowed = (response.request.extensions[name] for name in ("began", "timeout"))
    ends = began + allowed["pool"]
    # It has begun: from now on a piece may take what is left of the whole.
    allowed["read"] = max(LEAST_SECONDS, ends - time.monotonic())
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _InTime(response.stream, ends)


def timeout(seconds: float) -> openai.Timeout:
    """So many seconds for the whole answer (as `pool` has them), and at most as many for a piece
    under way then; fewer to connect, and where so wished to begin."""
    names = ("OPENAI_CONNECT_TIMEOUT_SECONDS", "OPENAI_FIRST_BYTE_TIMEOUT_SECONDS")
    connect, first = (min(current_app.config[name], seconds) for name in names)
    return openai.Timeout(seconds, connect=connect, read=first)


# What a client has to tell of each call, for its answer to end in time.
IN_TIME: Mapping[str, list[Callable[..., Any]]] = {"request": [_begin], "response": [_limit]}


def of_completion(told: Any) -> Usage | None:
    """What the server counted; None where it did not, as not all do."""
    read, said = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    if read is None or said is None:
        return None
    details = getattr(told, "prompt_tokens_details", None)
    cached, written = (getattr(details, name, None) or 0 for name in OF_THE_CACHE)
    return Usage(input=read, cached=cached, output=said, written=written)
