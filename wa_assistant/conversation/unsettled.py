"""Inbound messages that nobody has answered: when their burst is over, who has waited too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from flask import current_app
from sqlalchemy import ColumnElement, TextClause, func, select

from ..database import db, utcnow
from ..models import Message, Participant
from ..models.message import IS_UNSETTLED
from ..understanding import commands
from ..understanding.commands import Command

LONGEST_BURST_SECONDS = 10.0
GRACE_SECONDS = 3.0  # for a message's own bell to be heard


class HasWords(Protocol):
    @property
    def body(self) -> str: ...


Written = TypeVar("Written", bound=HasWords)


@dataclass(frozen=True)
class Wait:
    """How long until a participant's messages may be answered.

    `rung`: the newest message's own bell comes no earlier than a second before that.
    """

    seconds: float
    rung: bool


def of(participant_id: int) -> tuple[ColumnElement[bool] | TextClause, ...]:
    """The conditions that pick the participant's unsettled messages."""
    return (
        Message.participant_id == participant_id,
        IS_UNSETTLED,
    )


def in_turn(waiting: Sequence[Written]) -> Sequence[Written]:
    """Those of the unsettled messages, in their order, that are answered next, and together.

    What seems to be a stop is asked about by itself, after the answer to what came before it.
    """
    for place, message in enumerate(waiting):
        if is_asked_about(message):
            return waiting[:place] or waiting[:1]
    return waiting


def is_asked_about(message: HasWords) -> bool:
    return commands.command(message.body) == Command.ASK_WHETHER_TO_STOP


def wait(participant_id: int) -> Wait | None:
    """The rest of the burst's wait, or of a pause after a failure; None with nothing to answer."""
    first, last, after = db.session.execute(
        select(func.min(Message.created_at), func.max(Message.created_at), Participant.answer_after)
        .join(Participant, Participant.id == Message.participant_id)
        .where(*of(participant_id))
        .group_by(Participant.answer_after)
    ).first() or (None, None, None)
    db.session.rollback()
    if first is None or last is None:
        return None
    own_bell = last + timedelta(seconds=current_app.config["REPLY_DELAY_SECONDS"])
    due = min(own_bell, first + timedelta(seconds=LONGEST_BURST_SECONDS))
    due = max(due, after) if after else due
    return Wait(max(0.0, (due - utcnow()).total_seconds()), rung=due == own_bell)


def faults(participant_id: int) -> int:
    """How often in succession answering them has failed by a fault of our own."""
    return (
        db.session.scalar(select(Participant.faults).where(Participant.id == participant_id)) or 0
    )


def overdue(limit: int) -> list[int]:
    """Ids of participants nobody is answering, who waited longest first, for the sweeper."""
    now = utcnow()
    patience = timedelta(seconds=current_app.config["REPLY_DELAY_SECONDS"] + GRACE_SECONDS)
    waiting = (
        select(Message.participant_id, func.min(Message.id).label("oldest"))
        .where(IS_UNSETTLED)
        .group_by(Message.participant_id)
        .having(func.min(Message.created_at) < now - patience)
        .subquery()
    )
    return list(
        db.session.scalars(
            select(Participant.id)
            .join(waiting, waiting.c.participant_id == Participant.id)
            .where(
                func.coalesce(Participant.lease_until, now) <= now,
                func.coalesce(Participant.answer_after, now) <= now,
            )
            .order_by(waiting.c.oldest)
            .limit(limit)
        )
    )
