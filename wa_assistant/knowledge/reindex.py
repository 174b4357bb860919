"""All vectors are made anew, in the shadow of those that serve, and take their place at the end.

A job does a part and rings for the next, so that an upload need not wait for all of it. It also
makes what the vectors that serve lack: of documents that were embedded before those served.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import live
from ..database import db, transaction, utcnow
from ..models import AuditEntry, Defect, VectorSet
from ..work.queue import later
from . import claims, search

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
    if search.begin_shadow_set() is None:
        return False
    with transaction() as session:
        newest = search.newest_set(session)
        if newest and (newest.error or newest.next_attempt_at is None):  # or somebody is at it
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
    except search.EmbeddingBusy as error:
        put_off(error.retry_after)
    except search.EmbeddingAway as error:
        log.warning("reindexing waits: %s", error)
        put_off(error.retry_after or WAIT_SECONDS, Defect.EMBEDDING_AWAY)
    except search.EmbeddingRefused as error:
        log.warning("reindexing ended: %s", error)
        with transaction() as session:
            _plan(session, None, error.defect)
    else:
        if not finished:
            put_off(0)


def claim() -> bool:
    """Whether the next part is ours to do: nobody is at it, and its time has come."""
    with transaction() as session:
        newest = search.newest_set(session)
        if newest is None or newest.next_attempt_at is None or newest.next_attempt_at > utcnow():
            return False
        return search.wanted_model() is not None and _plan(session, LIFE)


def part(until: float) -> bool:
    """Embed until that moment of the monotonic clock; whether nothing is left to do.

    Raises search.EmbeddingAway or search.EmbeddingRefused.
    """
    while not _step():
        if time.monotonic() > until:
            return False
    search.drop_retired_sets()
    return True


def progress() -> Progress | None:
    """How far it is; None where nothing was begun."""
    newest = search.newest_set(db.session())
    if newest is None or newest.serving:
        return None
    done, total = search.count_embedded(newest)
    waits = newest.next_attempt_at is not None
    return Progress(done, total, newest.model, newest.error, waits)


def overdue() -> bool:
    """Whether what was begun waits for its time, which has come; for the sweeper."""
    if search.wanted_model() is None:
        return False
    due = select(VectorSet.id).where(VectorSet.next_attempt_at < utcnow() - claims.GRACE)
    return db.session.scalar(due.limit(1)) is not None


def _step() -> bool:
    """Some passages, or the change at the end; whether nothing is left."""
    newest = search.newest_set(db.session())
    if newest is None:
        return True
    left = search.without_vector(newest, SOME)
    if left:
        search.embed(left, newest.id, lambda done: _alive())
        return False
    with transaction() as session:
        if not search.serve_if_complete(session):
            return False  # a passage came at the last moment
        _plan(session, None)
    return True


def see_to(session: Session, files: Sequence[str]) -> None:
    """Have made what the vectors that serve lack of these uploads, which are found now."""
    newest = search.newest_set(session)
    is_planned = newest is None or newest.next_attempt_at is not None
    if is_planned or not search.lack_vectors(session, files):
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
    newest = search.newest_set(session)
    if newest is not None:
        newest.next_attempt_at = None if after is None else utcnow() + after
        newest.error = error
    return newest is not None
