"""Trials: questions that the team tries. They are put here and answered by a worker."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction, utcnow
from ..models import Trial
from ..work import policies
from ..work.claims import Kind
from ..work.queue import later
from .search import Thresholds

KEPT = 200  # trials; older ones are deleted
SHOWN = 10
MOST_PASSAGES = 50
LONGEST = 500  # characters of a question
# As outcomes: the limits a minute leave no call for a trial, or a cap; our own code failed on it.
NO_ROOM = "no room"
CAP_MET = "cap met"
FAULT = "fault"


def page(trial_id: int) -> str:
    """The name of the fragment that shows a trial."""
    return f"trial-{trial_id}"


def _dismissed(trial: Trial) -> None:
    trial.finished_at, trial.outcome = utcnow(), FAULT
    told(trial.id)


TRIALS = Kind(
    policies.TRIAL,
    Trial,
    left=(Trial.finished_at.is_(None), Trial.dead_at.is_(None)),
    named=Trial.id,
    since=Trial.created_at,
    buried=lambda trial: told(trial.id),
    revived=lambda trial: told(trial.id),
    dismissed=_dismissed,
)


def ask(
    actor: Actor,
    question: str,
    thresholds: Thresholds,
    most: int,
    *,
    settings: dict[str, Any] | None = None,
    stage: str = "",
) -> Trial:
    """Have `question` tried with these thresholds, and at most `most` passages looked at.

    `settings`: as JSON holds them, instead of those that are saved. `stage`: what the model is told
    of one.
    """
    with transaction():
        trial = Trial(
            question=question,
            similarity_threshold=thresholds.similarity,
            coverage_threshold=thresholds.coverage,
            most=most,
            settings=settings,
            stage=stage or None,
            asked_by=audit.name_of(actor),
        )
        db.session.add(trial)
        db.session.flush()
        newest = db.session.scalar(select(func.max(Trial.id))) or 0
        db.session.execute(delete(Trial).where(Trial.id <= newest - KEPT))
        later("jobs.trial.answer", trial.id)
    return trial


def of_id(trial_id: int) -> Trial | None:
    """The trial; None where there is none, or none any more."""
    return db.session.get(Trial, trial_id)


def latest() -> Sequence[Trial]:
    """The last SHOWN trials, the newest first."""
    return db.session.scalars(select(Trial).order_by(Trial.id.desc()).limit(SHOWN)).all()


def told(trial_id: int) -> None:
    """Tell the pages that show a trial, once the transaction is committed, that it has changed."""
    live.changed(page(trial_id))
