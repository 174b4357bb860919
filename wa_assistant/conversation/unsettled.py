"""Inbound messages that nobody has answered: when their burst is over, who has waited too long."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar, cast

from flask import current_app
from sqlalchemy import BindParameter, ColumnElement, Row, TextClause, exists, func, select, update

from .. import live, settings
from ..database import db, transaction, utcnow
from ..models import Attention, Author, Message, Participant, Settlement
from ..models.message import IS_DEAD_LETTER, IS_UNSETTLED
from ..understanding import commands
from ..understanding.commands import Command
from ..work import claims, overdue, policies
from ..work.claims import Kind
from . import attention

LONGEST_BURST = timedelta(seconds=10)
SETTINGS = ("reply_delay",)
COLUMNS = settings.columns(SETTINGS)


class HasWords(Protocol):
    @property
    def body(self) -> str: ...


class Waiting(HasWords, Protocol):
    """Of a message that nobody has answered: its id, its words, and when it came."""

    @property
    def id(self) -> int: ...

    @property
    def created_at(self) -> datetime: ...


Written = TypeVar("Written", bound=HasWords)


@dataclass(frozen=True)
class Wait:
    """How long until a participant's messages may be answered.

    `since`: when the first of them came. `rung`: a bell rings then, the newest message's own or
    that of the pause. `stage_due`: the next stage of their journey begins before it.
    """

    seconds: float
    since: datetime
    rung: bool
    stage_due: bool


def of(participant_id: int | BindParameter[int]) -> tuple[ColumnElement[bool] | TextClause, ...]:
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


def waiting(participant_id: int) -> Sequence[Waiting]:
    """What they wrote and nobody has answered, the oldest first."""
    columns = (Message.id, Message.body, Message.created_at)
    found = select(*columns).where(*of(participant_id)).order_by(Message.id)
    return cast("Sequence[Waiting]", db.session.execute(found).all())


def give_turn(
    participant: Participant, answered: Container[int], waiting: Sequence[Waiting]
) -> None:
    """The assistant has answered those: it is their turn, as far as they have not written on.

    What it answered is nothing for the team to read, unless a person is called."""
    left = [each.created_at for each in waiting if each.id not in answered]
    participant.waiting_since = min(left, default=None)
    if participant.attention_at is None:
        participant.unread = min(participant.unread, len(left))
        participant.answered_at = None if left else utcnow()


def said(messages: Iterable[Message]) -> str:
    """The participant's own words, written or spoken."""
    spoken = [
        (message.body, *(file.transcript for file in message.files))
        for message in messages
        if message.author == Author.PARTICIPANT
    ]
    return "\n".join(words for each in spoken for words in each if words)


def is_unheard(messages: Sequence[Message]) -> bool:
    """Whether nothing came but voice messages, and the words of none of them are known."""
    spoken = [file for message in messages for file in message.files if file.is_spoken]
    return (
        bool(spoken)
        and not any(file.transcript for file in spoken)
        and all(message.kind == "audio" and not message.body.strip() for message in messages)
    )


def wait(participant_id: int) -> Wait | None:
    """The rest of the burst's wait, or of a pause after a failure.

    None with nothing to answer, or where a worker is at it: it looks again when it is done.
    """
    found = db.session.execute(
        select(
            func.min(Message.created_at),
            func.max(Message.created_at),
            Participant,
            *COLUMNS,
        )
        .join(Participant, Participant.id == Message.participant_id)
        .where(*of(participant_id))
        .group_by(Participant.id)
    ).first()
    if found is None or claims.is_held(found.Participant):
        db.session.rollback()
        return None
    first, last, participant, *_ = found
    stage_due = participant.is_due()
    pause = participant.due_at if claims.waits(participant, policies.ANSWER.longest) else None
    db.session.rollback()
    now, delay = utcnow(), timedelta(seconds=_delay_in(found))
    # What is said to come later than now was written by a clock that was wrong.
    own_bell = last + delay if last <= now else now
    due = max(min(own_bell, first + LONGEST_BURST), pause or now)
    return Wait(
        max(0.0, (due - now).total_seconds()),
        since=first,
        rung=due in (own_bell, pause),
        stage_due=stage_due,
    )


def reply_delay() -> float:
    """Seconds to wait for the next message of a burst before it is answered, as they are now."""
    return _delay_in(db.session.execute(select(*COLUMNS)).one())


def default_delay() -> float:
    """The same where no owner has chosen them: as the environment says."""
    return float(current_app.config["REPLY_DELAY_SECONDS"])


def _delay_in(row: Row[*tuple[Any, ...]]) -> float:
    """Read along with a statement that has COLUMNS."""
    chosen = settings.of_row(SETTINGS, row).reply_delay
    return default_delay() if chosen is None else chosen


def look_again(reason: Attention) -> None:
    """Those who wait for `reason` may be answered now: the sweeper rings for some at a time."""
    with transaction():
        db.session.execute(
            update(Participant)
            .where(
                Participant.attention == reason,
                Participant.claim_token.is_(None),
                Participant.dead_at.is_(None),
            )
            .values(due_at=None)
        )


def _overdue(limit: int) -> list[int]:
    """Ids of participants nobody is answering, who waited longest first."""
    grace = reply_delay() + policies.ANSWER.grace
    waiting = (
        select(Message.participant_id, func.min(Message.id).label("oldest"))
        .where(IS_UNSETTLED)
        .group_by(Message.participant_id)
        .having(overdue.has_waited(func.min(Message.created_at), grace))
        .subquery()
    )
    return list(
        db.session.scalars(
            select(Participant.id)
            .join(waiting, waiting.c.participant_id == Participant.id)
            .where(claims.is_due(ANSWERS))
            .order_by(waiting.c.oldest)
            .limit(limit)
        )
    )


def _buried(participant: Participant) -> None:
    """What cannot be answered is a person's to look at, and to replay; the fault stays with it,
    and what they write from now on is answered."""
    attention.call(participant, Attention.DEAD_LETTER)
    told = {"faults": participant.faults, "fault": participant.fault}
    settled = {"settlement": Settlement.DEAD_LETTER, "settled_at": utcnow()}
    db.session.execute(update(Message).where(*of(participant.id)).values(**told, **settled))
    participant.faults = 0
    live.conversation_changed(participant.id)


def _revived(participant: Participant) -> None:
    """The assistant answers the messages after all, and nobody is called to them any more."""
    _settle(participant.id, settlement=None, settled_at=None, faults=0, fault=None)
    attention.call_off(participant, Attention.DEAD_LETTER)


def _dismissed(participant: Participant) -> None:
    """A person sees to the messages, and stays called to them."""
    _settle(participant.id, settlement=Settlement.WITH_A_PERSON)


def _settle(participant_id: int, **values: Any) -> None:
    """Change the messages that could not be answered."""
    dead = (Message.participant_id == participant_id, IS_DEAD_LETTER)
    db.session.execute(update(Message).where(*dead).values(**values))
    live.conversation_changed(participant_id)


ANSWERS = Kind(
    policies.ANSWER,
    Participant,
    left=(exists().where(Message.participant_id == Participant.id, IS_UNSETTLED),),
    named=Participant.id,
    since=Participant.last_inbound_at,
    buried=_buried,
    revived=_revived,
    dismissed=_dismissed,
    find_overdue=_overdue,
    left_of_all=(Participant.id.in_(select(Message.participant_id).where(IS_UNSETTLED)),),
)
