"""The log of raw webhooks: kept first, understood second.

A repeat meets the unique key and changes nothing. The request that brought a webhook processes it
too, in one transaction. What our own code fails on is a kind of work from then on: a worker retries
it after growing pauses, and in the end it is a dead letter, to be replayed by hand. What the
database cannot keep waits in the spool, and whatever comes meanwhile queues behind it.
"""

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, func, select, union_all, update
from sqlalchemy.exc import SQLAlchemyError

from ..database import db, insert_once, transaction, utcnow
from ..delivery import receipts
from ..models import Kind, Message, Refusal, State, Webhook
from ..models.webhook import IS_NOT_DONE
from ..work import claims, policies
from ..work.claims import Claim
from ..work.faults import DATABASE_AWAY, outline
from . import inbound, spool
from .inbound import LONGEST_ADDRESS

log = logging.getLogger(__name__)

NOT_KEPT = (SQLAlchemyError, OSError)  # whatever it is: the spool is there for it
DRAIN_SECONDS = 1.0  # of a request, which Twilio waits for
BATCH = 200


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


class NotKept(Exception):
    """Neither the database nor the disk would keep a webhook."""


def receive(
    kind: Kind, body: bytes, *, simulated: bool = False, received_at: datetime | None = None
) -> None:
    """Keep the webhook `body` and process it; a fault in processing is left to the sweeper.

    Raises inbound.Malformed, and NotKept where Twilio must come again.
    """
    inbound.sid_in(body)
    entry = spool.Entry(kind, body, received_at or utcnow(), simulated)
    if not spool.is_empty() and _spool(entry):  # it may not overtake those that wait there
        drain(DRAIN_SECONDS)
        return
    try:
        webhook_id = _keep(entry)
        if webhook_id is not None:
            process(webhook_id)
    except NOT_KEPT as error:
        log.warning("the database keeps no webhook, the spool will: %s", type(error).__name__)
        if not _spool(entry):
            raise NotKept from error


def drain(seconds: float) -> int:
    """Let the database have what the spool holds, for so long; how many webhooks that were."""
    try:
        return spool.drain(_take, seconds)
    except NOT_KEPT as error:
        log.warning("the spool waits for the database: %s", type(error).__name__)
        return 0


def process(webhook_id: int) -> bool:
    """Let the webhook take effect, once; False when it could not, or had already.

    The row's own lock keeps two apart, for this is one writing unit: the second finds it done.
    A fault of our own is counted. Raises when the database is away.
    """
    try:
        with transaction():
            ours = db.session.execute(
                update(Webhook)
                .where(Webhook.id == webhook_id, IS_NOT_DONE)
                .values(state=State.PROCESSED, processed_at=utcnow(), error=None)
                .returning(Webhook.id)
            ).first()
            if ours is None:
                return False
            webhook = db.session.get_one(Webhook, webhook_id)
            claims.revive(webhook)
            return _apply(webhook)
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001
        log.error("webhook not processed: webhook=%s\n%s", webhook_id, outline(error))  # noqa: TRY400
        _count_fault(webhook_id, error)
    return False


def retry(webhook_id: int) -> None:
    """Process what its own request left, and whatever else its sender waits for, in the order in
    which it came.
    """
    while claim := _take_next(webhook_id):
        with claims.working(claim):
            process(claim.id)


def process_parked(message_id: int) -> None:
    """Process the receipts that came before a SID of this message was stored: the one it has, or
    one that was refused."""
    sids: CompoundSelect[Any] = union_all(
        select(Message.provider_sid).where(Message.id == message_id),
        select(Refusal.provider_sid).where(Refusal.message_id == message_id),
    )
    parked = db.session.scalars(
        select(Webhook.id)
        .where(Webhook.provider_sid.in_(sids), Webhook.state == State.PARKED)
        .order_by(Webhook.id)
    ).all()
    for webhook_id in parked:
        process(webhook_id)


def unprocessed(limit: int = BATCH) -> Sequence[Webhook]:
    """What waits or is a dead letter, oldest first; parked receipts are not faults."""
    return db.session.scalars(
        select(Webhook).where(Webhook.state == State.RECEIVED).order_by(Webhook.id).limit(limit)
    ).all()


def parked(limit: int) -> list[int]:
    """Ids of messages, known by now, whose receipts wait; for the sweeper."""
    message_id = func.coalesce(Message.id, Refusal.message_id)
    return list(
        db.session.scalars(
            select(message_id)
            .select_from(Webhook)
            .outerjoin(Message, Message.provider_sid == Webhook.provider_sid)
            .outerjoin(Refusal, Refusal.provider_sid == Webhook.provider_sid)
            .where(IS_NOT_DONE, Webhook.state == State.PARKED, message_id.is_not(None))
            .group_by(message_id)
            .order_by(func.min(Webhook.id))
            .limit(limit)
        )
    )


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
    """Keep and process what was spooled; raises when the database is away once more."""
    try:
        webhook_id = _keep(entry)
    except inbound.Malformed:  # the rule is stricter now than when it was spooled
        spool.keep_apart(entry.line())
        return
    if webhook_id is not None:
        process(webhook_id)
        return
    # It came this far before, and then this process was killed or the database went away.
    webhook_id = db.session.scalar(
        select(Webhook.id).where(
            Webhook.key == inbound.key_of(entry.kind, entry.body), Webhook.state == State.RECEIVED
        )
    )
    try:
        if webhook_id is not None:
            retry(webhook_id)
    except DATABASE_AWAY:
        # Twice, and in between it kept: not to hold up the others it is left to the sweeper.
        log.exception("webhook kept, the sweeper will process it: webhook=%s", webhook_id)


def _keep(entry: spool.Entry) -> int | None:
    sid = inbound.sid_in(entry.body)
    sender = None
    if entry.kind == Kind.INBOUND:
        sender = inbound.address_in(inbound.form_in(entry.body))[:LONGEST_ADDRESS] or None
    with transaction():
        return insert_once(
            Webhook,
            kind=entry.kind,
            key=inbound.key_of(entry.kind, entry.body),
            provider_sid=sid,
            sender=sender,
            body=entry.body,
            simulated=entry.simulated,
            received_at=entry.received_at,
        )


def _apply(webhook: Webhook) -> bool:
    fields = inbound.form_in(webhook.body)
    if webhook.kind == Kind.INBOUND:
        inbound.receive(fields, simulated=webhook.simulated, at=webhook.received_at)
    elif not receipts.apply(fields):
        webhook.state, webhook.processed_at = State.PARKED, None
    return True


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
