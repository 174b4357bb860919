"""Questions the team tries: asked here, answered by a worker, the last ones kept."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from .. import audit, live
from ..audit import Actor
from ..database import db, transaction
from ..models import Trial
from ..work.queue import later
from .search import thresholds, vector_sets
from .search.thresholds import Floors

KEPT = 200
SHOWN = 10
MOST_PASSAGES = 50
LONGEST = 500  # characters of a question
NO_ROOM = "no room"  # as an outcome: the limits a minute leave no call for a trial


def page(trial_id: int) -> str:
    """The name of the fragment that shows it."""
    return f"trial-{trial_id}"


def usual() -> Floors:
    """The floors the assistant answers by."""
    return thresholds.of_model(vector_sets.in_use())


def ask(actor: Actor, question: str, above: Floors, most: int) -> Trial:
    """Have `question` tried with these floors and at most so many passages."""
    with transaction() as session:
        trial = Trial(
            question=question,
            similarity=above.similarity,
            coverage=above.coverage,
            most=most,
            asked_by=audit.name_of(actor),
        )
        session.add(trial)
        session.flush()
        newest = session.scalar(select(func.max(Trial.id))) or 0
        session.execute(delete(Trial).where(Trial.id <= newest - KEPT))
        later("jobs.trial.answer", trial.id)
    return trial


def of_id(trial_id: int) -> Trial | None:
    return db.session.get(Trial, trial_id)


def latest() -> Sequence[Trial]:
    """The newest first."""
    return db.session.scalars(select(Trial).order_by(Trial.id.desc()).limit(SHOWN)).all()


def told(trial_id: int) -> None:
    """Whoever looks at it sees it as it is now, after the commit."""
    live.changed(page(trial_id))
