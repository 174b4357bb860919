"""Rings for work: `later("jobs.reply.answer", participant.id)` enqueues after the commit.

A bell carries ids only and may be lost (Redis emptied, a worker killed): the sweeper rings
again for whatever the database says is left to do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from .. import logs
from ..database import after_commit
from ..live import bells

if TYPE_CHECKING:
    from rq import Queue

log = logs.get(__name__)

BELLS = "bells"
# What came in is understood however much waits to be answered: it may say that we are to stop.
INTAKE = "intake"
# The modules whose functions are jobs; which threads of the engine run them, jobs/worker.py says.
JOBS = (
    "jobs.reply",
    "jobs.delivery",
    "jobs.journey",
    "jobs.webhooks",
    "jobs.media",
    "jobs.aid",
    "jobs.trial",
    "jobs.notify",
    "jobs.probe",
    "jobs.upkeep",
    "jobs.imports",
)
FAILURE_TTL_SECONDS = 24 * 3600

_spared: ContextVar[tuple[str, tuple[int, ...]] | None] = ContextVar("spared", default=None)


def later(name: str, *ids: int, delay: float = 0, first: bool = False) -> None:
    """Run the job called `name` with `ids`, `delay` seconds (to about one) after the commit.

    `first`: before all that is in the queue already.
    """
    after_commit(lambda: _ring(name, ids, delay, first))


@contextmanager
def spared(name: str, *ids: int) -> Iterator[None]:
    """Inside, this bell is not rung at once: who says so does its work after the block. It is rung
    where the block raises an exception."""
    before = _spared.set((name, ids))
    try:
        yield
    except BaseException:
        _spared.reset(before)
        later(name, *ids)
        raise
    _spared.reset(before)


def queue(name: str = BELLS) -> "Queue":
    # rq costs a tenth of a second to import, which a page that enqueues nothing need not pay.
    from rq import Queue
    from rq.serializers import JSONSerializer

    return Queue(name, connection=bells.redis, serializer=JSONSerializer)


def queue_of(job: str) -> str:
    """The name of the queue in which the job called `job` waits; LookupError where it is none."""
    module = job.rpartition(".")[0]
    if module not in JOBS:
        raise LookupError(f"{job} is no job")
    return INTAKE if module == "jobs.webhooks" else BELLS


def backlog(name: str) -> int:
    """How many bells wait in the queue `name`."""
    waiting: int = queue(name).count
    return waiting


def _ring(name: str, ids: tuple[int, ...], delay: float, first: bool) -> None:
    if delay < 1 and _spared.get() == (name, ids):
        return
    target = queue(queue_of(name))
    enqueue: Callable[..., object] = target.enqueue
    if delay >= 1:
        enqueue = lambda *args, **kwargs: target.enqueue_in(  # noqa: E731
            timedelta(seconds=delay), *args, **kwargs
        )
    options = {"result_ttl": 0, "failure_ttl": FAILURE_TTL_SECONDS, "description": name}
    options |= {"at_front": first}
    try:
        enqueue(name, *ids, **options)
    except RedisError as error:
        log.warning("bell not rung, the sweeper will", job=name, error=type(error).__name__)
