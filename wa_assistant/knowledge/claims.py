"""A document is prepared by one worker at a time.

A claim is a time on the document's row, `next_attempt_at`, set by a conditional update and moved
on while its worker lives. Each claim counts as an attempt; the upload's file and that number name
it in every later write, so that who lost it, or works on what was replaced, changes nothing.
Workers that died and a service that was away are counted apart.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from .. import live
from ..database import db, transaction, utcnow
from ..models import Defect, Document, DocumentState
from ..work.faults import DATABASE_AWAY
from ..work.queue import later

log = logging.getLogger(__name__)

LIFE = timedelta(seconds=30)
GRACE = timedelta(seconds=10)  # for its own bell to be heard
MOST_DEATHS = 3
PAUSES_SECONDS = (5, 15, 60, 300, 900)  # while the embedding service is away
LONGEST_PAUSE = 900.0
RENEWAL_SECONDS = 5.0
PAGES = "knowledge"  # the name of the fragments that show documents


@dataclass(frozen=True)
class Claim:
    """A document that is ours to prepare, with all it needs without the database."""

    id: int
    name: str
    kind: str
    file: str
    attempts: int

    @property
    def holds(self) -> ColumnElement[bool]:
        return and_(
            Document.id == self.id,
            Document.file == self.file,
            Document.attempts == self.attempts,
            Document.state == DocumentState.PROCESSING,
        )


def of(document: Document) -> Claim:
    return Claim(document.id, document.name, document.kind, document.file, document.attempts)


def take(document_id: int) -> Claim | None:
    """Claim a document that is due; None where it is not, or its workers die of it."""
    now = utcnow()
    due = (Document.id == document_id, Document.next_attempt_at <= now)
    with transaction() as session:
        document = session.scalar(select(Document).where(*due).with_for_update())
        if document is None:
            return None
        live.changed(PAGES)
        document.deaths += document.state == DocumentState.PROCESSING  # nobody handed it back
        if document.deaths >= MOST_DEATHS:
            _end(document, Defect.WORKER_DIED)
            return None
        document.state, document.error = DocumentState.PROCESSING, None
        document.attempts += 1
        document.next_attempt_at = now + LIFE
        return of(document)


def renew(ours: Sequence[Claim]) -> bool:
    """Whether any of them is still ours."""
    held = or_(*(each.holds for each in ours))
    later_on = {"next_attempt_at": utcnow() + LIFE}
    return (
        db.session.scalars(
            update(Document).where(held).values(later_on).returning(Document.id)
        ).first()
        is not None
    )


def write(session: Session, claim: Claim, **values: Any) -> bool:
    """Write something about a document, unless it is no longer ours; then False."""
    written = session.scalar(
        update(Document).where(claim.holds).values(**values).returning(Document.id)
    )
    if written is not None:
        live.changed(PAGES)
    return written is not None


def held(ours: Sequence[Claim]) -> list[Claim]:
    """Those that are still ours: a document may be deleted or replaced meanwhile."""
    ids = set(db.session.scalars(select(Document.id).where(or_(*(each.holds for each in ours)))))
    db.session.rollback()
    return [each for each in ours if each.id in ids]


def done(ours: Sequence[Claim]) -> int:
    """How many passages of these documents have their vectors."""
    ids = [each.id for each in ours]
    found = db.session.scalar(select(func.sum(Document.done)).where(Document.id.in_(ids)))
    db.session.rollback()
    return found or 0


def fail(session: Session, claim: Claim, defect: Defect) -> None:
    """It stays as it was before this upload, for good."""
    document = session.scalar(select(Document).where(claim.holds).with_for_update())
    if document is not None:
        _end(document, defect)
        live.changed(PAGES)


def got_on(session: Session, claim: Claim, done: int) -> bool:
    """So many passages have their vectors; False where the document is no longer ours."""
    return write(session, claim, done=done, aways=0)


def put_off(claim: Claim, defect: Defect, wish: float) -> None:
    """Try again after a while, `wish` seconds or more; after the last time it has failed."""
    with transaction() as session:
        document = session.scalar(select(Document).where(claim.holds).with_for_update())
        if document is None:
            return
        live.changed(PAGES)
        if document.aways >= len(PAUSES_SECONDS):
            _end(document, defect)
            return
        pause = min(max(PAUSES_SECONDS[document.aways], wish), LONGEST_PAUSE)
        document.state, document.error = DocumentState.PENDING, defect
        document.aways += 1
        document.next_attempt_at = utcnow() + timedelta(seconds=pause)
        later("jobs.imports.prepare", claim.id, delay=pause)


def hand_back(claim: Claim, pause: float = 0) -> None:
    """Its worker was told to stop, or waits for its turn: nobody died of it, nothing failed.

    It is gone on with after so many seconds.
    """
    with transaction() as session:
        again = utcnow() + timedelta(seconds=pause)
        values = {"state": DocumentState.PENDING, "next_attempt_at": again}
        if write(session, claim, attempts=claim.attempts - 1, **values):
            later("jobs.imports.prepare", claim.id, delay=pause)


def overdue(limit: int) -> Sequence[int]:
    """Ids of documents with something to do that nobody does, for the sweeper."""
    return db.session.scalars(
        select(Document.id)
        .where(Document.next_attempt_at < utcnow() - GRACE)
        .order_by(Document.next_attempt_at)
        .limit(limit)
    ).all()


def _end(document: Document, defect: Defect) -> None:
    log.warning("document failed: document=%s reason=%s", document.id, defect)
    document.state, document.error = DocumentState.FAILED, defect
    document.next_attempt_at = None


@contextmanager
def renewed(renew: Callable[[], bool]) -> Iterator[None]:
    """While the block runs, call `renew` in time, in a writing unit; until it says it is lost."""
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    renewal = threading.Thread(target=_renew, args=(app, renew, done), daemon=True, name="lease")
    renewal.start()
    try:
        yield
    finally:
        done.set()
        renewal.join()


def _renew(app: Flask, renew: Callable[[], bool], done: threading.Event) -> None:
    while not done.wait(RENEWAL_SECONDS):
        try:
            with app.app_context(), transaction():
                if not renew():
                    return
        except DATABASE_AWAY:
            log.warning("lease not renewed, tried again")
