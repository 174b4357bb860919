"""The journal of raw webhooks: kept first, understood second.

A repeat meets the unique key and changes nothing. What our own code fails to process is kept,
retried by the sweeper, and after MOST_ATTEMPTS set aside, to be replayed by hand.
"""

import logging
import traceback
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import parse_qsl

from sqlalchemy import select, text, update
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.datastructures import MultiDict

from ..database import db, insert_once, transaction, utcnow
from ..models import Kind, Message, State, Webhook
from . import inbound, receipts

log = logging.getLogger(__name__)

Fields = MultiDict[str, str]

DATABASE_AWAY = (OperationalError, InterfaceError)  # no fault of the webhook
MOST_ATTEMPTS = 5
MOST_FIELDS = 500
GRACE = timedelta(seconds=10)  # the request that brought a webhook processes it itself
BATCH = 200


# Said in these very words, SQLite sees that its index holds all that is asked for.
NOT_PROCESSED = text("webhooks.state != 'processed'")


class Malformed(Exception):
    """A webhook that cannot be told apart from others, and so cannot be kept."""


def fields(body: bytes) -> Fields:
    """The form in `body`, blanks included; raises Malformed when it is no UTF-8 form."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed(f"not a form in UTF-8: {error}") from None
    return MultiDict(pairs)


def receive(kind: Kind, body: bytes, *, simulated: bool = False) -> None:
    """Keep the webhook `body` and process it; a fault in processing is left to the sweeper."""
    webhook_id = _keep(kind, body, simulated)
    if webhook_id is None:
        return
    try:
        process(webhook_id)
    except DATABASE_AWAY:
        log.exception("webhook kept, the sweeper will process it: webhook=%s", webhook_id)


def process(webhook_id: int) -> bool:
    """Let the webhook take effect, once; False when it could not, or had already."""
    try:
        with transaction() as session:
            claimed = session.execute(
                update(Webhook)
                .where(Webhook.id == webhook_id, Webhook.state != State.PROCESSED)
                .values(state=State.PROCESSED, processed_at=utcnow(), error=None)
                .returning(Webhook.id)
            ).first()
            if claimed is None:
                return False
            webhook = session.get_one(Webhook, webhook_id)
            return _apply(webhook)
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("webhook not processed: webhook=%s", webhook_id)
        _record_failure(webhook_id)
    return False


def process_parked(sid: str) -> None:
    """Process the receipts that came before `sid` was stored."""
    parked = db.session.scalars(
        select(Webhook.id).where(Webhook.provider_sid == sid, Webhook.state == State.PARKED)
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
    before = utcnow() - GRACE
    kept = db.session.scalars(
        select(Webhook.id)
        .where(NOT_PROCESSED, Webhook.state == State.RECEIVED, Webhook.received_at < before)
        .order_by(Webhook.id)
        .limit(BATCH)
    )
    parked = db.session.scalars(
        select(Webhook.id)
        .join(Message, Message.provider_sid == Webhook.provider_sid)
        .where(NOT_PROCESSED, Webhook.state == State.PARKED)
        .order_by(Webhook.id)
        .limit(BATCH)
    )
    return [*kept, *parked]


def _keep(kind: Kind, body: bytes, simulated: bool) -> int | None:
    form = fields(body)
    sid = form.get("MessageSid", "")
    if not 0 < len(sid) <= 64 or "\x00" in sid:
        raise Malformed("no MessageSid")
    with transaction():
        return insert_once(
            Webhook,
            kind=kind,
            key=_key(kind, form),
            provider_sid=sid,
            body=body,
            simulated=simulated,
        )


def _key(kind: Kind, form: Fields) -> str:
    names = ("MessageSid", "MessageStatus", "ErrorCode")[: 1 if kind is Kind.INBOUND else 3]
    return ":".join([kind, *(form.get(name, "").replace("\x00", "")[:64] for name in names)])


def _apply(webhook: Webhook) -> bool:
    form = fields(webhook.body)
    if webhook.kind == Kind.INBOUND:
        inbound.receive(form, simulated=webhook.simulated)
    elif not receipts.apply(form):
        webhook.state, webhook.processed_at = State.PARKED, None
    return True


def _record_failure(webhook_id: int) -> None:
    with transaction() as session:
        webhook = session.get_one(Webhook, webhook_id)
        webhook.attempts += 1
        webhook.error = traceback.format_exc(limit=20).replace("\x00", "")
        if webhook.attempts >= MOST_ATTEMPTS:
            webhook.state = State.SET_ASIDE
