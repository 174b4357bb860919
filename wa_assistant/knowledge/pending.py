"""Documents that are to be prepared: one worker at a time has each, as work/claims.py tells.

A new upload takes the claim on the older one away: who has it is told that it is lost.
"""

from contextlib import suppress
from dataclasses import dataclass

from .. import live, logs
from ..database import transaction
from ..models import Defect, Document, DocumentState
from ..models.document import IS_LEFT_TO_DO
from ..work import claims, policies
from ..work.claims import Claim, Kind, Lost
from ..work.faults import DIED

log = logs.get(__name__)

LONGEST_PAUSE = 900.0  # seconds, whatever the embedding service wishes
PAGES = "knowledge"  # the name of the fragments that show documents


@dataclass(frozen=True)
class Task:
    """An upload that is ours to prepare, with all it needs without the database."""

    claim: Claim[Document]
    id: int
    name: str
    kind: str
    file: str


def _buried(document: Document) -> None:
    died = document.fault == DIED
    _end(document, Defect.WORKER_DIED if died else Defect.OUR_FAULT)


def revived(document: Document) -> None:
    """It is to be prepared anew."""
    document.state, document.error = DocumentState.PENDING, None
    document.done = document.total = 0
    live.changed(PAGES)


DOCUMENTS = Kind(
    policies.DOCUMENT,
    Document,
    left=(IS_LEFT_TO_DO,),
    named=Document.id,
    since=Document.uploaded_at,
    buried=_buried,
    revived=revived,
    left_half_done=lambda document: live.changed(PAGES),
)


def take(document_id: int) -> Task | None:
    """Take a document that is due upon us; None where it is not, or its workers die of it."""
    with transaction():
        document = claims.due_row(DOCUMENTS, document_id)
        return None if document is None else take_row(document)


def take_row(document: Document) -> Task | None:
    """The same for one that this writing unit has locked, or made."""
    live.changed(PAGES)
    claim = claims.take_row(DOCUMENTS, document)
    if claim is None:
        return None
    document.error = None
    return Task(claim, document.id, document.name, document.kind, document.file)


def held(task: Task) -> Document | None:
    """The document, locked for the writing unit under way; None where it is no longer ours."""
    with suppress(Lost):
        document = claims.own(task.claim)
        live.changed(PAGES)
        return document
    return None


def fail(document: Document, defect: Defect) -> None:
    """It stays as it was before this upload, for good."""
    _end(document, defect)
    claims.finish(document)


def put_off(task: Task, defect: Defect, wish: float) -> None:
    """Try again after a while, `wish` seconds or more; after the last time it has failed."""
    with transaction():
        document = held(task)
        if document is None:
            return
        document.error = defect
        if not claims.retry(DOCUMENTS, document, min(wish, LONGEST_PAUSE)):
            fail(document, defect)


def postpone(task: Task, seconds: float) -> None:
    """It waits for its turn: nothing failed."""
    with transaction():
        document = held(task)
        if document is not None:
            claims.postpone(DOCUMENTS, document, seconds)


def _end(document: Document, defect: Defect) -> None:
    log.warning("document failed", document=document.id, reason=defect)
    document.state, document.error = DocumentState.FAILED, defect
