"""What is killed comes back, without what it left behind."""

import os
from datetime import timedelta

import psutil
import pytest
from rq.job import Job

from .product import START_SECONDS, Product, eventually

VICTIMS = [
    ("gunicorn", 0),  # the master
    ("gunicorn", 1),
    ("worker-pool replies", 0),  # the pool
    ("worker-pool replies", 1),  # its worker
    ("worker-pool upkeep", 0),
    ("worker-pool imports", 0),
    ("jobs.schedule", 0),
    ("valkey-server", 0),
]


def await_status(product: Product, job: Job, status: str) -> None:
    eventually(lambda: job.get_status().value == status, START_SECONDS, product.said)


def assert_works(product: Product) -> None:
    """A job and a delayed job are still done."""
    queue = product.queue
    jobs = [
        queue.enqueue("platform.python_version"),
        queue.enqueue_in(timedelta(seconds=1), "platform.python_version"),
    ]
    for job in jobs:
        await_status(product, job, "finished")


def work_horses(worker: psutil.Process) -> list[psutil.Process]:
    """Its children in a process group of their own, as rq makes them."""
    return [p for p in worker.children() if os.getpgid(p.pid) == p.pid]


@pytest.mark.parametrize(("words", "generation"), VICTIMS)
def test_what_is_killed_comes_back(running: Product, words: str, generation: int) -> None:
    eventually(lambda: len(running.find(words)) > generation, START_SECONDS)
    victim = running.find(words)[generation]
    lost = [victim, *victim.children(recursive=True)]
    victim.kill()
    eventually(lambda: not any(p.is_running() for p in lost), 15, "its children live on")
    eventually(lambda: running.find(words), START_SECONDS)
    eventually(running.healthy, START_SECONDS)
    assert_works(running)


def test_a_worker_killed_at_work_takes_its_job_along_and_is_replaced(running: Product) -> None:
    await_status(running, running.queue.enqueue("time.sleep", 600), "started")
    worker = next(p for p in running.find("worker-pool replies") if work_horses(p))
    horses = work_horses(worker)
    worker.kill()
    eventually(lambda: not any(p.is_running() for p in horses), 10, "the job lives on")
    assert_works(running)


def test_a_failed_job_keeps_where_and_what_but_no_words(running: Product) -> None:
    job = running.queue.enqueue("base64.b64decode", "secret words?", None, True)
    await_status(running, job, "failed")
    result = job.latest_result()
    kept = str(result and result.exc_string)
    assert "Error" in kept
    assert "base64.py" in kept
    assert "secret" not in kept + running.said
    assert "Only base64 data" not in kept + running.said
