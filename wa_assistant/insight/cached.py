"""Keeps what is dear to work out for a while, in Redis for all processes.

Who asks first works it out, and who asks meanwhile waits for that: threads of a process for each
other, processes by a key in Redis and for a few seconds. Redis away, each process keeps its own.
"""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from redis.exceptions import RedisError

from .. import logs
from ..database import utcnow
from ..live import bells
from .times import microseconds, of_microseconds

log = logs.get(__name__)

PREFIX = "wa_assistant:cached:1:"  # another number once what is kept has another shape
EXTENSION = "wa_assistant.cached"
MOST_KEPT = 64  # keys that a process keeps itself
WORKING_SECONDS = 10  # for so long others wait for who is at it; then they work it out themselves
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Kept:
    """What was worked out, by what there was then."""

    as_of: datetime
    value: Any

    def lasts(self, seconds: int) -> bool:
        """Whether it is younger than that, also where clocks were put back."""
        return timedelta() <= utcnow() - self.as_of < timedelta(seconds=seconds)


class Shelf:
    """What a process keeps itself, and whose turn it is to work something out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._kept: dict[str, Kept] = {}

    def turn(self, key: str) -> threading.Lock:
        with self._lock:
            return self._turns.setdefault(key, threading.Lock())

    def get(self, key: str) -> Kept | None:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: str, kept: Kept) -> None:
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = kept
            while len(self._kept) > MOST_KEPT:
                self._kept.pop(oldest := next(iter(self._kept)))
                self._turns.pop(oldest, None)


def cached(key: str, seconds: int, work_out: Callable[[datetime], Any]) -> Kept:
    """What `work_out` gives for the moment that it is told, `seconds` ago at most.

    It gives what JSON can hold. What it raises is raised here, and nothing is kept of it.
    """
    shelf: Shelf = current_app.extensions.setdefault(EXTENSION, Shelf())
    with shelf.turn(key):
        kept = shelf.get(key)
        if kept is None or not kept.lasts(seconds):
            kept = _of_all(key, seconds, work_out)
            shelf.put(key, kept)
    return kept


def _of_all(key: str, seconds: int, work_out: Callable[[datetime], Any]) -> Kept:
    """From Redis, or by us where nobody else is at it."""
    at_it = bells.redis.lock(
        f"{PREFIX}{key}:at it", WORKING_SECONDS, LOOK_SECONDS, blocking_timeout=WORKING_SECONDS
    )
    ours = False
    try:
        kept = _read(key, seconds)
        if kept is None:
            ours = at_it.acquire()
            kept = _read(key, seconds)  # once more: whoever was at it has left it there
    except RedisError as error:  # whose time-out is waited for once, and not at every step
        log.warning("kept by this process alone", key=key, error=type(error).__name__)
        return _worked_out(work_out)
    try:
        if kept is None:
            kept = _worked_out(work_out)
            _write(key, seconds, kept)
        return kept
    finally:
        if ours:
            with suppress(RedisError):  # it took longer than a turn lasts
                at_it.release()


def _read(key: str, seconds: int) -> Kept | None:
    """What any process has worked out, while it lasts. Raises a RedisError."""
    text = bells.redis.get(PREFIX + key)
    if not text:
        return None
    as_of, value = json.loads(text)
    kept = Kept(of_microseconds(as_of), value)
    return kept if kept.lasts(seconds) else None


def _write(key: str, seconds: int, kept: Kept) -> None:
    with suppress(RedisError):
        text = json.dumps([microseconds(kept.as_of), kept.value])
        bells.redis.set(PREFIX + key, text, ex=seconds)


def _worked_out(work_out: Callable[[datetime], Any]) -> Kept:
    as_of = utcnow()
    return Kept(as_of, work_out(as_of))
