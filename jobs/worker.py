"""The engine: one process that lives, and does in its threads whatever bells are rung for.

What is guaranteed: a bell is taken when a thread is free for it, and not before. A stop takes at
most STOP_SECONDS: what is under way may finish meanwhile, and what does not is given back, so that
the next engine goes on with it at once. Work that hangs is told with its stack, and ends the
process, which is then started anew. The promise is kept by claims, and by nothing that is here.
"""

import fcntl
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, SimpleWorker, worker_registration
from rq.exceptions import DeserializationError, StopRequested
from rq.job import Job
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer

from jobs.connection import await_redis
from jobs.lanes import Bell, Lane
from jobs.schedule import Schedule
from wa_assistant.clients import openai
from wa_assistant.operations import sweeper
from wa_assistant.work import claims
from wa_assistant.work.faults import DATABASE_AWAY
from wa_assistant.work.queue import QUEUE

log = logging.getLogger(__name__)
logging.getLogger("rq.worker").setLevel(logging.WARNING)

WORKER_TTL_SECONDS = 20  # rq reports every 15 seconds less than this
HEARTBEAT_SECONDS = 1.0
MAINTENANCE_SECONDS = 5  # registers us again, and restarts the thread of delayed bells
LOCK_SECONDS = 10  # for which a killed engine's delayed bells are nobody's
RECONNECT_SECONDS = 1.0
STOP_SECONDS = 4.0  # supervisord kills after 6
STOPS = (signal.SIGTERM, signal.SIGINT)
# More than all that a job may wait for has together: thrice a model asked twice, files, the outbox.
LIMIT_SECONDS = 300.0
# Thousands of passages at the pace of the embedding service.
IMPORT_LIMIT_SECONDS = 2 * 3600.0
IMPORTS = "jobs.imports."


class Delayed(RQScheduler):
    """A thread that rings the delayed bells when they are due; one engine's at a time, by a lock.

    rq would fork a process for it, and let the lock of a killed one stand for a minute.
    """

    def start(self) -> Any:
        self._connection = None
        self._process: Any = threading.Thread(target=self._work, daemon=True, name="delayed")
        self._process.start()
        return self._process

    def _work(self) -> None:
        with suppress(RedisError):  # it is started anew
            self.work()

    def _install_signal_handlers(self) -> None:
        pass

    def acquire_locks(self, auto_start: bool = False) -> set[str]:
        acquired: set[str] = super().acquire_locks(auto_start)
        self._shorten_locks()
        return acquired

    def heartbeat(self) -> None:
        super().heartbeat()
        self._shorten_locks()

    def _shorten_locks(self) -> None:
        for name in self.acquired_locks:
            self.connection.expire(self.get_locking_key(name), LOCK_SECONDS)


