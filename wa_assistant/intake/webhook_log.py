"""The log of raw webhooks: kept first, understood second.

The request that brings a webhook keeps it and rings, nothing else; those that come at once share a
commit, and a repeat meets the unique key and changes nothing. The engine lets them take effect in
the order in which they came, many in one transaction. What our own code fails on is retried by
itself after growing pauses, and in the end it is a dead letter, to be replayed by hand. What the
database cannot keep waits in the spool, and whatever comes meanwhile queues behind it.
"""

import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from .. import logs
from ..database import db, insert_new, insert_together, one_at_a_time, transaction, utcnow
from ..delivery import receipts
from ..models import Kind, State, Webhook
from ..models.webhook import IS_NOT_DONE
from ..work import claims, overdue, policies
from ..work.claims import Claim
from ..work.faults import DATABASE_AWAY
from ..work.queue import later
from . import inbound, not_ours, spool
from .inbound import LONGEST_ADDRESS

log = logs.get(__name__)

NOT_KEPT = (SQLAlchemyError, OSError)  # whatever it is: the spool is there for it
DRAIN_SECONDS = 1.0  # of a request, which Twilio waits for
BATCH = 200
MOST_BATCHES = 50
UNHEARD_SECONDS = 3.0
TOGETHER = 10  # in one transaction: for that long, nobody else writes on SQLite
WHEN_AND_WHENCE = (Webhook.received_at, Webhook.simulated)


def _buried(webhook: Webhook) -> None:
    webhook.error = webhook.error or webhook.fault


def _dismissed(webhook: Webhook) -> None:
    """It takes no effect, ever."""
    webhook.state, webhook.processed_at = State.DISMISSED, utcnow()


WEBHOOKS = claims.Kind(
    policies.WEBHOOK,
    Webhook,
    left=(IS_NOT_DONE, Webhook.state == State.RECEIVED, Webhook.dead_at.is_(None)),
    named=Webhook.id,
    since=Webhook.received_at,
    buried=_buried,
    dismissed=_dismissed,
    at_once=lambda webhook_id: not_ours.replay(webhook_id, process),
)

# Of which nothing is known but that it came.
FRESH = (*WEBHOOKS.left, Webhook.claim_token.is_(None), Webhook.faults == 0)


class NotKept(Exception):
    """Neither the database nor the disk would keep a webhook."""


def receive(kind: Kind, body: bytes, *, received_at: datetime | None = None) -> None:
    """Keep the webhook `body`, and ring for it: one bell for all that share a commit.

    Raises inbound.Malformed, and NotKept where Twilio must come again.
    """
    if keep(kind, body, received_at=received_at):
        ring()


def keep(
    kind: Kind, body: bytes, *, simulated: bool = False, received_at: datetime | None = None
) -> bool:
    """The same without the bell; whether it is ours to ring."""
    inbound.sid_in(body)
    entry = spool.Entry(kind, body, received_at or utcnow(), simulated)
    if not spool.is_empty() and _spool(entry):  # it may not overtake those that wait there
        drain(DRAIN_SECONDS)
        return False
    try:
        return insert_together(Webhook, _row(entry))
    except NOT_KEPT as error:
        log.warning("the database keeps no webhook, the spool will", error=type(error).__name__)
        if not _spool(entry):
            raise NotKept from error
    return False


def drain(seconds: float) -> int:
    """Let the database have what the spool holds, for so long; how many webhooks that were."""
    try:
        count = spool.drain(_take, seconds)
    except NOT_KEPT as error:
        log.warning("the spool waits for the database", error=type(error).__name__)
        return 0
    if count:
        ring()
    return count


def ring() -> None:
    """Have what was kept understood."""
    later("jobs.webhooks.understand")


def is_unheard() -> bool:
    """Whether something was kept a while ago and nobody has looked at it: its bell was lost."""
    waited = (*FRESH, overdue.has_waited(Webhook.received_at, UNHEARD_SECONDS))
    looked_at = (*WEBHOOKS.left, Webhook.claim_token.is_not(None), Webhook.due_at >= utcnow())
    found = [select(Webhook.id).where(*which).limit(1) for which in (waited, looked_at)]
    unheard, under_way = (db.session.scalar(each) for each in found)
    return unheard is not None and under_way is None


def understand() -> None:
    """Let what was kept take effect, in order; what failed before is left to retries.py.

    Whatever comes meanwhile, it ends, and rings for the rest.
    """
    for _ in range(MOST_BATCHES):
        batch = _take_batch()
        if not batch:
            return
        with claims.working(*batch):
            _process_all([claim.id for claim in batch])
    ring()


def _process_all(webhook_ids: list[int]) -> None:
    """In order, those of a kind together: a receipt may lock what a message must not wait for."""
    columns = select(Webhook.kind, Webhook.id, Webhook.sender).where(Webhook.id.in_(webhook_ids))
    rows = db.session.execute(columns.order_by(Webhook.id)).all()
    db.session.rollback()
    for _, run in groupby(rows, key=lambda row: row.kind):
        _process_run([(row.id, row.sender) for row in run])


