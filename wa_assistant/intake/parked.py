"""Receipts that came before we knew the SID they are about."""

from typing import Any

from sqlalchemy import CompoundSelect, func, select, union_all

from ..database import db
from ..models import Message, Refusal, State, Webhook
from ..models.webhook import IS_NOT_DONE
from .webhook_log import process


def process_of(message_id: int) -> None:
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


def of_known(limit: int) -> list[int]:
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
