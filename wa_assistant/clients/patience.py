"""How long a model may take: for the whole of its answer, to begin it, and to be reached."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx2
import openai
from flask import current_app

LEAST_SECONDS = 0.05


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
