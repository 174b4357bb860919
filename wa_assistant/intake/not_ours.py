"""A webhook that is neither our sender's nor our account's is kept, and takes no effect."""

from collections.abc import Callable

from sqlalchemy import select, update

from .. import logs
from ..database import db, transaction, utcnow
from ..models import State, Webhook
from ..work import claims
from ..work.kind import Kind
from ..work.queue import later

log = logs.get(__name__)


def put_by(kind: Kind[Webhook], webhook_id: int, whose: str) -> None:
    """Leave it as it came, in the writing unit under way. `whose`: as inbound.another_s says.

    The first of each owner is a dead letter, so that a person is told of it: once.
    """
    earlier = select(Webhook.id).where(Webhook.not_ours == whose, Webhook.id < webhook_id)
    is_told = db.session.scalar(earlier.limit(1)) is not None
    log.info("a webhook is not ours", webhook=webhook_id, whose=whose)
    state = State.DISMISSED if is_told else State.RECEIVED
    done_at = utcnow() if is_told else None
    values = {"not_ours": whose, "state": state, "processed_at": done_at}
    db.session.execute(update(Webhook).where(Webhook.id == webhook_id).values(values))
    if not is_told:
        webhook = db.session.get_one(Webhook, webhook_id, populate_existing=True)
        webhook.fault = f"It is not ours, but of {whose}."
        claims.bury(kind, webhook)


def replay(webhook_id: int, process: Callable[[int], bool]) -> bool:
    """`process` it for a person. Where it was another's and is ours by now, so are those like it,
    of which nobody was told."""
    whose = select(Webhook.not_ours).where(Webhook.id == webhook_id)
    before = db.session.scalar(whose)
    db.session.rollback()
    done = process(webhook_id)
    if done and before and db.session.scalar(whose) is None:
        with transaction():
            _release(before)
            later("jobs.webhooks.understand")
    return done


def _release(whose: str) -> None:
    put_away = (Webhook.not_ours == whose, Webhook.state == State.DISMISSED)
    values = {"state": State.RECEIVED, "processed_at": None}
    db.session.execute(update(Webhook).where(*put_away).values(values))
