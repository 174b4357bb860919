"""Patience with a Redis that is away."""

import sys
import time

from redis import Redis
from redis.exceptions import RedisError

from wa_assistant import logs

log = logs.get(__name__)

PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 0.25


def await_redis(connection: Redis) -> None:
    """Return when Redis answers; end the process, to be started again, when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.ping()
        except RedisError:
            if time.monotonic() > deadline:
                log.exception("redis is away, trying anew")
                sys.exit(1)
            time.sleep(RETRY_SECONDS)
        else:
            return
