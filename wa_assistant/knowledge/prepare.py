"""From a kept file to passages that are found: read, split, embedded, and let in at one moment.

All is made in the shadow, beside what is found until then. Whatever goes wrong on the way leaves
that as it is.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import insert, select

from .. import logs
from ..database import after_commit, db, transaction, utcnow
from ..models import Defect, DocumentState, Passage
from ..work import claims
from . import files, pending, reading, reindex, search
from .pending import Task

log = logs.get(__name__)


class _NotWanted(Exception):
    """All was deleted or replaced meanwhile."""


Embed = Callable[[Sequence[Passage], int, Callable[[int], None]], None]


def process(document_id: int) -> None:
    """Prepare a document that is due; for the worker."""
    task = pending.take(document_id)
    if task is None:
        return
    with claims.working(task.claim):
        try:
            run([task])
        except search.EmbeddingBusy as error:
            pending.postpone(task, error.retry_after)
        except search.EmbeddingAway as error:
            log.warning("embeddings are away", document=task.id)
            pending.put_off(task, Defect.EMBEDDING_AWAY, error.retry_after)


def run(tasks: Sequence[Task], embed: Embed = search.embed) -> None:
    """Prepare these documents together. Raises Away, and then they are claimed still."""
    ours = _held(tasks)
    if not ours:
        return
    try:
        _prepare(ours, embed)
    except search.EmbeddingRefused as error:
        log.warning("embeddings are refused", defect=error.defect)
        if len(ours) > 1:  # for the words of one of them, perhaps
            for each in ours:
                run([each], embed)
            return
        with transaction():
            if document := pending.held(ours[0]):
                pending.fail(document, error.defect)


def _held(tasks: Sequence[Task]) -> list[Task]:
    """Those that are still ours: a document may be deleted or replaced meanwhile."""
    left = claims.held(*(each.claim for each in tasks))
    return [each for each in tasks if each.claim in left]


def _prepare(ours: Sequence[Task], embed: Embed) -> None:
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
        log.warning("found by words alone", defect=error.defect)
    _let_in(readable)


def _lay_out(ours: Sequence[Task]) -> list[Task]:
    """Make the passages of each, in the shadow; gives those of which there are any."""
    read: list[tuple[Task, reading.Read]] = []
    failed: list[tuple[Task, Defect]] = []
    for task in ours:
        if _is_laid_out(task):
            continue
        try:
            read.append((task, _read(task)))
        except reading.Unreadable as error:
            failed.append((task, error.defect))
    with transaction():
        for task, defect in failed:
            if document := pending.held(task):
                pending.fail(document, defect)
        for task, found in read:
            if document := pending.held(task):
                document.done, document.total = 0, len(found.passages)
                document.recognised = found.recognised
                _insert(task, found.passages)
    gone = {task.id for task, _ in failed}
    return [task for task in ours if task.id not in gone]


def _read(task: Task) -> reading.Read:
    """Its passages with their words; raises reading.Unreadable."""
    found = reading.read(task.kind, files.path(task.file))
    passages = [
        each | search.word_columns(task.name, each["heading"], each["text"])
        for each in found.passages
    ]
    return found._replace(passages=passages)


def _is_laid_out(task: Task) -> bool:
    """An attempt before this one came further: its passages are there, all of them."""
    upload = (Passage.document_id == task.id, Passage.file == task.file, ~Passage.active)
    found = db.session.scalar(select(Passage.id).where(*upload).limit(1))
    db.session.rollback()
    return found is not None


def _insert(task: Task, columns: list[dict[str, Any]]) -> None:
    upload = {"document_id": task.id, "file": task.file, "active": False}
    rows = [{**upload, **each, "position": place} for place, each in enumerate(columns)]
    db.session.execute(insert(Passage), rows)


def _embed(ours: Sequence[Task], embed: Embed) -> None:
    vector_set_id = search.set_for_new_passages()
    if vector_set_id is None:
        return
    passages = _shadows(ours)
    whose = [each.document_id for each in passages]
    last = dict.fromkeys((task.id for task in ours), 0)

    def told(done: int) -> None:
        with transaction():
            for task in ours:
                count = whose[:done].count(task.id)
                if count != last[task.id] and (document := pending.held(task)):
                    document.done = last[task.id] = count
                    claims.got_on(document)
        if not _held(ours):  # nobody wants the others any more
            raise _NotWanted

    with suppress(_NotWanted):
        embed(passages, vector_set_id, told)


def _shadows(ours: Sequence[Task]) -> Sequence[Passage]:
    """All passages in the shadow of these uploads, a document after the other."""
    here = Passage.file.in_([task.file for task in ours])
    order = (Passage.document_id, Passage.position)
    shadow = select(Passage).where(here, ~Passage.active).order_by(*order)
    return db.session.scalars(shadow).all()


def _let_in(ours: Sequence[Task]) -> None:
    """From one moment to the next what is new is found, and what was before no more."""
    with transaction():
        documents = [each for task in ours if (each := pending.held(task))]
        outdated = search.deactivate([each.id for each in documents])
        counts = search.activate([each.file for each in documents])
        for document in documents:
            document.state = DocumentState.READY
            document.passages = document.done = document.total = counts[document.id]
            document.indexed_at = utcnow()
            claims.finish(document)
        reindex.see_to([each.file for each in documents])
        outdated -= {each.file for each in documents}
        after_commit(lambda: files.remove(outdated))
