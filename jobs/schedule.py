"""All that is periodic, on one page.

Runs as one process (`python -m jobs.schedule`) on rq's cron machinery, which has no lock: a
second one would ring twice, which every job here must bear. It imports no job, it only rings.
"""

import logging
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError
from rq.cron import CronJob, CronScheduler
from rq.job import Job

import config as configuration
from jobs.connection import JSONQueue, await_redis


@dataclass(frozen=True)
class Periodic:
    job: str
    queue: str
    every: int  # seconds
    ttl: int  # seconds after which a ring nobody answered is void, so that they do not pile up


SCHEDULE = (
    # Finds what is unanswered, unsent or unprocessed, and rings again.
    Periodic("jobs.upkeep.sweep", "upkeep", every=5, ttl=5),
    # Calls the team before a conversation that waits for it can no longer be written to.
    Periodic("jobs.upkeep.watch_windows", "upkeep", every=60, ttl=60),
    # Asks Twilio for messages whose webhook never reached us.
    Periodic("jobs.upkeep.reconcile", "upkeep", every=300, ttl=300),
    # Removes documents' files that belong to nobody any more, and what was deleted from the log.
    Periodic("jobs.upkeep.tidy", "upkeep", every=3600, ttl=3600),
)

TIMEOUT_SECONDS = 120
FAILURE_TTL_SECONDS = 24 * 3600


class Ring(CronJob):
    """rq's cron job, by name and in JSON."""

    def enqueue(self, connection: Redis) -> Job:
        queue = JSONQueue(self.queue_name, connection=connection)
        return queue.enqueue(self.func_name, description=self.func_name, **self.job_options)


def ring(periodic: Periodic) -> Ring:
    return Ring(
        periodic.queue,
        func_name=periodic.job,
        interval=periodic.every,
        job_timeout=TIMEOUT_SECONDS,
        result_ttl=0,
        ttl=periodic.ttl,
        failure_ttl=FAILURE_TTL_SECONDS,
    )


def main() -> None:
    config = configuration.load()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    connection = Redis.from_url(config.REDIS_URL, socket_timeout=5, socket_connect_timeout=2)
    await_redis(connection)
    scheduler = CronScheduler(connection, logging_level=logging.WARNING)
    scheduler.get_jobs().extend(map(ring, SCHEDULE))
    try:
        scheduler.start()
    except RedisError as error:
        raise SystemExit(f"schedule: redis went away ({type(error).__name__})") from None


if __name__ == "__main__":
    main()
