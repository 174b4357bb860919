"""Redis may be away for long, its own machine's business: nobody gives up, all wait for it."""

import time

import psutil

from tests.support.valkey import Valkey

from .conftest import Maker
from .product import START_SECONDS, eventually

PATIENT = ("worker-pool replies", "worker-pool upkeep", "worker-pool imports", "jobs.schedule")


def test_all_wait_for_a_redis_that_is_away(another: Maker, valkey: Valkey) -> None:
    valkey.stop()
    product = another(REDIS_URL=valkey.url)
    product.start()
    eventually(product.health, START_SECONDS)
    waiting = [product.await_process(words) for words in PATIENT]
    # supervisord calls a child well, and no longer a failed start, after 4 seconds.
    eventually(lambda: all(age(process) > 5 for process in waiting), START_SECONDS)
    assert all(process.is_running() for process in waiting)
    valkey.start()
    product.await_ready()
    product.stop()


def age(process: psutil.Process) -> float:
    return time.time() - process.create_time()
