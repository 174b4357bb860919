"""One worker at a time has a row of work; the same for every kind of work there is.

What is guaranteed: of all threads and processes one has the claim, and each of its writes names
the claim's token, so that who lost it changes nothing. A claim is renewed while its worker lives.
One that is not runs out, and another worker takes the row: the work may then be done twice, never
by two at once, and never not at all. A worker that died, or failed by a fault of our own, is
counted; after so many in succession the row is a dead letter, which a person replays or dismisses.

The life of a claim, in the order in which it is read:

1. `take` (or `take_row`) claims a row that is due; None where it is not, or another has it.
2. `working` renews it while the block runs, and counts a fault where the block raises one.
3. `own` locks the row in a writing unit, before anything is written that rests on the claim.
4. `finish`, `postpone` or `retry` ends it, in that same writing unit.
"""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, or_, select, update

from .. import live, logs
from ..database import after_commit, db, transaction, utcnow
from ..outline import outline
from .claimable import DONE as DONE
from .claimable import Claimable
from .faults import DATABASE_AWAY, DIED, NOT_OURS
from .kind import OWNER, STOPPING, UNDER_WAY, Row
from .kind import Claim as Claim
from .kind import Kind as Kind
from .kind import Lost as Lost
from .policies import LONGEST_LEASE
from .queue import later

log = logs.get(__name__)

RENEWALS = 3  # in the time of a lease


def take(kind: Kind[Row], row_id: int) -> Claim[Row] | None:
    """Claim the row, in a writing unit of its own; None where there is nothing to do for us."""
    with transaction():
        row = due_row(kind, row_id)
        return None if row is None else take_row(kind, row)


