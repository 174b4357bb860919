"""Runs what was rung for, here and now: the same queue, serializer and jobs as in production."""

import contextvars
import math
from datetime import UTC, datetime

from flask import Flask, has_app_context
from rq import Queue
from rq.job import Job
from rq.registry import ScheduledJobRegistry

from wa_assistant.extensions import db
from wa_assistant.work.queue import BELLS, INTAKE, queue

from .clock import pass_time

MOST_JOBS = 500
# rq counts delays in whole seconds and runs the jobs a little late; so do we, to sleep nowhere.
LATENESS_SECONDS = 1.0


class Work:
    """Call it to run every job until the queues are empty; a job that raises fails the test."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, *, within: float = math.inf) -> list[str]:
        """Run what was rung for, in order, and give the names of the jobs.

        Those rung with a delay run too: when nothing else is left, time passes until the next
        of them is due, unless that is more than `within` seconds away in all.
        """
        forget_what_was_read()
        return contextvars.Context().run(self._run, within)

    def waiting(self) -> list[str]:
        """The names of the jobs that are rung for and have not run, the delayed ones last."""
        with self._app.app_context():
            names = [job.func_name for each in _queues() for job in each.jobs]
            return [str(name) for name in (*names, *(job.func_name for _, job in _delayed()))]

    def pass_time(self, seconds: float) -> None:
        """Let time pass for all that is stored; delayed jobs stay where they are."""
        pass_time(self._app, seconds)
        forget_what_was_read()

    def _run(self, within: float) -> list[str]:
        done: list[str] = []
        passed = 0.0
        while len(done) < MOST_JOBS:
            # A context for each job, as in the engine.
            with self._app.app_context():
                name = _run_one()
            if name:
                done.append(name)
                continue
            with self._app.app_context():
                delayed = _delayed()
            if not delayed or (due := max(0.0, delayed[0][0])) > within - passed:
                return done
            pass_time(self._app, due + LATENESS_SECONDS)
            passed += due
            with self._app.app_context():
                _make_due(delayed[0][1])
        raise AssertionError(f"The jobs ring for each other without end: {done[-6:]}")


def forget_what_was_read() -> None:
    """What the test's own session has loaded is read again: others have written since."""
    if has_app_context():
        db.session.rollback()


def _run_one() -> str | None:
    for each in _queues():
        for job in each.get_jobs(0, 1):
            job.delete()
            job.perform()
            return str(job.func_name)
    return None


def _queues() -> tuple[Queue, Queue]:
    """What came in goes first."""
    return queue(INTAKE), queue(BELLS)


def _delayed() -> list[tuple[float, Job]]:
    """Jobs with a delay and the seconds until each is due, the next one first."""
    now = datetime.now(UTC)
    found = []
    for each in _queues():
        registry = ScheduledJobRegistry(queue=each)
        for name in registry.get_job_ids(cleanup=False):
            if job := each.fetch_job(name):
                found.append(((registry.get_scheduled_time(job) - now).total_seconds(), job))
    return sorted(found, key=lambda pair: pair[0])


def _make_due(job: Job) -> None:
    target = queue(job.origin)
    ScheduledJobRegistry(queue=target).remove(job)
    target._enqueue_job(job)
