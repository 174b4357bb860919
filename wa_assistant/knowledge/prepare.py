"""From a kept file to passages that are found: read, split, embedded, and let in at one moment.

All is made in the shadow, beside what is found until then. Whatever goes wrong on the way leaves
that as it is.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from .. import live
from ..database import after_commit, db, transaction, utcnow
from ..models import Defect, Document, DocumentState, Passage
from ..work.faults import NOT_OURS
from . import claims, files, reading, reindex, search
from .claims import Claim, renewed

log = logging.getLogger(__name__)


class _NotWanted(Exception):
    """All was deleted or replaced meanwhile."""


Embed = Callable[[Sequence[Passage], int, Callable[[int], None]], None]


def process(document_id: int) -> None:
    """Prepare a document that is due; for the worker."""
    claim = claims.take(document_id)
    if claim is None:
        return
    try:
        run([claim])
    except search.EmbeddingBusy as error:
        claims.hand_back(claim, error.retry_after)
    except search.EmbeddingAway as error:
        log.warning("embeddings are away: document=%s", claim.id)
        claims.put_off(claim, Defect.EMBEDDING_AWAY, error.retry_after)


def run(ours: Sequence[Claim], embed: Embed = search.embed) -> None:
    """Prepare claimed documents together. Raises EmbeddingAway, and then they are claimed still."""
    ours = claims.held(ours)
    if not ours:
        return
    try:
        with renewed(lambda: claims.renew(ours)):
            _prepare(ours, embed)
    except search.EmbeddingRefused as error:
        log.warning("embeddings are refused: %s", error)
        if len(ours) > 1:  # for the words of one of them, perhaps
            for each in ours:
                run([each], embed)
            return
        _fail(ours, error.defect)
    except (*NOT_OURS, search.EmbeddingAway):
        raise
    except Exception:
        _fail(ours, Defect.OUR_FAULT)
        raise
    except BaseException:  # told to stop
        for claim in ours:
            claims.hand_back(claim)
        raise


def _prepare(ours: Sequence[Claim], embed: Embed) -> None:
    readable = _lay_out(ours)
    if not readable:
        return
    try:
        _embed(readable, embed)
    except search.EmbeddingRefused as error:
        if not search.is_model_outdated():
            raise
        # The model of the older vectors is gone: they are found by words until the reindexing
        # that is due anyway.
        log.warning("found by words alone: %s", error)
    _let_in(readable)


def _lay_out(ours: Sequence[Claim]) -> list[Claim]:
    """Make the passages of each, in the shadow; gives those of which there are any."""
    read: list[tuple[Claim, list[dict[str, Any]]]] = []
    failed: list[tuple[Claim, Defect]] = []
    for claim in ours:
        if _is_laid_out(claim):
            continue
        try:
            read.append((claim, _read(claim)))
        except reading.Unreadable as error:
            failed.append((claim, error.defect))
    with transaction() as session:
        for claim, defect in failed:
            claims.fail(session, claim, defect)
        for claim, columns in read:
            if claims.write(session, claim, done=0, total=len(columns)):
                _insert(session, claim, columns)
    gone = {claim.id for claim, _ in failed}
    return [claim for claim in ours if claim.id not in gone]


def _read(claim: Claim) -> list[dict[str, Any]]:
    """The columns of its passages; raises reading.Unreadable."""
    found = reading.read(claim.kind, files.path(claim.file))
    return [each | search.word_columns(claim.name, each["heading"], each["text"]) for each in found]


def _is_laid_out(claim: Claim) -> bool:
    """An attempt before this one came further: its passages are there, all of them."""
    upload = (Passage.document_id == claim.id, Passage.file == claim.file, ~Passage.active)
    found = db.session.scalar(select(Passage.id).where(*upload).limit(1))
    db.session.rollback()
    return found is not None


def _insert(session: Session, claim: Claim, columns: list[dict[str, Any]]) -> None:
    upload = {"document_id": claim.id, "file": claim.file, "active": False}
    rows = [{**upload, **each, "position": place} for place, each in enumerate(columns)]
    session.execute(insert(Passage), rows)


def _embed(ours: Sequence[Claim], embed: Embed) -> None:
    vector_set_id = search.set_for_new_passages()
    if vector_set_id is None:
        return
    passages = _shadows(ours)
    whose = [each.document_id for each in passages]
    claim_of = {claim.id: claim for claim in ours}
    last = dict.fromkeys(claim_of, 0)

    def told(done: int) -> None:
        counts = {id_: whose[:done].count(id_) for id_ in dict.fromkeys(whose[:done])}
        with transaction() as session:
            for id_, count in counts.items():
                if count != last[id_] and claims.got_on(session, claim_of[id_], count):
                    last[id_] = count
        if not claims.held(ours):  # nobody wants the others any more
            raise _NotWanted

    with suppress(_NotWanted):
        embed(passages, vector_set_id, told)


def _shadows(ours: Sequence[Claim]) -> Sequence[Passage]:
    """All passages in the shadow of these uploads, a document after the other."""
    here = Passage.file.in_([claim.file for claim in ours])
    order = (Passage.document_id, Passage.position)
    shadow = select(Passage).where(here, ~Passage.active).order_by(*order)
    return db.session.scalars(shadow).all()


def _let_in(ours: Sequence[Claim]) -> None:
    """From one moment to the next what is new is found, and what was before no more."""
    with transaction() as session:
        held = select(Document).where(or_(*(each.holds for each in ours)))
        documents = session.scalars(held.order_by(Document.id).with_for_update()).all()
        outdated = search.deactivate(session, [each.id for each in documents])
        counts = search.activate(session, [each.file for each in documents])
        for document in documents:
            document.state, document.next_attempt_at = DocumentState.READY, None
            document.passages = document.done = document.total = counts[document.id]
            document.indexed_at = utcnow()
        reindex.see_to(session, [each.file for each in documents])
        outdated -= {each.file for each in documents}
        after_commit(lambda: files.remove(outdated))
        live.changed(claims.PAGES)


def _fail(ours: Sequence[Claim], defect: Defect) -> None:
    with transaction() as session:
        for claim in ours:
            claims.fail(session, claim, defect)
