"""Documents are taken in here and now: no worker is needed, nor Redis.

Many small ones share their transactions, and their calls to the embedding service.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..audit import Actor
from ..database import db, transaction
from ..models import Defect, Document, DocumentState
from . import claims, documents, prepare, search
from .claims import Claim, renewed
from .documents import Upload

log = logging.getLogger(__name__)

MOST_BYTES = 1_000_000  # of files that are prepared together
MOST_FILES = 64
PAUSES_SECONDS = (2, 5, 15)  # while the embedding service is away
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
        self._pauses: Sequence[int] = PAUSES_SECONDS

    def take_in(self, uploads: Sequence[Upload]) -> list[Outcome]:
        """Have these found, or failed, when it returns."""
        stored = documents.store(self._actor, uploads, ours=True)
        ours = [claims.of(each.document) for each in stored if each.new]
        if ours:
            self._prepare(ours)
        return [self._outcome(each.document.id, each.new) for each in stored]

    def _prepare(self, ours: Sequence[Claim]) -> None:
        pauses, done = iter(self._pauses), 0
        with renewed(lambda: claims.renew(ours)):
            while True:
                try:
                    _run_in_turn(ours)
                except search.EmbeddingAway as error:
                    log.warning("embeddings are away: %s", error)
                    wish = error.retry_after
                else:
                    return
                if (now := claims.done(ours)) > done:  # slow, not away
                    done, pauses = now, iter(self._pauses)
                pause = next(pauses, None)
                if pause is None:
                    break
                time.sleep(min(max(pause, wish), claims.LONGEST_PAUSE))
        self._pauses = ()
        with transaction() as session:
            for claim in ours:
                claims.fail(session, claim, Defect.EMBEDDING_AWAY)

    def _outcome(self, document_id: int, new: bool) -> Outcome:
        while (document := _as_it_is(document_id)) and _is_on_its_way(document):
            claim = claims.take(document_id)  # nobody came for it, or whoever did is dead
            if claim:
                new = True
                self._prepare([claim])
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


def _run_in_turn(ours: Sequence[Claim]) -> None:
    while True:
        try:
            prepare.run(ours)
        except search.EmbeddingBusy as error:
            time.sleep(error.retry_after)
        else:
            return


def _as_it_is(document_id: int) -> Document | None:
    db.session.rollback()
    return db.session.get(Document, document_id)


def _is_on_its_way(document: Document) -> bool:
    """One that was put off has a reason: the service may be away for long."""
    waits = document.state == DocumentState.PENDING and document.error is None
    return waits or document.state == DocumentState.PROCESSING
