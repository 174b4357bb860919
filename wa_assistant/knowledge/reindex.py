"""All vectors are made anew, in the shadow of those that serve, and take their place at the end.

A job does a part and rings for the next, so that an upload need not wait for all of it. It also
makes what the vectors that serve lack: of documents that were embedded before those served.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import live
from ..database import db, transaction, utcnow
from ..models import AuditEntry, Defect, Space, Term, Vector
from ..work.queue import later
from . import claims
from .search import vector_sets
from .search.index import ALL

log = logging.getLogger(__name__)

PART_SECONDS = 20.0
LIFE = timedelta(seconds=60)  # of a part's claim: well over one call and its time-out
WAIT_SECONDS = 60.0  # while the embedding service is away
SOME = 320  # passages that are loaded at once


@dataclass(frozen=True)
class Progress:
    """`done` of `total` passages have their new vector; `error`, a Defect, is why it waits."""

    done: int
    total: int
    model: str
    error: str | None
    waits: bool


def start(actor: str) -> bool:
    """Begin, or go on with what was begun; False where there is no key to do it with."""
    if vector_sets.begin_shadow() is None:
        return False
    with transaction() as session:
        space = vector_sets.newest(session)
        if space and (space.error or space.next_attempt_at is None):  # or somebody is at it
            _plan(session, timedelta())
        session.add(AuditEntry(actor=actor, action="reindexing begun", subject="knowledge"))
        later("jobs.imports.reindex")
    return True


def go_on() -> None:
    """The next part of it, for the worker."""
    if not claim():
        return
    try:
        finished = part(time.monotonic() + PART_SECONDS)
    except vector_sets.Busy as error:
        put_off(error.retry_after)
    except vector_sets.Away as error:
        log.warning("reindexing waits: %s", error)
        put_off(error.retry_after or WAIT_SECONDS, Defect.EMBEDDING_AWAY)
    except vector_sets.Refused as error:
        log.warning("reindexing ended: %s", error)
        with transaction() as session:
            _plan(session, None, error.defect)
    else:
        if not finished:
            put_off(0)


def claim() -> bool:
    """Whether the next part is ours to do: nobody is at it, and its time has come."""
    with transaction() as session:
        space = vector_sets.newest(session)
        if space is None or space.next_attempt_at is None or space.next_attempt_at > utcnow():
            return False
        return vector_sets.wanted() is not None and _plan(session, LIFE)


def part(until: float) -> bool:
    """Embed until that moment of the monotonic clock; whether nothing is left to do.

    Raises Away or Refused.
    """
    while not _step():
        if time.monotonic() > until:
            return False
    vector_sets.drop_retired()
    return True


def progress() -> Progress | None:
    """How far it is; None where nothing was begun."""
    space = vector_sets.newest(db.session())
    if space is None or space.serving:
        return None
    done = select(func.count()).select_from(Vector).where(Vector.space_id == space.id)
    total = db.session.scalar(select(Term.passages).where(Term.stem == ALL)) or 0
    waits = space.next_attempt_at is not None
    return Progress(
        min(db.session.scalar(done) or 0, total), total, space.model, space.error, waits
    )


def overdue() -> bool:
    """Whether what was begun waits for its time, which has come; for the sweeper."""
    if vector_sets.wanted() is None:
        return False
    due = select(Space.id).where(Space.next_attempt_at < utcnow() - claims.GRACE)
    return db.session.scalar(due.limit(1)) is not None


def _step() -> bool:
    """Some passages, or the change at the end; whether nothing is left."""
    space = vector_sets.newest(db.session())
    if space is None:
        return True
    left = vector_sets.left(space, SOME)
    if left:
        vector_sets.embed(left, space.id, lambda done: _alive())
        return False
    with transaction() as session:
        if not vector_sets.complete(session):
            return False  # a passage came at the last moment
        _plan(session, None)
    return True


def see_to(session: Session, files: Sequence[str]) -> None:
    """Have made what the vectors that serve lack of these uploads, which are found now."""
    space = vector_sets.newest(session)
    if space is None or space.next_attempt_at is not None or not vector_sets.lacks(session, files):
        return
    _plan(session, timedelta())
    later("jobs.imports.reindex")


def _alive() -> None:
    with transaction() as session:
        _plan(session, LIFE)


def put_off(seconds: float, error: Defect | None = None) -> None:
    """The next part is due then; `error` is why it is not at once, where something is wrong."""
    with transaction() as session:
        _plan(session, timedelta(seconds=seconds), error)
        later("jobs.imports.reindex", delay=seconds)


def _plan(session: Session, after: timedelta | None, error: Defect | None = None) -> bool:
    """When the next part is due, None for never; False where there is nothing to fill."""
    live.changed(claims.PAGES)
    space = vector_sets.newest(session)
    if space is not None:
        space.next_attempt_at = None if after is None else utcnow() + after
        space.error = error
    return space is not None
