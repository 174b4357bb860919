"""Redis may be away for long, its own machine's business: the engine does not give up."""

import time

import psutil

from tests.support.valkey import Valkey

from .conftest import Maker
from .product import START_SECONDS, eventually


def test_the_engine_waits_for_a_redis_that_is_away(another: Maker, valkey: Valkey) -> None:
    valkey.stop()
    product = another(REDIS_URL=valkey.url)
    product.start()
    eventually(product.health, START_SECONDS)
    engine = product.await_process("jobs.worker")
    # supervisord calls a child well, and no longer a failed start, after 4 seconds.
    eventually(lambda: age(engine) > 5, START_SECONDS)
    assert engine.is_running()
    valkey.start()
    product.await_ready()
    product.stop()


def age(process: psutil.Process) -> float:
    return time.time() - process.create_time()
