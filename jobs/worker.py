"""Our RQ worker: imported once by the pool, forked many times, tied to its parent.

rq's pool passes no options to its workers, so what we changed of rq's defaults stands here.
"""

import ctypes
import logging
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import Any

from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, worker_registration
from rq.executions import Execution
from rq.job import Job
from rq.scheduler import RQScheduler
from rq.worker import Worker as RQWorker
from sqlalchemy.exc import SQLAlchemyError

from jobs.connection import await_redis
from wa_assistant import database
from wa_assistant.clients import openai
from wa_assistant.knowledge import search
from wa_assistant.work.faults import outline
from wa_assistant.work.queue import QUEUES, REPLIES
from wsgi import app

log = logging.getLogger(__name__)
logging.getLogger("rq.worker").setLevel(logging.WARNING)

WORKER_TTL_SECONDS = 20  # rq looks for a job, and reports, every 15 seconds less than this
MAINTENANCE_SECONDS = 5  # rescues abandoned jobs, and the scheduler of delayed ones
MONITORING_SECONDS = 3  # how often a worker reports while its job runs
HEARTBEAT_SECONDS = 10  # a job nobody reported on for so long is abandoned
RECONNECT_SECONDS = 1.0
PR_SET_PDEATHSIG = 1
STOPS = {signal.SIGTERM, signal.SIGINT}

# The jobs of the queues this pool was started for, and all that they import, come in before the
# fork: a job then begins in milliseconds. What the web process has no use for is imported late
# there, and so is named here.
for _module, _queue in QUEUES.items():
    if _queue in sys.argv:
        import_module(_module)
if REPLIES in sys.argv:
    import_module("wa_assistant.clients.twilio")
    with app.app_context():
        openai.prepare()
        try:
            search.prepare()
        except (SQLAlchemyError, OSError, RuntimeError, ValueError) as error:
            # Each search does without, and tells what is wrong; a worker that does not start would
            # stop the whole.
            log.warning("search not prepared: %s", type(error).__name__)
        database.close_connections()

_libc = ctypes.CDLL(None, use_errno=True)
_parent = os.getpid()


def _remember_parent() -> None:
    global _parent
    _parent = os.getpid()


def _follow_parent() -> None:
    """Die with the parent, even by SIGKILL: rq's pool, workers and horses leave orphans."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)  # the parent's handlers would act on its children
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != _parent:
        os._exit(1)


def _hand_back(signum: int, frame: FrameType | None) -> None:
    """A job that is told to stop leaves what it holds to others on its way out, and only once."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit("told to stop")


os.register_at_fork(before=_remember_parent, after_in_child=_follow_parent)


class Scheduler(RQScheduler):
    """Moves delayed jobs when they are due; one a queue, by a lock.

    rq lets the lock of a killed one stand for a minute, in which nothing delayed is done.
    """

    def acquire_locks(self, auto_start: bool = False) -> set[str]:
        acquired: set[str] = super().acquire_locks(auto_start)
        self._shorten_locks()
        return acquired

    def heartbeat(self) -> None:
        super().heartbeat()
        self._shorten_locks()

    def _shorten_locks(self) -> None:
        for name in self.acquired_locks:
            self.connection.expire(self.get_locking_key(name), HEARTBEAT_SECONDS)


class Worker(RQWorker):
    exponential_backoff_factor = 1.0
    max_connection_wait_time = RECONNECT_SECONDS
    log_result_lifespan = False
    _failure = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {
            "worker_ttl": WORKER_TTL_SECONDS,
            "maintenance_interval": MAINTENANCE_SECONDS,
            "job_monitoring_interval": MONITORING_SECONDS,
            "log_job_description": False,
        }
        connection = kwargs["connection"]
        connection.set_retry(Retry(ConstantBackoff(RECONNECT_SECONDS), 1))
        await_redis(connection)
        super().__init__(*args, **kwargs)

    def bootstrap(self, *args: Any, **kwargs: Any) -> None:
        # The pool gives its level to its first workers only, and rq's INFO is a line a second.
        super().bootstrap("WARNING")

    def subscribe(self) -> None:
        # The thread for commands inherits the mask: a stop it caught would wake nobody.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        super().subscribe()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        # The pool and supervisord both pass on one and the same stop, on a busy machine seconds
        # apart, and rq would take the second for an order to kill the job. The job may finish
        # until supervisord kills us, and then hands back what it has: see _hand_back.
        pass

    def setup_work_horse_signals(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _hand_back)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        with app.app_context():
            database.forget_connections()
            super().main_work_horse(job, queue)

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:
        return HEARTBEAT_SECONDS

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        super().heartbeat(WORKER_TTL_SECONDS, pipeline)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        # The job's work is in the database: it need not die because Redis is away.
        try:
            super().maintain_heartbeats(job, execution)
        except RedisError as error:
            log.warning("heartbeat not sent: job=%s error=%s", job.id, type(error).__name__)

    def run_maintenance_tasks(self) -> None:
        # A Redis that came back empty has forgotten us, and /health counts who is known.
        with self.connection.pipeline() as pipeline:
            worker_registration.register(self, pipeline)
            pipeline.hset(self.key, mapping=self.serialize())
            pipeline.expire(self.key, WORKER_TTL_SECONDS)
            pipeline.execute()
        super().run_maintenance_tasks()

    def _start_scheduler(self, burst: bool = False, *args: Any, **kwargs: Any) -> None:
        self.scheduler = Scheduler(
            self.queues,
            connection=self.connection,
            logging_level=logging.WARNING,
            serializer=self.serializer,
        )
        self.scheduler.acquire_locks(auto_start=True)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        if isinstance(exc_info[1], SystemExit):
            self.log.warning("job told to stop: job=%s id=%s", job.func_name, job.id)
            return
        self._failure = outline(exc_info[1])
        self.log.error("job failed: job=%s id=%s\n%s", job.func_name, job.id, self._failure)
        self.log.debug("job=%s", job.id, exc_info=exc_info)

    def handle_job_failure(self, job: Job, queue: Queue, *args: Any, **kwargs: Any) -> None:
        """Keep where it failed, without the exception's words: they may quote a person's."""
        if self._failure:
            kwargs["exc_string"] = self._failure
        super().handle_job_failure(job, queue, *args, **kwargs)
