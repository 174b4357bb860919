"""Webhooks that failed by a fault of ours, or died with their worker, are tried again."""

from sqlalchemy import select

from ..database import db, transaction
from ..models import Webhook
from ..work import claims
from ..work.claims import Claim
from .webhook_log import WEBHOOKS, process


def retry(webhook_id: int) -> None:
    """Process what failed or was left, and whatever else its sender waits for, in the order in
    which it came.
    """
    while claim := _take_next(webhook_id):
        with claims.working(claim):
            process(claim.id)


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
