"""What is killed comes back, without what it left behind."""

from datetime import timedelta

import pytest
from rq.job import Job

from .product import START_SECONDS, Product, eventually

VICTIMS = [
    ("gunicorn", 0),  # the master
    ("gunicorn", 1),
    ("jobs.worker", 0),
    ("valkey-server", 0),
]


def await_heard(product: Product, job: Job) -> None:
    """A bell is taken down as soon as somebody does what it says."""
    eventually(lambda: not Job.exists(job.id, job.connection), START_SECONDS, product.said)


def assert_works(product: Product) -> None:
    """A bell and a delayed bell are still heard."""
    queue = product.queue
    jobs = [
        queue.enqueue("platform.python_version"),
        queue.enqueue_in(timedelta(seconds=1), "platform.python_version"),
    ]
    for job in jobs:
        await_heard(product, job)


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


def test_what_fails_is_told_with_where_and_what_but_no_words(running: Product) -> None:
    running.queue.enqueue("base64.b64decode", "secret words?", None, True)
    running.await_said(r"failed .*job=base64.b64decode\n.*Error\n")
    assert "base64.py" in running.said
    assert "secret" not in running.said
    assert "Only base64 data" not in running.said
