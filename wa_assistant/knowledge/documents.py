"""Documents come, are replaced and go. What was found before is found until the next is ready."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from .. import audit, live
from ..audit import Actor
from ..database import after_commit, db, one_at_a_time, transaction, utcnow
from ..models import Action, Defect, Document, DocumentKind, DocumentState, Passage, Subject
from ..work import claims
from ..work.faults import DATABASE_AWAY
from ..work.queue import later
from . import files, leftovers, pending, reading, search
from .pending import Task

__all__ = [
    "Refused",
    "Stale",
    "Stored",
    "Upload",
    "accept",
    "delete",
    "replace",
    "retry",
    "store",
    "unchanged",
    "upload",
]


class Refused(Exception):
    """What is not even kept; `defect` says why."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.value)
        self.defect = defect


class Stale(Exception):
    """A colleague was there before; `newer` is the document as it is now."""

    def __init__(self, newer: Document) -> None:
        super().__init__(f"document {newer.id} is another one by now")
        self.newer = newer


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: see `accept`."""

    name: str
    kind: DocumentKind
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Stored:
    """A document, and whether it is to be prepared: what is as it was before is not.

    `task`: what the caller has taken upon them.
    """

    document: Document
    new: bool
    task: Task | None = None


def accept(name: str, content: bytes, kind: DocumentKind | None = None) -> Upload:
    """What can be told of a file without reading it; raises Refused."""
    shown = files.shown_name(name)
    kind = kind or reading.kind_of(shown)
    if kind is None or not shown:
        raise Refused(Defect.UNKNOWN_KIND)
    try:
        reading.check(content)
    except reading.Unreadable as error:
        raise Refused(error.defect) from error
    return Upload(shown, kind, content)


def upload(actor: Actor, name: str, content: bytes) -> Document:
    """Keep a file and have it prepared; one of this name is replaced. Raises Refused."""
    return store(actor, [accept(name, content)])[0].document


def store(
    actor: Actor, uploads: Sequence[Upload], *, ours: bool = False, replacing: bool = True
) -> list[Stored]:
    """Keep files, all or none. What is the same as before is left alone, unless that failed.

    `ours`: those that are new are claimed by the caller, who prepares them now. Not `replacing`:
    raises Refused where another file has the name of one.
    """
    found = {each.name: document for each in uploads if (document := unchanged(each))}
    new = [each for each in uploads if each.name not in found]
    tasks: dict[str, Task | None] = {}
    with _kept(new) as kept, transaction():
        one_at_a_time("documents")
        for given, file in zip(new, kept, strict=True):
            document = _of_name(given.name)
            if document and not replacing:
                raise Refused(Defect.NAME_TAKEN)
            before = _facts(document) if document else None
            action = Action.REPLACED if document else Action.UPLOADED
            document = document or Document()
            _fill(document, actor, given, file)
            after = _facts(document)
            audit.record(actor, action, Subject.DOCUMENT, document.id, before=before, after=after)
            found[given.name] = document
            tasks[given.name] = _pend(document, ours)
    return [Stored(found[each.name], each.name in tasks, tasks.get(each.name)) for each in uploads]


def replace(
    actor: Actor,
    document_id: int,
    name: str,
    content: bytes,
    *,
    kind: DocumentKind | None = None,
    seen: str | None = None,
) -> Document | None:
    """A new file for a document, which is then called as the file is. None where it is gone.

    `seen`: the sha256 of the file it was made from. Raises Refused, also where another document
    has that name, and Stale where that file is the document's no more.
    """
    given = accept(name, content, kind)
    with _kept([given]) as (file,), transaction():
        one_at_a_time("documents")
        document = db.session.get(Document, document_id, with_for_update=True)
        other = _of_name(given.name)
        if document is None:
            after_commit(lambda: files.remove([file]))
            return None
        if seen is not None and document.sha256 != seen:
            raise Stale(document)
        if other is not None and other.id != document_id:
            raise Refused(Defect.NAME_TAKEN)
        before = _facts(document)
        _fill(document, actor, given, file)
        after = _facts(document)
        audit.record(
            actor, Action.REPLACED, Subject.DOCUMENT, document_id, before=before, after=after
        )
        _pend(document)
    return document


def retry(actor: Actor, document_id: int) -> bool:
    """Have a document that failed prepared again; False where there is nothing to retry."""
    with transaction():
        document = db.session.get(Document, document_id, with_for_update=True)
        if document is None or document.state != DocumentState.FAILED:
            return False
        audit.record(actor, Action.RETRIED, Subject.DOCUMENT, document_id)
        _pend(document)
    return True


def delete(actor: Actor, document_id: int) -> str | None:
    """A document goes with its passages, vectors and file; its name, None where it is gone."""
    with transaction():
        document = db.session.get(Document, document_id, with_for_update=True)
        if document is None:
            return None
        gone = {document.file, *search.deactivate([document_id])}
        search.delete_shadow(document_id)
        name = document.name
        audit.record(actor, Action.DELETED, Subject.DOCUMENT, document_id, before=_facts(document))
        db.session.delete(document)
        after_commit(lambda: files.remove(gone))
        live.changed(pending.PAGES)
        later("jobs.upkeep.tidy")
    return name


def unchanged(given: Upload) -> Document | None:
    """The document that is already what was given, ready or on its way."""
    document = db.session.scalar(select(Document).where(Document.name == given.name))
    if document is None or document.state == DocumentState.FAILED:
        return None
    return document if document.sha256 == given.sha256 else None


@contextmanager
def _kept(uploads: Sequence[Upload]) -> Iterator[list[str]]:
    """Their files, on the disk before a row speaks of them; gone again where none does.

    What goes wrong may do so after the commit, or nobody knows whether there was one.
    """
    kept: list[str] = []
    try:
        for each in uploads:
            kept.append(files.keep(each.content))
        yield kept
    except BaseException:
        with suppress(*DATABASE_AWAY):
            leftovers.remove_unnamed(kept)
        raise


def _of_name(name: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.name == name).with_for_update())


def _fill(document: Document, actor: Actor, given: Upload, file: str) -> None:
    """The row speaks of the new upload; what is found of an older one stays, with its file."""
    if document.id is not None:
        found = select(Passage.file).where(Passage.document_id == document.id, Passage.active)
        search.delete_shadow(document.id)
        unused = {document.file} - {db.session.scalar(found.limit(1))}
        after_commit(lambda: files.remove(unused))
    document.name, document.kind, document.file = given.name, given.kind, file
    document.size, document.sha256 = len(given.content), given.sha256
    document.uploaded_by, document.uploaded_at = audit.name_of(actor), utcnow()
    db.session.add(document)
    db.session.flush()


def _pend(document: Document, ours: bool = False) -> Task | None:
    """It is to be prepared anew; whoever was at it has lost it."""
    claims.release(document)
    claims.revive(document)
    pending.revived(document)
    if ours:
        return pending.take_row(document)
    later("jobs.imports.prepare", document.id)
    return None


def _facts(document: Document) -> dict[str, Any]:
    """What an entry of the audit says of it."""
    return {"name": document.name, "size": document.size, "sha256": document.sha256}