def _process_run(run: list[tuple[int, str | None]]) -> None:
    """Together, or where one of them fails each by itself, so that the fault is its own."""
    if len(run) > 1:
        try:
            _take_effect([webhook_id for webhook_id, _ in run])
        except Exception:
            log.warning("webhooks are processed one by one", exc_info=True)
        else:
            return
    failed: tuple[str | None, Exception] | None = None
    for webhook_id, sender in run:
        if failed and sender == failed[0]:
            continue  # it may not overtake
        try:
            process(webhook_id)
        except DATABASE_AWAY as error:
            if failed:  # it is the database, and not what one of them does to it
                raise
            failed = sender, error
    if failed:
        raise failed[1]


def process_kept(kind: Kind, body: bytes) -> None:
    """Let what was just kept take effect, for who shows it next; else the engine does."""
    key = inbound.key_of(kind, body)
    with suppress(*DATABASE_AWAY):
        waiting = select(Webhook.id).where(Webhook.key == key, Webhook.state == State.RECEIVED)
        if (webhook_id := db.session.scalar(waiting)) is not None:
            process(webhook_id)


def process(webhook_id: int) -> bool:
    """Let the webhook take effect, once; False when it could not, or had already.

    A fault of our own is counted. Raises when the database is away.
    """
    try:
        return _take_effect([webhook_id]) == 1
    except DATABASE_AWAY:
        raise
    except Exception as error:
        log.exception("webhook not processed", webhook=webhook_id)
        _count_fault(webhook_id, error)
    return False


def _take_effect(webhook_ids: list[int]) -> int:
    """All of these that had no effect yet, in one writing unit; how many those were.

    The rows' own locks keep two apart: the second finds them done.
    """
    done = {"state": State.PROCESSED, "processed_at": utcnow(), "error": None, "not_ours": None}
    with transaction():
        one_at_a_time("webhooks")
        found = db.session.execute(
            update(Webhook)
            .where(Webhook.id.in_(webhook_ids), IS_NOT_DONE)
            .values(done | claims.DONE)
            .returning(Webhook.id, Webhook.kind, Webhook.body, *WHEN_AND_WHENCE)
            .execution_options(synchronize_session=False)
        ).all()
        for webhook_id, kind, body, at, simulated in sorted(found):
            fields = inbound.form_in(body)
            whose = None if simulated else inbound.another_s(fields, Kind(kind))
            if kind == Kind.INBOUND and whose is None:
                inbound.receive(fields, simulated=simulated, at=at)
            elif kind == Kind.STATUS and receipts.apply(fields):
                continue  # whoever it is of by now, the message is ours
            elif whose is None:
                _park(webhook_id)
            else:
                not_ours.put_by(WEBHOOKS, webhook_id, whose)
    return len(found)


def unprocessed(limit: int = BATCH) -> Sequence[Webhook]:
    """What waits or is a dead letter, oldest first; parked receipts are not faults."""
    return db.session.scalars(
        select(Webhook).where(Webhook.state == State.RECEIVED).order_by(Webhook.id).limit(limit)
    ).all()


def _spool(entry: spool.Entry) -> bool:
    try:
        spool.append(entry)
    except OSError:
        log.exception("the spool cannot be written")
        return False
    return True


def _take(entry: spool.Entry) -> None:
    """Keep what was spooled; raises when the database is away once more."""
    try:
        row = _row(entry)
    except inbound.Malformed:  # the rule is stricter now than when it was spooled
        spool.keep_apart(entry.line())
        return
    with transaction():
        insert_new(Webhook, [row])


def _row(entry: spool.Entry) -> dict[str, Any]:
    sender = None
    if entry.kind == Kind.INBOUND:
        sender = inbound.address_in(inbound.form_in(entry.body))[:LONGEST_ADDRESS] or None
    return {
        "kind": entry.kind,
        "key": inbound.key_of(entry.kind, entry.body),
        "provider_sid": inbound.sid_in(entry.body),
        "sender": sender,
        "body": entry.body,
        "simulated": entry.simulated,
        "received_at": entry.received_at,
    }


def _take_batch() -> list[Claim[Webhook]]:
    """Claim the next of what nothing is known against, without those whose sender has an earlier
    one under way.
    """
    under_way = select(Webhook.sender).where(
        *WEBHOOKS.left, Webhook.claim_token.is_not(None), Webhook.sender.is_not(None)
    )
    others = or_(Webhook.sender.is_(None), Webhook.sender.not_in(under_way.correlate(None)))
    with transaction():
        one_at_a_time("webhooks")
        found = db.session.scalars(
            select(Webhook)
            .where(*FRESH, others)
            .order_by(Webhook.id)
            .limit(TOGETHER)
            .with_for_update()
        ).all()
        return [claim for each in found if (claim := claims.take_row(WEBHOOKS, each))]


def _park(webhook_id: int) -> None:
    parked = {"state": State.PARKED, "processed_at": None}
    db.session.execute(update(Webhook).where(Webhook.id == webhook_id).values(parked))


def _count_fault(webhook_id: int, error: Exception) -> None:
    words = "".join(traceback.format_exception(error, limit=20)).replace("\x00", "")
    with transaction():
        webhook = db.session.get_one(Webhook, webhook_id, with_for_update=True)
        if webhook.state in (State.PROCESSED, State.DISMISSED):
            return  # by another, at the same moment
        webhook.state, webhook.error = State.RECEIVED, words  # also one that was parked
        claims.blame(WEBHOOKS, webhook, error)
        if webhook.faults >= WEBHOOKS.policy.most_faults:
            claims.bury(WEBHOOKS, webhook)
