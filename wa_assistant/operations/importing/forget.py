"""What a file said goes again: its lines a few at a time, then the file, at last the import itself
where it never took effect."""

from sqlalchemy import delete, select

from ...database import db, utcnow
from ...models import Import, ImportLine, ImportState
from ...work.claims import Claim
from . import files
from .kind import Pace, ended


def forget(claim: Claim[Import]) -> None:
    """Raises claims.Lost."""
    pace = Pace()
    forget_lines(claim, pace)
    files.remove(db.session.get_one(Import, claim.id).file)
    with pace.unit(claim) as found:
        if found.applied_at is None:
            db.session.delete(found)
            return
        found.forgotten_at = utcnow()
        ended(found, ImportState.UNDONE if found.undone_at else ImportState.APPLIED)


def forget_lines(claim: Claim[Import], pace: Pace) -> None:
    """All that it has. Raises claims.Lost."""
    theirs = select(ImportLine.id).where(ImportLine.import_id == claim.id)
    while db.session.scalar(theirs.limit(1)) is not None:
        with pace.unit(claim):
            some = db.session.scalars(theirs.limit(pace.lines)).all()
            db.session.execute(delete(ImportLine).where(ImportLine.id.in_(some)))
