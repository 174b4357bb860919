"""What an owner does with an import: begin it, have it read in another way, apply it, undo it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import IO

from sqlalchemy import or_, select

from ... import audit, live
from ...audit import Actor
from ...database import db, transaction, utcnow
from ...knowledge.files import shown_name
from ...models import Action, Import, ImportState, LineOutcome, Subject, User
from ...work import claims
from ...work.queue import later
from . import files
from .kind import PAGE

UNDOABLE = timedelta(days=7)
LEFT_ALONE_SECONDS = 24 * 3600
NOT_APPLIED = (ImportState.SHOWN, ImportState.UNCHANGED, ImportState.FAILED)


def begin(actor: User, name: str, stream: IO[bytes]) -> Import:
    """Have the file looked at; nothing is changed by it yet. Raises WrongFileError."""
    file, size = files.keep(stream)
    try:
        kind = files.kind_of(file)
        with transaction():
            found = Import(name=shown_name(name) or file, file=file, kind=kind, size=size)
            found.asked_by_id = actor.id
            db.session.add(found)
            db.session.flush()
            audit.record(actor, Action.UPLOADED, Subject.IMPORT, found.id)
            _go_on(found, ImportState.LOOKING)
    except BaseException:
        files.remove(file)
        raise
    return found


def look_again(
    import_id: int, columns: Sequence[str], encoding: str | None, delimiter: str | None
) -> bool:
    """The same file, read in that way; with another delimiter the columns are found anew. False
    where it is too late."""
    with transaction():
        found = _of(import_id, *NOT_APPLIED)
        if found is None or has_begun(found):
            return False
        same = (found.encoding, found.delimiter) == (encoding, delimiter) and bool(columns)
        found.columns = list(columns) if same else None
        found.encoding, found.delimiter = encoding, delimiter
        found.place, found.share = 0, 0
        for outcome in LineOutcome:
            setattr(found, outcome, 0)
        _go_on(found, ImportState.LOOKING)
        return True


def apply(actor: Actor, import_id: int) -> bool:
    """Have it take effect, or what is left of it where it stopped; False where it does already, or
    has nothing to change."""
    with transaction():
        found = _of(import_id, ImportState.SHOWN)
        if found is None or not found.to_do:
            return False
        counts: dict[str, int] = {each: getattr(found, each) for each in LineOutcome}
        audit.record(actor, Action.IMPORTED, Subject.IMPORT, found.id, after=counts)
        _go_on(found, ImportState.APPLYING)
        return True


def undo(actor: Actor, import_id: int) -> bool:
    """Have it taken back, or what is left of it where that stopped; False where it is too late, or
    under way."""
    with transaction():
        found = _of(import_id, ImportState.APPLIED, ImportState.SHOWN)
        if found is None or not is_undoable(found):
            return False
        if found.state == ImportState.SHOWN:  # it stopped half way, and ends there
            found.place, found.applied_at = 0, utcnow()
        audit.record(actor, Action.UNDID_IMPORT, Subject.IMPORT, found.id)
        _go_on(found, ImportState.UNDOING)
        return True


def discard(actor: Actor, import_id: int) -> bool:
    """It is not applied, and its file goes."""
    with transaction():
        found = _of(import_id, *NOT_APPLIED)
        if found is None or has_begun(found):
            return False
        audit.record(actor, Action.DISMISSED, Subject.IMPORT, found.id)
        _go_on(found, ImportState.FORGETTING)
        return True


def has_begun(found: Import) -> bool:
    """Whether some of it took effect: what it changed, its lines alone know."""
    return found.applied_at is not None or found.done > 0


def is_undoable(found: Import) -> bool:
    """Whether what took effect of it can be taken back, also where that was not all."""
    if found.state == ImportState.SHOWN:
        return found.done > 0
    recent = found.applied_at is not None and utcnow() < found.applied_at + UNDOABLE
    return recent and found.state == ImportState.APPLIED and found.forgotten_at is None


def tidy() -> None:
    """What can be undone no more is forgotten; so are files that nobody has decided about."""
    before = utcnow() - UNDOABLE
    old = (
        Import.forgotten_at.is_(None),
        Import.state.not_in([ImportState.APPLYING, ImportState.UNDOING, ImportState.LOOKING]),
        or_(Import.applied_at < before, Import.applied_at.is_(None) & (Import.created_at < before)),
    )
    with transaction():
        for found in db.session.scalars(select(Import).where(*old).with_for_update()):
            _go_on(found, ImportState.FORGETTING)
    names = set(db.session.scalars(select(Import.file)))
    db.session.rollback()
    oldest = (utcnow() - timedelta(seconds=LEFT_ALONE_SECONDS)).timestamp()
    for each in files.folder().iterdir():
        if each.name not in names and each.stat().st_mtime < oldest:
            files.remove(each.name)


def _of(import_id: int, *states: ImportState) -> Import | None:
    theirs = (Import.id == import_id, Import.state.in_(states))
    return db.session.scalar(select(Import).where(*theirs).with_for_update())


def _go_on(found: Import, state: ImportState) -> None:
    found.state, found.problem = state, None
    claims.revive(found)
    later("jobs.imports.take_in", found.id)
    live.changed(PAGE)
