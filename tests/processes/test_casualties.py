"""What is killed comes back, without what it left behind."""

from datetime import timedelta

import pytest
from redis import Redis
from rq.job import Job

from jobs.connection import JSONQueue
from tests.support.eventually import eventually

from .product import START_SECONDS, Product

VICTIMS = [
    ("gunicorn", 0),  # the master
    ("gunicorn", 1),
    ("worker-pool replies", 0),  # the pool
    ("worker-pool replies", 1),  # its worker
    ("worker-pool upkeep", 0),
    ("jobs.schedule", 0),
    ("valkey-server", 0),
]


def queue_of(product: Product) -> JSONQueue:
    socket = product.data_dir / "run" / "valkey.sock"
    return JSONQueue("replies", connection=Redis(unix_socket_path=str(socket)))


def await_status(product: Product, job: Job, status: str) -> None:
    eventually(lambda: job.get_status().value == status, START_SECONDS, product.said)


def assert_works(product: Product) -> None:
    """A job and a delayed job are still done."""
    queue = queue_of(product)
    jobs = [
        queue.enqueue("platform.python_version"),
        queue.enqueue_in(timedelta(seconds=1), "platform.python_version"),
    ]
    for job in jobs:
        await_status(product, job, "finished")


def kill_and_await_return(product: Product, words: str, generation: int) -> None:
    eventually(lambda: len(product.find(words)) > generation, START_SECONDS, f"no {words}")
    victim = product.find(words)[generation]
    lost = [victim, *victim.children(recursive=True)]
    victim.kill()
    eventually(lambda: not any(p.is_running() for p in lost), 15, f"{words} lives on")
    eventually(lambda: product.find(words), START_SECONDS, f"{words} is not back")
    eventually(product.healthy, START_SECONDS, f"not well after {words}")


@pytest.mark.timeout(240)
def test_what_is_killed_comes_back(product: Product) -> None:
    product.start()
    product.await_ready()
    for words, generation in VICTIMS:
        kill_and_await_return(product, words, generation)
    assert_works(product)
    product.stop()


def test_a_worker_killed_at_work_takes_its_job_along_and_is_replaced(product: Product) -> None:
    product.start()
    product.await_ready()
    queue = queue_of(product)
    queue.enqueue("time.sleep", 600)
    worker = product.find("worker-pool replies")[1]
    before = {p.pid for p in worker.children()}
    horse = eventually(lambda: [p for p in worker.children() if p.pid not in before])[0]
    worker.kill()
    eventually(lambda: not horse.is_running(), 10, "the horse lives on")
    assert_works(product)
    product.stop()


def test_a_busy_worker_does_not_hold_up_the_stop(product: Product) -> None:
    product.start()
    product.await_ready()
    job = queue_of(product).enqueue("time.sleep", 600)
    await_status(product, job, "started")
    product.stop()


def test_a_failed_job_keeps_no_words(product: Product) -> None:
    product.start()
    product.await_ready()
    job = queue_of(product).enqueue("base64.b64decode", "secret words?", None, True)
    await_status(product, job, "failed")
    result = job.latest_result()
    kept = str(result and result.exc_string)
    assert "Error" in kept
    assert "base64.py" in kept
    assert "secret" not in kept + product.said
    assert "Only base64 data" not in kept + product.said
    product.stop()
