"""How much of something all processes may do together in a while, counted in Redis.

Redis away, nobody counts: what lies behind has limits of its own, and says so.
"""

import logging
import random
import time

from flask import current_app
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage
from limits.strategies import (
    MovingWindowRateLimiter,
    RateLimiter,
    SlidingWindowCounterRateLimiter,
)
from redis.exceptions import RedisError

from .extensions import bells

log = logging.getLogger(__name__)

PREFIX = "wa_assistant:rates"
SHORTEST_WAIT_SECONDS = 1.0
_chance = random.SystemRandom()


def take(name: str, amount: int, seconds: int, cost: int = 1) -> float:
    """Take `cost` of the `amount` there is of `name` in so many seconds.

    0 when it was taken; else nothing was, and this is how many seconds to wait before asking
    again. What costs more than there ever is, is let through when all of it is there.
    """
    item = RateLimitItemPerSecond(amount, seconds, namespace=name)
    limiter = _limiter(exact=cost == 1)
    try:
        if limiter.hit(item, cost=min(cost, amount)):
            return 0.0
        free_at = limiter.get_window_stats(item).reset_time
    except RedisError as error:
        log.warning("not counted: rate=%s error=%s", name, type(error).__name__)
        return 0.0
    return max(SHORTEST_WAIT_SECONDS, free_at - time.time())


def scattered(seconds: float) -> float:
    """A little more than `seconds`, so that all who wait do not come back at once."""
    return seconds * _chance.uniform(1.0, 1.25)


def _limiter(*, exact: bool) -> RateLimiter:
    # An exact count keeps an entry for each unit, which for tokens would be thousands.
    storage = current_app.extensions.get("rates")
    if storage is None:
        pool = bells.redis.connection_pool
        storage = RedisStorage("redis://", connection_pool=pool, key_prefix=PREFIX)
        current_app.extensions["rates"] = storage
    return MovingWindowRateLimiter(storage) if exact else SlidingWindowCounterRateLimiter(storage)
