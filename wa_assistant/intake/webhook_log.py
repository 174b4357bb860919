"""The log of raw webhooks: kept first, understood second.

The request that brings a webhook keeps it and rings, nothing else; those that come at once share a
commit, and a repeat meets the unique key and changes nothing. The engine lets them take effect in
the order in which they came, many in one transaction. What our own code fails on is retried by
itself after growing pauses, and in the end it is a dead letter, to be replayed by hand. What the
database cannot keep waits in the spool, and whatever comes meanwhile queues behind it.
"""

import logging
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from ..database import db, insert_new, insert_together, one_at_a_time, transaction, utcnow
from ..delivery import receipts
from ..models import Kind, State, Webhook
from ..models.webhook import IS_NOT_DONE
from ..work import claims, policies
from ..work.claims import Claim
from ..work.faults import DATABASE_AWAY, outline
from ..work.queue import later
from . import inbound, spool
from .inbound import LONGEST_ADDRESS

log = logging.getLogger(__name__)

NOT_KEPT = (SQLAlchemyError, OSError)  # whatever it is: the spool is there for it
DRAIN_SECONDS = 1.0  # of a request, which Twilio waits for
BATCH = 200
TOGETHER = 25  # in one transaction: for that long, nobody else writes on SQLite
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
    at_once=lambda webhook_id: process(webhook_id),
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
        log.warning("the database keeps no webhook, the spool will: %s", type(error).__name__)
        if not _spool(entry):
            raise NotKept from error
    return False


def drain(seconds: float) -> int:
    """Let the database have what the spool holds, for so long; how many webhooks that were."""
    try:
        count = spool.drain(_take, seconds)
    except NOT_KEPT as error:
        log.warning("the spool waits for the database: %s", type(error).__name__)
        return 0
    if count:
        ring()
    return count


def ring() -> None:
    """Have what was kept understood, before all else that is rung for."""
    later("jobs.webhooks.understand")


def is_waiting() -> bool:
    """Whether something was kept that nobody has looked at."""
    return db.session.scalar(select(Webhook.id).where(*FRESH).limit(1)) is not None


def understand() -> None:
    """Let what was kept take effect, in order; what failed before is left to `retry`."""
    while batch := _take_batch():
        with claims.working(*batch):
            _process_all([claim.id for claim in batch])


def _process_all(webhook_ids: list[int]) -> None:
    """Together, or where one of them fails each by itself, so that the fault is its own."""
    if len(webhook_ids) > 1:
        with suppress(Exception):
            _take_effect(webhook_ids)
            return
    failed: Exception | None = None
    for webhook_id in webhook_ids:
        try:
            process(webhook_id)
        except DATABASE_AWAY as error:
            if failed:  # it is the database, and not what one of them does to it
                raise
            failed = error
    if failed:
        raise failed


def process(webhook_id: int) -> bool:
    """Let the webhook take effect, once; False when it could not, or had already.

    A fault of our own is counted. Raises when the database is away.
    """
    try:
        return _take_effect([webhook_id]) == 1
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001
        log.error("webhook not processed: webhook=%s\n%s", webhook_id, outline(error))  # noqa: TRY400
        _count_fault(webhook_id, error)
    return False


def _take_effect(webhook_ids: list[int]) -> int:
    """All of these that had no effect yet, in one writing unit; how many those were.

    The rows' own locks keep two apart: the second finds them done.
    """
    done = {"state": State.PROCESSED, "processed_at": utcnow(), "error": None, **claims.DONE}
    with transaction():
        found = db.session.execute(
            update(Webhook)
            .where(Webhook.id.in_(webhook_ids), IS_NOT_DONE)
            .values(done)
            .returning(Webhook.id, Webhook.kind, Webhook.body, *WHEN_AND_WHENCE)
            .execution_options(synchronize_session=False)
        ).all()
        for webhook_id, kind, body, at, simulated in sorted(found):
            fields = inbound.form_in(body)
            if kind == Kind.INBOUND:
                inbound.receive(fields, simulated=simulated, at=at)
            elif not receipts.apply(fields):
                _park(webhook_id)
    return len(found)


def retry(webhook_id: int) -> None:
    """Process what its own request left, and whatever else its sender waits for, in the order in
    which it came.
    """
    while claim := _take_next(webhook_id):
        with claims.working(claim):
            process(claim.id)


def unprocessed(limit: int = BATCH) -> Sequence[Webhook]:
    """What waits or is a dead letter, oldest first; parked receipts are not faults."""
    return db.session.scalars(
        select(Webhook).where(Webhook.state == State.RECEIVED).order_by(Webhook.id).limit(limit)
    ).all()


def _take_next(webhook_id: int) -> Claim[Webhook] | None:
    """Take the first that is due of what this one's sender waits for. None while a worker has it,
    who then goes on with the rest.
    """
    with transaction():
        named = db.session.get(Webhook, webhook_id)
        same = Webhook.id == webhook_id
        if named is not None and named.sender is not None:
            same = Webhook.sender == named.sender
        is_under_way = Webhook.claim_token.is_not(None)
        first = db.session.scalar(
            select(Webhook)
            .where(*WEBHOOKS.left, same, is_under_way | claims.is_due(WEBHOOKS))
            .order_by(Webhook.id)
            .limit(1)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if first is None or claims.is_held(first):
            return None
        return claims.take_row(WEBHOOKS, first)


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
    under_way = select(Webhook.sender).where(*WEBHOOKS.left, Webhook.claim_token.is_not(None))
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
