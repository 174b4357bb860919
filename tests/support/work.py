"""Runs what was rung for, here and now: the same queues, serializer and jobs as in production."""

import contextvars
from types import TracebackType
from typing import Any

from flask import Flask, has_app_context
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.registry import ScheduledJobRegistry
from rq.timeouts import BaseDeathPenalty

from wa_assistant.extensions import db
from wa_assistant.queue import QUEUES, queue

MOST_JOBS = 500


class NoDeathPenalty(BaseDeathPenalty):
    """rq's own would take the alarm clock away from pytest-timeout."""

    def setup_death_penalty(self) -> None:
        pass

    def cancel_death_penalty(self) -> None:
        pass


class InProcessWorker(SimpleWorker):
    death_penalty_class = NoDeathPenalty

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.done: list[str] = []
        self.failure: BaseException | None = None

    def run_one(self) -> None:
        """What `work` does for one job, without its threads and signal handlers."""
        job, source = Queue.dequeue_any(
            self.queues, None, connection=self.connection, serializer=self.serializer
        )
        self.done.append(job.func_name)
        self.execute_job(job, source)

    def handle_exception(
        self, job: Job, *exc_info: "type[BaseException] | BaseException | TracebackType | None"
    ) -> None:
        if isinstance(exc_info[1], BaseException):
            self.failure = self.failure or exc_info[1]


class Work:
    """Call it to run every job until the queues are empty; a job that raises fails the test."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, *, delayed: bool = True) -> list[str]:
        """The names of the jobs that ran; those rung with a delay too, unless `delayed` is off."""
        forget_what_was_read()
        return contextvars.Context().run(self._run, delayed)

    def waiting(self) -> list[str]:
        """The names of the jobs that are rung for and have not run, the delayed ones last."""
        with self._app.app_context():
            return [job.func_name for each in _queues() for job in (*each.jobs, *_delayed(each))]

    def _run(self, delayed: bool) -> list[str]:
        with self._app.app_context():
            queues = _queues()
            worker = InProcessWorker(
                queues, connection=queues[0].connection, serializer=queues[0].serializer
            )
        done = worker.done
        while len(done) < MOST_JOBS:
            with self._app.app_context():
                if delayed:
                    _make_due(queues)
                if not any(each.count for each in queues):
                    return done
            # A context for each job, as a worker's forked child has its own.
            with self._app.app_context():
                worker.run_one()
            if worker.failure:
                raise worker.failure
        raise AssertionError(f"The jobs ring for each other without end: {done[-6:]}")


def forget_what_was_read() -> None:
    """What the test's own session has loaded is read again: others have written since."""
    if has_app_context():
        db.session.rollback()


def _queues() -> list[Any]:
    return [queue(name) for name in dict.fromkeys(QUEUES.values())]


def _delayed(of: Any) -> list[Job]:
    registry = ScheduledJobRegistry(queue=of)
    return [job for name in registry.get_job_ids() if (job := of.fetch_job(name))]


def _make_due(queues: list[Any]) -> None:
    for each in queues:
        for job in _delayed(each):
            ScheduledJobRegistry(queue=each).remove(job)
            each._enqueue_job(job)
