"""How often something happened since it was first counted, for so long: fixed windows, in Redis.

What is guaranteed: a count costs one round trip, and a Redis that is dead or hangs costs who counts
a fraction of a second, once. From then on each process counts by itself, in memory that is bounded,
and one caller every AWAY_SECONDS asks whether Redis is back: what several processes allow together
is as many times as much for so long.
"""

import threading
import time
from typing import NamedTuple

from flask import Flask, current_app
from redis.exceptions import RedisError

from .. import logs
from ..live import bells

log = logs.get(__name__)

PREFIX = "wa_assistant:counters:"
AWAY_SECONDS = 5.0
MOST_HERE = 10_000  # counters, of some 200 bytes each; the oldest goes first
COUNT = """
local count = redis.call('INCRBY', KEYS[1], ARGV[2])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {count, left}
"""


class Counted(NamedTuple):
    """The `number` with this one, in the window that ends at `ends`, in seconds since 1970."""

    number: int
    ends: float


class Counters:
    """Those of one application."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ask_at = 0.0  # by the monotonic clock; not 0: Redis was away when it was last asked
        self._here: dict[str, Counted] = {}  # the oldest window first

    def count(self, key: str, seconds: int, by: int) -> Counted:
        if self._may_ask():
            try:
                found = self._in_redis(key, seconds, by)
            except RedisError as error:
                self._stays_away(error)
            else:
                self._is_back()
                return found
        return self._in_memory(key, seconds, by)

    def _may_ask(self) -> bool:
        with self._lock:
            if not self._ask_at:
                return True
            now = time.monotonic()
            if now < self._ask_at:
                return False
            self._ask_at = now + AWAY_SECONDS  # the others do not wait with us
            return True

    def _in_redis(self, key: str, seconds: int, by: int) -> Counted:
        count, left = bells.redis.eval(COUNT, 1, PREFIX + key, seconds * 1000, by)
        return Counted(int(count), time.time() + int(left) / 1000)

    def _stays_away(self, error: RedisError) -> None:
        with self._lock:
            if not self._ask_at:
                log.warning("counted by each process alone", error=type(error).__name__)
            self._ask_at = time.monotonic() + AWAY_SECONDS

    def _is_back(self) -> None:
        if self._ask_at:
            with self._lock:
                self._ask_at = 0.0
                self._here.clear()
            log.info("counted in Redis again")

    def _in_memory(self, key: str, seconds: int, by: int) -> Counted:
        now = time.time()
        with self._lock:
            found = self._here.get(key)
            # A window that ends later than it could is of a clock that was ahead.
            if found is None or not now < found.ends <= now + seconds:
                self._here.pop(key, None)
                found = Counted(0, now + seconds)
                if len(self._here) >= MOST_HERE:
                    del self._here[next(iter(self._here))]
            self._here[key] = found = Counted(found.number + by, found.ends)
            return found


def init_app(app: Flask) -> None:
    app.extensions["counters"] = Counters()


def count(key: str, seconds: int, by: int = 1) -> Counted:
    """Count `key` once more, or `by` so much, in windows of so many seconds."""
    counters: Counters = current_app.extensions["counters"]
    return counters.count(key, seconds, by)
