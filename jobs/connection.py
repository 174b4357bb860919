"""What the workers and the schedule share: the JSON queue, and patience with a Redis away."""

import logging
import sys
import time
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 0.25


class JSONQueue(Queue):
    """A queue that never pickles, whoever makes it: rq's pool and cron forget to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "serializer": JSONSerializer})


def await_redis(connection: Redis) -> None:
    """Return when Redis answers; end the process, to be started again, when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.ping()
        except RedisError as error:
            if time.monotonic() > deadline:
                log.error("redis is away, trying anew: error=%s", type(error).__name__)  # noqa: TRY400
                sys.exit(1)
            time.sleep(RETRY_SECONDS)
        else:
            return
