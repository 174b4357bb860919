"""What hears bells: RQ's worker without its forks, its bookkeeping of jobs and its commands.

A bell is deleted as soon as it is taken, for claims say who has the work. A Redis that is away
costs bells, and never the process.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker, worker_registration
from rq.exceptions import DeserializationError
from rq.job import Job
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer
from rq.utils import now

from jobs.lanes import Bell
from wa_assistant import logs

log = logs.get(__name__)
logging.getLogger("rq.worker").setLevel(logging.WARNING)

WORKER_TTL_SECONDS = 20  # rq waits for a bell for 15 seconds less than this, and then reports
HEARTBEAT_SECONDS = 1.0
MAINTENANCE_SECONDS = 5  # registers us again, and restarts the thread of delayed bells
LOCK_SECONDS = 10  # for which a killed engine's delayed bells are nobody's
RECONNECT_SECONDS = 1.0

Done = Callable[[], None]


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


class Ear(SimpleWorker):
    """Takes the bells of a queue, one for each of so many threads, and hands them on.

    `hand` is given a bell, and what to call when a thread is free again. `beat` is called every few
    seconds, and may raise StopRequested, which ends `work`. `delayed`: the queues whose delayed
    bells are rung from here.
    """

    max_connection_wait_time = RECONNECT_SECONDS

    def __init__(
        self,
        queue: str,
        connection: Redis,
        threads: int,
        hand: Callable[[Bell, Done], None],
        beat: Done = lambda: None,
        delayed: Sequence[str] = (),
    ) -> None:
        self._free = threading.Semaphore(threads)
        self._hand = hand
        self._beat = beat
        self._beaten = 0.0
        self._delayed = delayed
        super().__init__(
            [Queue(queue, connection=connection, serializer=JSONSerializer)],
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL_SECONDS,
            maintenance_interval=MAINTENANCE_SECONDS,
        )

    def dequeue_job_and_maintain_ttl(self, *args: Any, **kwargs: Any) -> Any:
        while not self._free.acquire(timeout=self.dequeue_timeout):
            self.heartbeat()
        try:
            return self._dequeue(*args, **kwargs)
        except BaseException:
            self._free.release()
            raise

    def _dequeue(self, *args: Any, **kwargs: Any) -> Any:
        """rq waits for a Redis that is away; one that answers with an error is waited for here."""
        while True:
            try:
                return super().dequeue_job_and_maintain_ttl(*args, **kwargs)
            except RedisError as error:
                log.warning("no bell can be heard", error=type(error).__name__)
                self.heartbeat()
                time.sleep(RECONNECT_SECONDS)

    def execute_job(self, job: Job, queue: Queue) -> None:
        with suppress(RedisError), self.connection.pipeline() as pipeline:
            pipeline.lrem(queue.intermediate_queue_key, 1, job.id)
            pipeline.delete(job.key)
            pipeline.execute()
        try:
            bell = Bell(str(job.func_name), tuple(job.args))
        except DeserializationError:
            log.exception("a bell that cannot be read", bell=job.id)
            self._free.release()
        else:
            self._hand(bell, self._free.release)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        if time.monotonic() - self._beaten < HEARTBEAT_SECONDS:
            return  # rq reports twice for each bell
        self._beaten = time.monotonic()
        with suppress(RedisError):
            super().heartbeat(WORKER_TTL_SECONDS, pipeline)
        self._beat()

    def run_maintenance_tasks(self) -> None:
        with suppress(RedisError):
            # A Redis that came back empty has forgotten us, and /health counts who is known.
            with self.connection.pipeline() as pipeline:
                worker_registration.register(self, pipeline)
                pipeline.hset(self.key, mapping=self.serialize())
                pipeline.expire(self.key, WORKER_TTL_SECONDS)
                pipeline.execute()
            super().run_maintenance_tasks()

    def _install_signal_handlers(self) -> None:
        pass

    def teardown(self) -> None:
        """Nothing here: see `say_goodbye`."""

    def say_goodbye(self) -> None:
        """After all that matters is done, for Redis may be slow to answer."""
        if self.scheduler:
            self.scheduler.request_stop()
        with suppress(RedisError):
            self.register_death()

    def bootstrap(self, *args: Any, **kwargs: Any) -> None:
        super().bootstrap("WARNING")

    def register_birth(self) -> None:
        self.birth_date = self.last_heartbeat = now()
        with suppress(RedisError):  # then it is done with the first maintenance
            super().register_birth()

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
            self._delayed,
            connection=self.connection,
            logging_level=logging.WARNING,
            serializer=self.serializer,
        )
        with suppress(RedisError):
            self.scheduler.acquire_locks(auto_start=True)
