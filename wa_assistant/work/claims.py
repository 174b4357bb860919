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

A new kind of work costs a line in policies.py, a Kind beside its domain's code, and its place in
operations/kinds.py: the sweeper and the page of dead letters then know it.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from flask import Flask, current_app
from sqlalchemy import ColumnElement, TextClause, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from .. import live
from ..database import db, transaction, utcnow
from .claimable import Claimable
from .faults import DATABASE_AWAY, NOT_OURS, outline
from .policies import Policy
from .queue import later
from .rates import scattered

log = logging.getLogger(__name__)

RENEWALS = 3  # in the time of a lease
DIED = "The worker ended while it had this."

Row = TypeVar("Row", bound=Claimable)


class Lost(Exception):
    """The claim is another worker's now, or the row is gone."""


@dataclass(frozen=True)
class Kind(Generic[Row]):
    """A kind of work: those rows of `table` of which `left` says that something is left to do.

    `named`: the column whose value its bell carries. `since`: how long a row has been left to do.
    `buried`: what else becomes of a row that is a dead letter now, in the same writing unit; after
    it nothing is left to do. `left_half_done`: the same for one whose worker stopped on its way.
    `find_overdue`: what `overdue` gives, where `since` and the policy's grace do not tell it.
    """

    policy: Policy
    table: type[Row]
    left: tuple[ColumnElement[bool] | TextClause, ...]
    named: InstrumentedAttribute[int]
    since: ColumnElement[datetime] | InstrumentedAttribute[Any]
    buried: Callable[[Row], None]
    left_half_done: Callable[[Row], None] = lambda row: None
    find_overdue: Callable[[int], list[int]] | None = None


