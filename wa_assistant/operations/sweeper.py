"""Rings again for whatever is left to do and nobody does.

The database is the truth and Redis only rings bells: whatever a lost bell left behind is found
here within seconds. A surplus bell is harmless, but costs as much as any other.
"""

from typing import Any

from .. import logs
from ..intake import parked as parked_receipts
from ..intake import webhook_log
from ..journey import due
from ..knowledge import search
from ..money import ledger
from ..work import claims, overdue
from ..work.claims import Kind
from ..work.queue import BELLS, INTAKE, backlog, later, queue_of
from .kinds import KINDS

log = logs.get(__name__)

DRAIN_SECONDS = 5.0
MOST = 100  # bells in the queue: more would only make a busy hour busier
# However busy it is, who has waited longest is called, and first: perhaps their bell was lost
# with the worker that had it, and none of those in the queue is theirs.
LONGEST = 10
FULL = 1000  # and then the workers do not come to it anyway


def sweep() -> None:
    spooled = webhook_log.drain(DRAIN_SECONDS)
    if webhook_log.is_unheard():
        webhook_log.understand()  # here: with Redis away no bell is heard, and it may be a stop
    # What came in is called however much waits: it may say that we are to stop.
    rooms = {BELLS: _room(BELLS), INTAKE: max(LONGEST, _room(INTAKE))}
    rung = {
        "spooled": spooled,
        "lost calls": ledger.name_the_lost(),
        **_ring_for_the_unclaimed(rooms[BELLS]),
    }
    for kind in reversed(KINDS):
        rung[kind.policy.name] = _ring_for(kind, rooms[queue_of(kind.policy.bell)])
    _tell("swept", rung)


def free(owner: str) -> None:
    """What a dead process had is gone on with, before its claims run out: see kind.OWNER."""
    freed = {}
    for kind in KINDS:
        found = overdue.free(kind, owner)
        freed[kind.policy.name] = len(found)
        for named in dict.fromkeys(found):
            claims.ring(kind, named)
    _tell("freed", freed)


def _tell(done: str, counts: dict[str, int]) -> None:
    if any(counts.values()):
        log.info(done, **{name: n for name, n in counts.items() if n})


def _ring_for(kind: Kind[Any], room: int) -> int:
    """For what is left to do and nobody does; how much that is."""
    found = overdue.find(kind, room)
    for row_id in reversed(found):  # the last one called stands in front
        claims.ring(kind, row_id, first=True)
    return len(found)


def _ring_for_the_unclaimed(room: int) -> dict[str, int]:
    """What is due without anybody's claim on it: bells in their order, behind those that wait."""
    parked, unbegun = parked_receipts.of_known(room), due.find(room)
    for message_id in parked:
        later("jobs.webhooks.process_parked", message_id)
    for participant_id in unbegun:
        later("jobs.journey.begin", participant_id)
    if search.is_layout_outdated():
        later("jobs.imports.lay_out")
    return {"parked": len(parked), "unbegun": len(unbegun)}


def _room(queue: str) -> int:
    """How many more bells the queue may have; it is full where so many wait."""
    waiting = backlog(queue)
    return 0 if waiting >= FULL else max(LONGEST, MOST - waiting)
