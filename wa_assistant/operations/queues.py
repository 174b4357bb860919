"""How many bells wait in Redis, and for how long the one that is taken next has."""

from datetime import UTC, datetime
from typing import NamedTuple

from redis.exceptions import RedisError

from ..database import utcnow
from ..work.queue import BELLS, INTAKE, queue


class Waiting(NamedTuple):
    """`seconds`: how long the first one has waited; 0.0 where none does."""

    name: str
    number: int
    seconds: float


def waiting() -> list[Waiting]:
    """Of each queue; empty where Redis does not say."""
    try:
        return [_of(name) for name in (INTAKE, BELLS)]
    except RedisError:
        return []


def _of(name: str) -> Waiting:
    asked = queue(name)
    since: datetime | None = next((job.enqueued_at for job in asked.get_jobs(0, 1)), None)
    if since is None:
        return Waiting(name, int(asked.count), 0.0)
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return Waiting(name, int(asked.count), max(0.0, (utcnow() - since).total_seconds()))
