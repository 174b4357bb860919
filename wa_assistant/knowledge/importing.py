"""Documents are taken in here and now: no worker is needed, nor Redis.

Many small ones share their transactions, and their calls to the embedding service.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from .. import logs
from ..audit import Actor
from ..database import db, transaction
from ..models import Defect, Document, DocumentState
from ..work import claims
from . import documents, patience, pending, prepare, search
from .documents import Upload
from .patience import Patience
from .pending import Task

log = logs.get(__name__)

MOST_BYTES = 1_000_000  # of files that are prepared together
MOST_FILES = 64
LOOK_AGAIN_SECONDS = 0.5  # at what a worker has


@dataclass(frozen=True)
class Outcome:
    """What became of an upload: failed with `defect`, or found by its passages."""

    new: bool
    passages: int
    defect: Defect | None


class Importer:
    """Takes in one batch after the other; once the service stayed away it asks without patience."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._pauses: Sequence[int] = patience.IMPORT

    def take_in(self, uploads: Sequence[Upload]) -> list[Outcome]:
        """Have these found, or failed, when it returns."""
        stored = documents.store(self._actor, uploads, ours=True)
        tasks = [each.task for each in stored if each.task]
        if tasks:
            self._prepare(tasks)
        return [self._outcome(each.document.id, each.new) for each in stored]

    def _prepare(self, tasks: Sequence[Task]) -> None:
        tasks = sorted(tasks, key=lambda task: task.id)
        with claims.working(*(each.claim for each in tasks)):
            if self._ran(tasks):
                return
            self._pauses = ()
            with transaction():
                for task in tasks:
                    if document := pending.held(task):
                        pending.fail(document, Defect.EMBEDDING_AWAY)

    def _ran(self, tasks: Sequence[Task]) -> bool:
        """False where the embedding service stayed away."""
        patient = Patience(self._pauses)
        while True:
            try:
                _run_in_turn(tasks)
            except search.EmbeddingAway as error:
                log.warning("embeddings are away", error=type(error).__name__)
                if not patient.wait(_done(tasks), error.retry_after):
                    return False
            else:
                return True

    def _outcome(self, document_id: int, new: bool) -> Outcome:
        while (document := _as_it_is(document_id)) and _is_on_its_way(document):
            task = pending.take(document_id)  # nobody came for it, or whoever did is dead
            if task:
                new = True
                self._prepare([task])
            else:
                time.sleep(LOOK_AGAIN_SECONDS)
        if document is None:
            return Outcome(new, 0, Defect.FILE_GONE)
        defect = Defect(document.error) if document.error else None
        return Outcome(new, document.passages, defect)


def batches(uploads: Iterable[Upload]) -> Iterator[list[Upload]]:
    """In order, as many together as are well prepared together."""
    batch: list[Upload] = []
    size = 0
    for each in uploads:
        if batch and (size + len(each.content) > MOST_BYTES or len(batch) >= MOST_FILES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += len(each.content)
    if batch:
        yield batch


def _run_in_turn(tasks: Sequence[Task]) -> None:
    while True:
        try:
            prepare.run(tasks)
        except search.EmbeddingBusy as error:
            time.sleep(error.retry_after)
        else:
            return


def _done(tasks: Sequence[Task]) -> int:
    """How many passages of these documents have their vectors."""
    ids = [each.id for each in tasks]
    found = db.session.scalar(select(func.sum(Document.done)).where(Document.id.in_(ids)))
    db.session.rollback()
    return found or 0


def _as_it_is(document_id: int) -> Document | None:
    db.session.rollback()
    return db.session.get(Document, document_id)


def _is_on_its_way(document: Document) -> bool:
    """One that was put off has a reason: the service may be away for long."""
    if document.shown_state == DocumentState.PENDING:
        return document.error is None
    return document.shown_state == DocumentState.PROCESSING