@dataclass(frozen=True)
class Claim(Generic[Row]):
    """A row that is ours for now."""

    kind: Kind[Row]
    id: int
    token: str

    @property
    def holds(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions that pick the row while it is ours."""
        return (self.kind.table.id == self.id, self.kind.table.claim_token == self.token)


def take(kind: Kind[Row], row_id: int) -> Claim[Row] | None:
    """Claim the row, in a writing unit of its own; None where there is nothing to do for us."""
    with transaction():
        row = db.session.scalar(
            select(kind.table)
            .where(kind.table.id == row_id, *kind.left, is_due(kind))
            .with_for_update()
        )
        return None if row is None else take_row(kind, row)


def take_row(kind: Kind[Row], row: Row) -> Claim[Row] | None:
    """The same for a row that this writing unit has locked and found due."""
    if row.claim_token is not None:  # whoever had it never gave it back
        row.faults += 1
        row.fault = DIED
    if row.faults >= kind.policy.most_faults:
        bury(kind, row)
        return None
    row.claim_token = secrets.token_hex(16)
    row.due_at = utcnow() + timedelta(seconds=kind.policy.lease)
    return Claim(kind, row.id, row.claim_token)


@contextmanager
def working(*claims: Claim[Any], resumed: float = 0) -> Iterator[None]:
    """The block has these claims for as long as it runs, and gives back those it did not end.

    An exception is counted as a fault of ours, unless it is the database's or Redis's absence or
    an order to stop: then the work is gone on with after `resumed` seconds. A claim that turns out
    to be lost ends the block, and nothing else.
    """
    try:
        with renewed(*claims):
            yield
    except Lost as error:
        log.warning("a claim was lost: %s", error)
    except BaseException as error:
        is_fault = isinstance(error, Exception) and not isinstance(error, NOT_OURS)
        with suppress(*DATABASE_AWAY):  # the claims run out
            _lay_down(claims, resumed, error if is_fault else None)
        raise
    if _are_held(claims):  # the block ended without a word on some of them
        with transaction():
            for claim in claims:
                with suppress(Lost):
                    finish(own(claim))


@contextmanager
def renewed(*claims: Claim[Any]) -> Iterator[None]:
    """While the block runs, these claims do not run out; what is no longer ours stays another's."""
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    renewal = threading.Thread(target=_renew, args=(app, claims, done), daemon=True, name="claims")
    renewal.start()
    try:
        yield
    finally:
        done.set()
        renewal.join()


def own(claim: Claim[Row]) -> Row:
    """The row as it is now, locked for the writing unit under way and ours for another lease.

    Raises Lost.
    """
    row = db.session.scalar(
        select(claim.kind.table)
        .where(*claim.holds)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Lost(f"{claim.kind.policy.name} {claim.id}")
    row.due_at = utcnow() + timedelta(seconds=claim.kind.policy.lease)
    return row


def is_held(row: Claimable) -> bool:
    """Whether a worker has it; inside a writing unit that has locked the row."""
    return row.claim_token is not None and row.due_at is not None and row.due_at >= utcnow()


def release(row: Claimable, *, forgiven: bool = True) -> None:
    """It is free, and due at once where something is left to do; tries are counted on.

    `forgiven`: faults that came before count no more.
    """
    _let_go(row, None, forgiven)


def finish(row: Claimable) -> None:
    """It is done: the row is free, and what failed before counts no more."""
    release(row)
    row.attempts = 0


def postpone(kind: Kind[Row], row: Row, seconds: float, *, forgiven: bool = True) -> None:
    """It is free, and due in so many seconds; the bell rings then. No try is counted."""
    _let_go(row, utcnow() + timedelta(seconds=seconds), forgiven)
    later(kind.policy.bell, getattr(row, kind.named.key), delay=seconds)


def retry(kind: Kind[Row], row: Row, wish: float = 0) -> bool:
    """A try came to nothing for a passing reason: it is postponed by the policy's pause, or by
    `wish` seconds where that is more.

    False where that was the last try, and the row is still claimed: its end is the caller's.
    """
    row.attempts += 1
    policy = kind.policy
    if policy.most_attempts is not None and row.attempts >= policy.most_attempts:
        return False
    postpone(kind, row, max(wish, pause(policy, row.attempts)))
    return True


def pause(policy: Policy, attempts: int) -> float:
    """Seconds until the next try after so many, in step with nobody else's."""
    return scattered(_nth(policy.pauses, attempts))


def bury(kind: Kind[Row], row: Row) -> None:
    """Make it a dead letter, within a writing unit that has locked it."""
    log.error("dead letter: %s=%s\n%s", kind.policy.name, row.id, row.fault)
    row.dead_at, row.claim_token, row.due_at = utcnow(), None, None
    kind.buried(row)
    live.changed("frame")


def revive(row: Claimable) -> None:
    """It is no dead letter any more, and nothing counts against it."""
    row.dead_at = row.due_at = row.claim_token = row.fault = None
    row.attempts = row.faults = 0


def is_due(kind: Kind[Any]) -> ColumnElement[bool]:
    """The condition that a row may be taken now: nobody has it, and its time has come."""
    return or_(kind.table.due_at.is_(None), kind.table.due_at <= utcnow())


def overdue(kind: Kind[Any], limit: int) -> list[int]:
    """What the bell is to be rung with: what is left to do and nobody does, the longest first."""
    if kind.find_overdue is not None:
        return kind.find_overdue(limit)
    waited = kind.since < utcnow() - timedelta(seconds=kind.policy.grace)
    return list(
        db.session.scalars(
            select(kind.named)
            .where(*kind.left, is_due(kind), waited)
            .group_by(kind.named)
            .order_by(func.min(kind.since))
            .limit(limit)
        )
    )


def _let_go(row: Claimable, due_at: datetime | None, forgiven: bool) -> None:
    row.claim_token, row.due_at = None, due_at
    if forgiven:
        row.faults, row.fault = 0, None


def _are_held(claims: Sequence[Claim[Any]]) -> bool:
    found = [db.session.scalar(select(each.kind.table.id).where(*each.holds)) for each in claims]
    db.session.rollback()
    return any(found)


def _lay_down(claims: Sequence[Claim[Any]], resumed: float, fault: BaseException | None) -> None:
    """Free those that are still ours, half done; after the last fault it is taken up at once, to
    be buried."""
    with transaction():
        for claim in claims:
            try:
                row = own(claim)
            except Lost:
                continue
            kind, seconds = claim.kind, resumed
            if fault is not None:
                row.faults, row.fault = row.faults + 1, outline(fault)
                is_last = row.faults >= kind.policy.most_faults
                seconds = 0 if is_last else _nth(kind.policy.fault_pauses, row.faults)
            row.claim_token = None
            row.due_at = utcnow() + timedelta(seconds=seconds) if seconds else None
            kind.left_half_done(row)


def _renew(app: Flask, claims: Sequence[Claim[Any]], done: threading.Event) -> None:
    lease = min(claim.kind.policy.lease for claim in claims)
    while not done.wait(lease / RENEWALS):
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
    changed = update(table).where(*claim.holds).values(due_at=until).returning(table.id)
    return db.session.execute(changed).first() is not None


def _nth(pauses: tuple[float, ...], number: int) -> float:
    return pauses[min(number, len(pauses)) - 1] if pauses else 0.0
