"""What the engine does again and again: when it was done last, how long that took, what is late.

The schedule itself is the engine's (jobs/schedule.py). It writes here what it has and how that
went, all of it together every few seconds, so that no job costs a statement for it; a page reads
it here, whether an engine runs or not.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from .. import audit
from ..database import db, insert_once, transaction, utcnow
from ..models import Action, ScheduledJob, Subject, User
from ..work import runs
from ..work.queue import later

JOBS = "jobs.upkeep."  # how the dotted name of each begins
LATE_SECONDS = 60  # after its time; what is due every few seconds waits for others now and then


def keep() -> None:
    """Write down what this process does again and again, and how that went since it was asked
    last; what stands there and nobody does any more goes."""
    every, latest = runs.take()
    names = {job: job.removeprefix(JOBS) for job in every}
    with transaction():
        known = {row.name: row for row in db.session.scalars(select(ScheduledJob))}
        for job, name in names.items():
            if name not in known:
                insert_once(ScheduledJob, name=name, every=every[job])
                known[name] = db.session.get_one(ScheduledJob, name)
            known[name].every = every[job]
            if job in latest:
                _note(known[name], latest[job])
        for name in known.keys() - names.values() if names else ():
            db.session.delete(known[name])


def jobs() -> Sequence[ScheduledJob]:
    """All of them by name; none before an engine has run."""
    return db.session.scalars(select(ScheduledJob).order_by(ScheduledJob.name)).all()


def is_late(job: ScheduledJob) -> bool:
    """Whether it should have ended again by now, and has not."""
    if job.began_at is None:
        return False
    longest = timedelta(seconds=job.every + LATE_SECONDS, milliseconds=job.duration_ms or 0)
    return utcnow() - job.began_at > longest


def run_now(name: str, actor: User) -> bool:
    """Have an engine do it at once, as soon as one is there; False where there is no such job."""
    with transaction():
        if db.session.get(ScheduledJob, name) is None:
            return False
        audit.record(actor, Action.RAN, Subject.SCHEDULED_JOB, name)
        later(f"{JOBS}{name}")
    return True


def _note(row: ScheduledJob, run: runs.Run) -> None:
    row.began_at, row.error = run.began_at, run.error
    row.duration_ms = round(run.seconds * 1000)
    if not run.error:
        row.succeeded_at = run.began_at + timedelta(seconds=run.seconds)
