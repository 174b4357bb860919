"""The journal of raw webhooks: kept first, understood second.

A repeat meets the unique key and changes nothing. What our own code fails to process is kept,
retried by the sweeper after growing pauses, and in the end set aside, to be replayed by hand.
What the database cannot keep waits in the spool, and whatever comes meanwhile queues behind it.
"""

import logging
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from .. import live
from ..database import db, insert_once, transaction, utcnow
from ..delivery import receipts
from ..models import Kind, Message, State, Webhook
from ..models.webhook import IS_NOT_DONE
from ..work.faults import DATABASE_AWAY, MOST_FAULTS, outline
from . import inbound, spool, twilio_form

log = logging.getLogger(__name__)

NOT_KEPT = (SQLAlchemyError, OSError)  # whatever it is: the spool is there for it
DRAIN_SECONDS = 1.0  # of a request, which Twilio waits for
GRACE = timedelta(seconds=10)  # the request that brought a webhook processes it itself
FIRST_PAUSE = timedelta(seconds=10)  # after a fault of ours; four times as long after each more
DIED = "The process ended while it worked on this."
BATCH = 200


class NotKept(Exception):
    """Neither the database nor the disk would keep a webhook."""


def receive(
    kind: Kind, body: bytes, *, simulated: bool = False, received_at: datetime | None = None
) -> None:
    """Keep the webhook `body` and process it; a fault in processing is left to the sweeper.

    Raises form.Malformed, and NotKept where Twilio must come again.
    """
    twilio_form.check(body)
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


def process(webhook_id: int, *, counted: bool = False) -> bool:
    """Let the webhook take effect, once; False when it could not, or had already.

    `counted`: this attempt has been written down, should it fail.
    """
    try:
        with transaction() as session:
            claimed = session.execute(
                update(Webhook)
                .where(Webhook.id == webhook_id, IS_NOT_DONE)
                .values(state=State.PROCESSED, processed_at=utcnow(), error=None, retry_at=None)
                .returning(Webhook.id)
            ).first()
            if claimed is None:
                return False
            webhook = session.get_one(Webhook, webhook_id)
            return _apply(webhook)
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001
        log.error("webhook not processed: webhook=%s\n%s", webhook_id, outline(error))  # noqa: TRY400
        words = traceback.format_exc(limit=20).replace("\x00", "")
        _record_failure(webhook_id, words, counted)
    return False


def retry(webhook_id: int, *, at_once: bool = False) -> bool:
    """Process what its own request left. The attempt is counted beforehand, so that what kills
    its process is set aside as well.

    `at_once`: before its pause is over, for who would otherwise let others overtake it.
    """
    with transaction() as session:
        webhook = session.get_one(Webhook, webhook_id, with_for_update=True)
        if not at_once and webhook.retry_at and webhook.retry_at > utcnow():
            return False  # another sweep has just tried
        counted = webhook.state == State.RECEIVED
        if counted and webhook.attempts >= MOST_FAULTS:
            _set_aside(webhook, webhook.error or DIED)
            return False
        if counted:
            _count(webhook)
    try:
        return process(webhook_id, counted=counted)
    except DATABASE_AWAY:  # which is no fault of the webhook
        with suppress(*DATABASE_AWAY), transaction() as session:
            session.get_one(Webhook, webhook_id).attempts -= counted
        raise


def process_parked(message_id: int) -> None:
    """Process the receipts that came before the provider's SID of this message was stored."""
    parked = db.session.scalars(
        select(Webhook.id)
        .join(Message, Message.provider_sid == Webhook.provider_sid)
        .where(Message.id == message_id, Webhook.state == State.PARKED)
    ).all()
    for webhook_id in parked:
        process(webhook_id)


def unprocessed(limit: int = BATCH) -> Sequence[Webhook]:
    """What waits or was set aside, oldest first; parked receipts are not faults."""
    return db.session.scalars(
        select(Webhook)
        .where(Webhook.state.in_((State.RECEIVED, State.SET_ASIDE)))
        .order_by(Webhook.id)
        .limit(limit)
    ).all()


def overdue() -> list[int]:
    """Ids the sweeper is to process: what its request left, and receipts whose message is known."""
    now = utcnow()
    due = or_(Webhook.retry_at.is_(None), Webhook.retry_at <= now)
    kept = db.session.scalars(
        select(Webhook.id)
        .where(
            IS_NOT_DONE,
            Webhook.state == State.RECEIVED,
            Webhook.received_at < now - GRACE,
            due,
        )
        .order_by(Webhook.id)
        .limit(BATCH)
    )
    parked = db.session.scalars(
        select(Webhook.id)
        .join(Message, Message.provider_sid == Webhook.provider_sid)
        .where(IS_NOT_DONE, Webhook.state == State.PARKED, due)
        .order_by(Webhook.id)
        .limit(BATCH)
    )
    return [*kept, *parked]


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
    except twilio_form.Malformed:  # the rule is stricter now than when it was spooled
        spool.set_aside(entry.line())
        return
    if webhook_id is not None:
        process(webhook_id)
        return
    # It came this far before, and then this process was killed or the database went away.
    webhook_id = db.session.scalar(
        select(Webhook.id).where(
            Webhook.key == twilio_form.key(entry.kind, entry.body), Webhook.state == State.RECEIVED
        )
    )
    try:
        if webhook_id is not None:
            retry(webhook_id, at_once=True)
    except DATABASE_AWAY:
        # Twice, and in between it kept: not to hold up the others it is left to the sweeper.
        log.exception("webhook kept, the sweeper will process it: webhook=%s", webhook_id)


def _keep(entry: spool.Entry) -> int | None:
    sid = twilio_form.check(entry.body)
    with transaction():
        return insert_once(
            Webhook,
            kind=entry.kind,
            key=twilio_form.key(entry.kind, entry.body),
            provider_sid=sid,
            body=entry.body,
            simulated=entry.simulated,
            received_at=entry.received_at,
        )


def _apply(webhook: Webhook) -> bool:
    fields = twilio_form.fields(webhook.body)
    if webhook.kind == Kind.INBOUND:
        inbound.receive(fields, simulated=webhook.simulated, at=webhook.received_at)
    elif not receipts.apply(fields):
        webhook.state, webhook.processed_at = State.PARKED, None
    return True


def _record_failure(webhook_id: int, error: str, counted: bool) -> None:
    with transaction() as session:
        webhook = session.get_one(Webhook, webhook_id, with_for_update=True)
        if webhook.state in (State.PROCESSED, State.DISMISSED):
            return  # by another, at the same moment
        if not counted:
            _count(webhook)
        webhook.error = error
        if webhook.attempts >= MOST_FAULTS:
            _set_aside(webhook, error)


def _count(webhook: Webhook) -> None:
    webhook.attempts += 1
    webhook.retry_at = utcnow() + FIRST_PAUSE * 4 ** min(webhook.attempts - 1, MOST_FAULTS)


def _set_aside(webhook: Webhook, error: str) -> None:
    webhook.state, webhook.error, webhook.retry_at = State.SET_ASIDE, error, None
    log.error("webhook set aside: webhook=%s", webhook.id)
    live.changed("frame")
