"""Chains entries of the audit by hash, so that what is changed or taken out later shows.

Guarantee: each entry that is committed is chained once, at most a minute later. The chain gives
each its position, from 1 on without a gap, in the order in which it sees them: ids that are
committed late or out of order, as on Postgres, are simply chained after. The act's own transaction
takes no lock for it, and two machines that chain at once take turns.

An entry's digest is of all it tells, with a salt of its own; its hash is of the hash before, of its
position and of that digest. What is salted can be taken out one day, digest kept, and nobody can
try out what it was: see docs/decisions/a-chain-over-the-audit.md.
"""

import json
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from ..database import Base, db, insert_once, one_at_a_time, transaction, utcnow
from ..models import AuditChain, AuditEntry
from ..models.audit import IS_UNCHAINED

THE_ROW = 1
AT_ONCE = 500  # in one writing unit, which holds up others for 20 to 60 ms
MOST = 20_000  # in one run: what was there before the chain
CONTENT = (
    AuditEntry.id,
    AuditEntry.created_at,
    AuditEntry.actor,
    AuditEntry.action,
    AuditEntry.subject,
    AuditEntry.subject_id,
    AuditEntry.before,
    AuditEntry.after,
    AuditEntry.origin,
    AuditEntry.place,
)
ENTRIES = Base.metadata.tables[AuditEntry.__tablename__]


def chain() -> int:
    """Chain what has come since; how much that was."""
    number = 0
    while number < MOST:
        chained = _some()
        number += chained
        if chained < AT_ONCE:
            break
    return number


def state() -> AuditChain | None:
    """How far the audit is chained and verified; None where nothing was chained yet."""
    return db.session.get(AuditChain, THE_ROW)


def digest(salt: str, content: Sequence[Any]) -> str:
    """Of an entry that tells `content`: values of CONTENT, in their order."""
    entry_id, created_at, *rest = content
    told = [entry_id, created_at.isoformat(timespec="microseconds"), *rest]
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return sha256(f"{salt}{text}".encode()).hexdigest()


def linked(before: str, position: int, digest: str) -> str:
    """The hash at `position`, behind that of the one before; "" before the first."""
    return sha256(f"{before} {position} {digest}".encode()).hexdigest()


def _some() -> int:
    if not _unchained(1):  # most minutes: then nobody's turn to write is taken
        return 0
    with transaction():
        one_at_a_time("audit chain")
        if state() is None:
            insert_once(AuditChain, id=THE_ROW)
        end = db.session.get_one(AuditChain, THE_ROW)
        found = _unchained(AT_ONCE)
        links = []
        for entry in found:
            links.append(link := _link(end, entry))
            end.position, end.hash = link["position"], link["hash"]
        if links:
            end.chained_at = utcnow()
            chained = update(ENTRIES).where(ENTRIES.c.id == bindparam("entry"))
            db.session.execute(chained, links)
    return len(links)


def _unchained(most: int) -> Sequence[Row[Any]]:
    entries = select(*CONTENT).where(IS_UNCHAINED).order_by(AuditEntry.id).limit(most)
    return db.session.execute(entries).all()


def _link(end: AuditChain, entry: Row[Any]) -> dict[str, Any]:
    """What an entry is given that comes behind `end`."""
    salt, position = secrets.token_hex(16), end.position + 1
    of_entry = digest(salt, entry)
    return {
        "entry": entry.id,
        "position": position,
        "salt": salt,
        "digest": of_entry,
        "hash": linked(end.hash, position, of_entry),
    }