class Engine(SimpleWorker):
    """Takes bells from the queue and hands them to its lanes; `hangs` tells why it gave up.

    A Redis that is away costs bells, and never the engine.
    """

    max_connection_wait_time = RECONNECT_SECONDS

    def __init__(self, app: Flask, connection: Redis) -> None:
        threads = app.config["WORKERS"]
        self.answers = Lane(app, "answers", threads, LIMIT_SECONDS)
        # One: a long document after the other, and nobody waits for its answer.
        self.imports = Lane(app, "imports", 1, IMPORT_LIMIT_SECONDS)
        # Two, so that the sweeper need not wait for whatever else is slow.
        self.upkeep = Lane(app, "upkeep", 2, LIMIT_SECONDS)
        self.lanes = (self.answers, self.imports, self.upkeep)
        self.hangs = False
        self._free = threading.Semaphore(threads)
        self._beaten = 0.0
        super().__init__(
            [Queue(QUEUE, connection=connection, serializer=JSONSerializer)],
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL_SECONDS,
            maintenance_interval=MAINTENANCE_SECONDS,
        )

    def dequeue_job_and_maintain_ttl(self, *args: Any, **kwargs: Any) -> Any:
        while not self._free.acquire(timeout=self.dequeue_timeout):
            self.heartbeat()
        try:
            return super().dequeue_job_and_maintain_ttl(*args, **kwargs)
        except BaseException:
            self._free.release()
            raise

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Hand it to its lane. The bell itself is done with: its claim says who has the work."""
        with suppress(RedisError), self.connection.pipeline() as pipeline:
            pipeline.lrem(queue.intermediate_queue_key, 1, job.id)
            pipeline.delete(job.key)
            pipeline.execute()
        try:
            bell = Bell(str(job.func_name), tuple(job.args))
        except DeserializationError:
            log.error("a bell that cannot be read: %s", job.id)  # noqa: TRY400
            self._free.release()
            return
        if bell.job.startswith(IMPORTS):
            self._free.release()
            self.imports.put(bell)
        else:
            self.answers.put(bell, done=self._free.release)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        if time.monotonic() - self._beaten < HEARTBEAT_SECONDS:
            return  # rq reports twice for each bell
        self._beaten = time.monotonic()
        with suppress(RedisError):
            super().heartbeat(WORKER_TTL_SECONDS, pipeline)
        if found := [stack for lane in self.lanes for stack in lane.hanging()]:
            log.error("it hangs, and the engine starts anew: %s", "\n".join(found))
            self.hangs = True
            raise StopRequested

    def run_maintenance_tasks(self) -> None:
        with suppress(RedisError):
            # A Redis that came back empty has forgotten us, and /health counts who is known.
            with self.connection.pipeline() as pipeline:
                worker_registration.register(self, pipeline)
                pipeline.hset(self.key, mapping=self.serialize())
                pipeline.expire(self.key, WORKER_TTL_SECONDS)
                pipeline.execute()
            super().run_maintenance_tasks()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        for number in STOPS:  # one and the same stop may come to us by two ways
            signal.signal(number, signal.SIG_IGN)
        raise StopRequested

    def teardown(self) -> None:
        with suppress(RedisError):
            super().teardown()

    def stop_scheduler(self) -> None:
        if self.scheduler:
            self.scheduler.request_stop()

    def bootstrap(self, *args: Any, **kwargs: Any) -> None:
        super().bootstrap("WARNING")

    def subscribe(self) -> None:
        """To nobody's commands."""

    def unsubscribe(self) -> None:
        pass

    def check_for_suspension(self, burst: bool) -> None:
        pass

    def set_state(self, state: str, pipeline: Any = None) -> None:
        self._state = state  # nobody reads it in Redis

    def _start_scheduler(self, burst: bool = False, *args: Any, **kwargs: Any) -> None:
        self.scheduler = Delayed(
            self.queues,
            connection=self.connection,
            logging_level=logging.WARNING,
            serializer=self.serializer,
        )
        self.scheduler.acquire_locks(auto_start=True)


def main() -> NoReturn:
    from wsgi import app

    connection = Redis.from_url(
        app.config["REDIS_URL"],
        socket_timeout=WORKER_TTL_SECONDS,  # above the time for which a bell is waited for
        socket_connect_timeout=2,
        retry=Retry(ConstantBackoff(RECONNECT_SECONDS), 1),
    )
    await_redis(connection)
    with app.app_context():
        prepare()
        succeed(app.config["DATA_DIR"] / "run")
    engine = Engine(app, connection)
    schedule = Schedule(engine.upkeep)
    schedule.start()
    engine.work(with_scheduler=True)
    schedule.stop()
    with app.app_context():
        drain(engine)
    sys.stdout.flush()
    os._exit(1 if engine.hangs else 0)  # what is still under way would be waited for


def prepare() -> None:
    """Import and build what the first participant would wait for."""
    from jobs import delivery, imports, journey, media, reply, trial, webhooks  # noqa: F401
    from wa_assistant.clients import twilio  # noqa: F401

    openai.prepare()


def succeed(directory: Path) -> int:
    """Take the place of the engine before us, which is dead: what it had need not wait.

    Whoever has its place holds a lock on the file for life, by the descriptor that is returned, and
    writes down how its tokens begin.
    """
    name = os.environ.get("SUPERVISOR_PROCESS_NAME", "engine")
    place = os.open(directory / f"{name}.owner", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    if before := os.read(place, 32).decode():
        with suppress(*DATABASE_AWAY):  # the claims run out
            sweeper.inherit(before)
    os.pwrite(place, claims.OWNER.encode(), 0)
    return place


def drain(engine: Engine) -> None:
    """Begin nothing more, let what is under way finish for a while, and give the rest back."""
    deadline = time.monotonic() + STOP_SECONDS
    for lane in engine.lanes:
        lane.close()
    for lane in engine.lanes:
        lane.await_rest(deadline)
    claims.give_back()


if __name__ == "__main__":
    main()
