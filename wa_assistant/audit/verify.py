"""Goes through the chain over the audit, and names the first entry that is not as it was chained.

What it can tell, of an entry that was chained: that it was changed, that it is missing, that it
stands elsewhere than it was chained or was put between, that the end was cut off. What it cannot:
who writes to the database without the triggers and chains everything anew, anchor and all, leaves
nothing to see, except to who has written a position with its hash down elsewhere. Nor does it tell
of what happens to an entry in the minute before it is chained.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select

from .. import logs
from ..database import db, transaction, utcnow
from ..models import AuditChain, AuditEntry
from ..models.audit import IS_UNCHAINED
from .chain import CONTENT, THE_ROW, digest, linked, state

AT_ONCE = 2_000  # read
MOST = 50_000  # gone through in one run of the schedule's: about a second of a processor
OF_CHAIN = (AuditEntry.position, AuditEntry.salt, AuditEntry.digest, AuditEntry.hash)

log = logs.get(__name__)


class Fault(StrEnum):
    """What is wrong with the first entry that is not as it was chained."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"  # or put between, or the one before was made anew
    CUT_OFF = "cut off"
    NOT_THE_ANCHOR = "not the anchor"
    NOT_AS_NOTED = "not as noted"


@dataclass(frozen=True)
class Broken:
    """`position`: where the chain breaks; `entry_id` is of the entry there, where there is one."""

    fault: Fault
    position: int
    entry_id: int | None = None


class Note(NamedTuple):
    """What stood at a position when somebody wrote it down."""

    position: int
    hash: str


@dataclass(frozen=True)
class Found:
    """`end`: how far it was gone through, and the hash there; `unchained`: what waits for that."""

    end: Note
    unchained: int = 0
    broken: Broken | None = None


def verify(note: Note | None = None) -> Found:
    """The whole chain from its first entry on; also against what somebody has noted of it."""
    anchor = _anchor()
    found = _walk(Note(0, ""), anchor, note)
    _keep(found, anchor)
    unchained = db.session.scalar(select(func.count(AuditEntry.id)).where(IS_UNCHAINED)) or 0
    return Found(found.end, unchained, found.broken)


def go_on() -> None:
    """Go through the next part of the chain, and begin again when its end was reached."""
    anchor = _anchor()
    begun = db.session.scalar(select(AuditEntry.hash).where(AuditEntry.position == anchor.seen))
    start = Note(anchor.seen, begun) if begun else Note(0, "")
    _keep(_walk(start, anchor, most=MOST), anchor)


class Anchor(NamedTuple):
    """The end of the chain as it was written down with it, and how far it was gone through."""

    position: int
    hash: str
    seen: int


def _anchor() -> Anchor:
    row = state()
    return Anchor(row.position, row.hash, row.seen) if row else Anchor(0, "", 0)


def _walk(start: Note, anchor: Anchor, note: Note | None = None, most: int | None = None) -> Found:
    last, seen = start, 0
    try:
        for row in _rows(start.position, most):
            fault = _fault(row, last) or _otherwise(row, anchor, note)
            if fault is Fault.MISSING:
                return Found(last, broken=Broken(fault, last.position + 1))
            if fault:
                return Found(last, broken=Broken(fault, row.position, row.id))
            last, seen = Note(row.position, row.hash), seen + 1
    except Unreadable:
        return Found(last, broken=Broken(Fault.CHANGED, last.position + 1))
    is_over = most is None or seen < most
    if is_over and last.position < max(anchor.position, note.position if note else 0):
        return Found(last, broken=Broken(Fault.CUT_OFF, last.position + 1))
    return Found(last)


class Unreadable(Exception):
    """The next entry holds what is no moment or no JSON."""


def _rows(after: int, most: int | None) -> Iterator[Row[Any]]:
    """The entries behind that position, in the chain's order, by parts: nothing is kept open for
    as long as it takes to go through them all."""
    left = most
    while left is None or left > 0:
        found = _part(after, AT_ONCE if left is None else min(AT_ONCE, left))
        db.session.rollback()
        if not found:
            return
        yield from found
        after, left = found[-1].position, None if left is None else left - len(found)


def _part(after: int, number: int) -> Sequence[Row[Any]]:
    """As many at most; fewer where one of them cannot be read. Raises Unreadable for the first."""
    chained = select(*CONTENT, *OF_CHAIN).where(AuditEntry.position > after)
    try:
        return db.session.execute(chained.order_by(AuditEntry.position).limit(number)).all()
    except ValueError:
        if number == 1:
            raise Unreadable from None
        return _part(after, number // 2)


def _fault(row: Row[Any], last: Note) -> Fault | None:
    if row.position > last.position + 1:
        return Fault.MISSING
    if digest(row.salt, row[: len(CONTENT)]) != row.digest:
        return Fault.CHANGED
    if row.position <= last.position or linked(last.hash, row.position, row.digest) != row.hash:
        return Fault.MOVED
    return None


def _otherwise(row: Row[Any], anchor: Anchor, note: Note | None) -> Fault | None:
    """Whether all that leads here was made anew."""
    if row.position == anchor.position and row.hash != anchor.hash:
        return Fault.NOT_THE_ANCHOR
    if note and row.position == note.position and row.hash != note.hash:
        return Fault.NOT_AS_NOTED
    return None


def _keep(found: Found, anchor: Anchor) -> None:
    """What was found, for the page about it."""
    broken, end = found.broken, found.end
    if broken:
        log.error("the audit is broken", position=broken.position, fault=broken.fault)
    if broken is None and anchor.position == 0:
        return  # there is nothing yet
    is_over = broken is not None or end.position >= anchor.position
    with transaction():
        row = db.session.get(AuditChain, THE_ROW) or AuditChain(id=THE_ROW)
        db.session.add(row)
        row.seen = 0 if is_over else end.position
        if broken:
            row.fault, row.fault_at = broken.fault, broken.position
        elif is_over:
            row.fault = row.fault_at = None
            row.verified, row.verified_at = end.position, utcnow()
