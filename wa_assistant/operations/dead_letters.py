"""What our own code failed on again and again, before a person: to replay or to dismiss.

Webhooks that became no message, and messages that could not be answered; ours that could not be
sent stand in set_aside_messages.py. Each verb acts on what is still set aside only, so that a
second click, or a colleague's, changes nothing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select, update

from .. import audit, live
from ..database import db, transaction, utcnow
from ..intake import webhook_log
from ..models import (
    Action,
    Attention,
    Direction,
    Message,
    Participant,
    Settlement,
    State,
    Subject,
    User,
    Webhook,
)
from ..models.message import IS_DEAD_LETTER
from ..work import claims
from ..work.queue import later

PAGE = 20
MOST_QUOTED = 3  # messages of one conversation that are shown
ASIDE = (Webhook.dead_at.is_not(None),)
UNANSWERED = (IS_DEAD_LETTER, Message.direction == Direction.INBOUND)


class Conversation(NamedTuple):
    """A participant's messages that were set aside: the first of them, and how many in all."""

    participant: Participant
    messages: Sequence[Message]
    number: int


def anything() -> bool:
    """Whether a person has something to look at; two indexes hold just that."""
    webhook = exists().where(*ASIDE).select_from(Webhook)
    message = exists().where(IS_DEAD_LETTER).select_from(Message)
    unsent = exists().where(Message.dead_at.is_not(None)).select_from(Message)
    return bool(db.session.scalar(select(webhook | message | unsent)))


def webhooks(before: int | None = None) -> tuple[Sequence[Webhook], int | None]:
    """A page of webhooks, newest first, and the id to give for older ones."""
    place = Webhook.id + 0  # by the key itself SQLite would read all webhooks there are
    query = select(Webhook).where(*ASIDE).order_by(place.desc())
    if before:
        query = query.where(place < before)
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def conversations(before: int | None = None) -> tuple[list[Conversation], int | None]:
    """A page of conversations, who came last first, and the id to give for older ones."""
    query = (
        select(Message.participant_id, func.count())
        .where(*UNANSWERED)
        .group_by(Message.participant_id)
        .order_by(Message.participant_id.desc())
    )
    if before:
        query = query.where(Message.participant_id < before)
    found = db.session.execute(query.limit(PAGE + 1)).all()
    page = [
        Conversation(db.session.get_one(Participant, known), _quoted(known), number)
        for known, number in found[:PAGE]
    ]
    return page, found[PAGE - 1][0] if len(found) > PAGE else None


def replay_webhook(webhook_id: int, actor: User) -> bool | None:
    """Process it now, for whether that went well; None where it was set aside no more.

    Where it fails again it stays here, with the new error: the fault is not mended yet.
    """
    with transaction():
        if _webhook(webhook_id) is None:
            return None
        audit.record(actor, Action.REPLAYED, Subject.WEBHOOK, webhook_id)
    webhook_log.process(webhook_id)
    live.changed("frame")
    return db.session.get_one(Webhook, webhook_id, populate_existing=True).dead_at is None


def dismiss_webhook(webhook_id: int, actor: User) -> bool:
    """It takes no effect, ever; False where it was set aside no more."""
    with transaction():
        webhook = _webhook(webhook_id)
        if webhook is None:
            return False
        claims.revive(webhook)
        webhook.state, webhook.processed_at = State.DISMISSED, utcnow()
        audit.record(actor, Action.DISMISSED, Subject.WEBHOOK, webhook_id)
        live.changed("frame")
        return True


def replay_conversation(participant_id: int, actor: User) -> bool:
    """Let the assistant answer the messages after all; False where none is set aside any more."""
    with transaction():
        participant = db.session.get(Participant, participant_id, with_for_update=True)
        anew = {"settlement": None, "settled_at": None, "faults": 0, "fault": None}
        number = _settle(participant_id, **anew)
        if participant is None or not number:
            return False
        claims.revive(participant)
        if participant.attention == Attention.DEAD_LETTER:
            participant.attention = participant.attention_at = participant.called_at = None
        what = {"messages": number}
        audit.record(actor, Action.REPLAYED, Subject.PARTICIPANT, participant_id, after=what)
        later("jobs.reply.answer", participant_id)
        return True


def dismiss_conversation(participant_id: int, actor: User) -> bool:
    """A person sees to the messages, and stays called to them; False where none is set aside."""
    with transaction():
        number = _settle(participant_id, settlement=Settlement.WITH_A_PERSON)
        if not number:
            return False
        what = {"messages": number}
        audit.record(actor, Action.DISMISSED, Subject.PARTICIPANT, participant_id, after=what)
        return True


def _quoted(participant_id: int) -> Sequence[Message]:
    return db.session.scalars(
        select(Message)
        .where(*UNANSWERED, Message.participant_id == participant_id)
        .order_by(Message.id)
        .limit(MOST_QUOTED)
    ).all()


def _webhook(webhook_id: int) -> Webhook | None:
    return db.session.scalar(
        select(Webhook).where(*ASIDE, Webhook.id == webhook_id).with_for_update()
    )


def _settle(participant_id: int, **values: Any) -> int:
    changed = db.session.scalars(
        update(Message)
        .where(*UNANSWERED, Message.participant_id == participant_id)
        .values(**values)
        .returning(Message.id)
    ).all()
    live.changed("frame", "attention", "conversations", live.thread(participant_id))
    return len(changed)