def due_row(kind: Kind[Row], row_id: int) -> Row | None:
    """The row, locked for the writing unit under way, where `take_row` may have it now."""
    return db.session.scalar(
        select(kind.table)
        .where(kind.table.id == row_id, *kind.left, is_due(kind))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def take_row(kind: Kind[Row], row: Row) -> Claim[Row] | None:
    """The same for a row that this writing unit has locked and found due."""
    if STOPPING.is_set():
        return None
    if row.claim_token is not None:  # whoever had it never gave it back
        row.faults += 1
        row.fault = DIED
    if row.faults >= kind.policy.most_faults:
        bury(kind, row)
        return None
    row.claim_token = OWNER + secrets.token_hex(12)
    row.due_at = utcnow() + timedelta(seconds=kind.policy.lease)
    return Claim(kind, row.id, row.claim_token)


@contextmanager
def working(*claims: Claim[Any], resumed: float = 0) -> Iterator[None]:
    """The block has these claims for as long as it runs, and gives back those it did not end.

    An exception is counted as a fault of ours, unless it is the database's or Redis's absence or
    an order to stop: then the work is gone on with after `resumed` seconds. A claim that turns out
    to be lost ends the block, and nothing else.
    """
    UNDER_WAY.update({claim.token: (claim, resumed) for claim in claims})
    try:
        with renewed(*claims):
            yield
    except Lost as error:
        log.warning("a claim was lost", claim=error)
    except BaseException as error:
        is_fault = isinstance(error, Exception) and not isinstance(error, NOT_OURS)
        with suppress(*DATABASE_AWAY):  # the claims run out
            _lay_down(claims, resumed, error if is_fault else None)
        raise
    finally:
        unsaid = [claim for claim in claims if UNDER_WAY.pop(claim.token, None)]
    if unsaid and (left := held(*unsaid)):  # the block ended without a word on some of them
        with transaction():
            for claim in left:
                with suppress(Lost):
                    finish(own(claim))


def give_back() -> None:
    """This process ends: what it has not finished is free, as where a block is told to stop."""
    held = list(UNDER_WAY.values())
    with suppress(*DATABASE_AWAY):  # the claims run out
        for pause in {resumed for _, resumed in held}:
            _lay_down([claim for claim, resumed in held if resumed == pause], pause, None)


@contextmanager
def renewed(*claims: Claim[Any]) -> Iterator[None]:
    """While the block runs, a thread beside it renews these claims; one that is lost stays lost."""
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(target=_renew, args=(app, claims, done), daemon=True, name="claims")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def own(claim: Claim[Row]) -> Row:
    """The row as it is now, locked for the writing unit under way, and ours for half a lease at
    least. Raises Lost."""
    row = db.session.scalar(
        select(claim.kind.table)
        .where(*_ours(claim))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Lost(f"{claim.kind.policy.name} {claim.id}")
    lease, now = timedelta(seconds=claim.kind.policy.lease), utcnow()
    if row.due_at is None or row.due_at < now + lease / 2:  # most end it in this very unit
        row.due_at = now + lease
    return row


def held(*claims: Claim[Any]) -> list[Claim[Any]]:
    """Those that are still ours; outside of a writing unit."""
    tokens: set[str | None] = set()
    ids = [claim.id for claim in claims]
    for table in {claim.kind.table for claim in claims}:
        tokens.update(db.session.scalars(select(table.claim_token).where(table.id.in_(ids))))
    db.session.rollback()
    return [claim for claim in claims if claim.token in tokens]


def is_held(row: Claimable) -> bool:
    """Whether a worker has it; for good inside a writing unit that has locked the row."""
    return row.claim_token is not None and waits(row, LONGEST_LEASE)


def waits(row: Claimable, longest: timedelta) -> bool:
    """Whether its time is yet to come: it is held, or postponed. The opposite of `is_due`."""
    now = utcnow()
    return row.due_at is not None and now <= row.due_at <= now + longest


def release(row: Claimable, *, forgiven: bool = True) -> None:
    """It is free, and due at once where something is left to do; tries are counted on, and so are
    faults, unless `forgiven`."""
    _let_go(row, None, forgiven)


def finish(row: Claimable) -> None:
    """It is done: the row is free, and what failed before counts no more."""
    release(row)
    got_on(row)


def got_on(row: Claimable) -> None:
    """A part of it is done for good: tries that came to nothing before count no more."""
    row.attempts = 0


def postpone(kind: Kind[Row], row: Row, seconds: float, *, forgiven: bool = False) -> None:
    """It is free, and due in so many seconds; the bell rings then. No try is counted.

    `forgiven`: faults that came before count no more. Who only waits for a turn has not earned it.
    """
    seconds = min(seconds, kind.policy.longest.total_seconds())
    _let_go(row, utcnow() + timedelta(seconds=seconds), forgiven)
    ring(kind, getattr(row, kind.named.key), delay=seconds)


def retry(kind: Kind[Row], row: Row, wish: float = 0, most: int | None = None) -> bool:
    """A try came to nothing for a passing reason: it is postponed by the policy's pause, or by
    `wish` seconds where that is more. `most`: tries, where those are fewer than the policy's.

    False where that was the last try, and the row is still claimed: its end is the caller's.
    """
    if not count_attempt(kind, row, most):
        return False
    postpone(kind, row, max(wish, kind.policy.pause(row.attempts)))
    return True


def count_attempt(kind: Kind[Row], row: Row, most: int | None = None) -> bool:
    """A try came to nothing for a passing reason; whether there may be another.

    The last try counts once, however often it is asked about.
    """
    most = most or kind.policy.most_attempts
    row.attempts = row.attempts + 1 if most is None else min(row.attempts + 1, most)
    return most is None or row.attempts < most


def blame(kind: Kind[Row], row: Row, error: BaseException) -> None:
    """Working on it failed by a fault of our own: that is counted, and it is due after a pause.

    After the last one it is due at once, to be buried by whoever takes it. In a writing unit that
    has locked it.
    """
    row.faults, row.fault = row.faults + 1, outline(error)
    is_last = row.faults >= kind.policy.most_faults
    postpone(kind, row, 0 if is_last else kind.policy.fault_pause(row.faults))


def bury(kind: Kind[Row], row: Row) -> None:
    """Make it a dead letter, within a writing unit that has locked it."""
    log.error("dead letter", kind=kind.policy.name, row=row.id, stack=row.fault)
    row.dead_at, row.claim_token, row.due_at = utcnow(), None, None
    kind.buried(row)
    live.changed("frame")


def revive(row: Claimable) -> None:
    """It is no dead letter any more, and nothing counts against it; in a writing unit that has
    locked it. Who has it meanwhile, as a participant's newer messages are answered, keeps it.
    """
    row.dead_at = row.fault = None
    row.attempts = row.faults = 0
    if not is_held(row):
        row.claim_token = row.due_at = None


def is_due(kind: Kind[Any]) -> ColumnElement[bool]:
    """The condition that a row may be taken now: its time has come, or a wrong clock wrote it."""
    due_at, now = kind.table.due_at, utcnow()
    return or_(due_at.is_(None), due_at < now, due_at > now + kind.policy.longest)


def ring(kind: Kind[Any], named: int, *, delay: float = 0, first: bool = False) -> None:
    """Have somebody look after it, `delay` seconds after the commit: see queue.later."""
    later(kind.policy.bell, named, delay=delay, first=first)


def _let_go(row: Claimable, due_at: datetime | None, forgiven: bool) -> None:
    ended, row.claim_token, row.due_at = row.claim_token or "", None, due_at
    after_commit(lambda: UNDER_WAY.pop(ended, None))  # nobody need look whether it is still ours
    if forgiven:
        row.faults, row.fault = 0, None


def _lay_down(claims: Sequence[Claim[Any]], resumed: float, fault: BaseException | None) -> None:
    """Free those that are still ours, half done."""
    with transaction():
        for claim in claims:
            try:
                row = own(claim)
            except Lost:
                continue
            if fault is not None:
                blame(claim.kind, row, fault)
            else:
                _let_go(row, utcnow() + timedelta(seconds=resumed), forgiven=False)
                # Not at once: what is away for us may be away for the next as well.
                ring(claim.kind, getattr(row, claim.kind.named.key), delay=max(resumed, 1))
            claim.kind.left_half_done(row)


def _renew(app: Flask, claims: Sequence[Claim[Any]], done: threading.Event) -> None:
    while not done.wait(min(claim.kind.policy.lease for claim in claims) / RENEWALS):
        try:
            with app.app_context(), transaction():
                left = [_prolong(claim) for claim in claims]
        except DATABASE_AWAY:
            log.warning("claims not renewed, tried again")
        else:
            if not any(left):
                return


def _prolong(claim: Claim[Any]) -> bool:
    """By a statement alone: the row may be large, and nothing else of it is wanted."""
    table, until = claim.kind.table, utcnow() + timedelta(seconds=claim.kind.policy.lease)
    changed = update(table).where(*_ours(claim)).values(due_at=until).returning(table.id)
    return db.session.execute(changed).first() is not None


def _ours(claim: Claim[Any]) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the row while it is ours."""
    table = claim.kind.table
    return (table.id == claim.id, table.claim_token == claim.token)
