"""What our own code failed on again and again, before a person: to replay or to dismiss.

One mechanism for all kinds of work. What a dead letter is, stands in work/claims.py; what else
becomes of one that is replayed or dismissed, in its Kind. Both verbs act on what is still dead
only, so that a second click, or a colleague's, changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from .. import audit, live
from ..database import db, transaction
from ..models import (
    Action,
    Aid,
    Document,
    Email,
    Import,
    Measurement,
    Media,
    Message,
    Participant,
    Subject,
    Trial,
    User,
    VectorSet,
    Webhook,
)
from ..models import Kind as WebhookKind
from ..models.message import IS_DEAD_LETTER
from ..work import claims
from ..work.claimable import Claimable
from ..work.claims import Kind
from .kinds import KINDS

PAGE = 20
MOST_LIKE_IT = 20  # webhooks
MOST_QUOTED = 3  # messages of one conversation that are shown
SUBJECTS: dict[type[Claimable], Subject] = {
    Webhook: Subject.WEBHOOK,
    Participant: Subject.PARTICIPANT,
    Message: Subject.MESSAGE,
    Media: Subject.FILE,
    Aid: Subject.AID,
    Trial: Subject.TRIAL,
    Email: Subject.EMAIL,
    Document: Subject.DOCUMENT,
    Import: Subject.IMPORT,
    Measurement: Subject.MEASUREMENT,
    VectorSet: Subject.VECTOR_SET,
}
ORDER = {kind.policy.name: number for number, kind in enumerate(KINDS)}


class Place(NamedTuple):
    """Where a page ends, and the next one goes on: with what is a dead letter for longer."""

    since: datetime
    kind: str
    id: int


@dataclass(frozen=True)
class DeadLetter:
    """A row that is a dead letter, and the participant it is about, if any.

    `messages`: the first few of those that could not be answered, where that is its kind of work;
    `number` counts all of them. `others`: the latest webhooks that are as little ours as this one,
    and are read here alone.
    """

    kind: Kind[Any]
    row: Any
    participant: Participant | None
    messages: Sequence[Message]
    number: int
    others: Sequence[Webhook] = ()

    @property
    def name(self) -> str:
        return self.kind.policy.name

    @property
    def place(self) -> Place:
        return Place(self.row.dead_at, self.name, self.row.id)

    @property
    def came_at(self) -> datetime | None:
        """Since when it was left to do."""
        if self.messages:
            return self.messages[0].created_at
        found: datetime | None = getattr(self.row, str(self.kind.since.key))
        return found

    @property
    def faults(self) -> int:
        """How often it failed; a conversation goes on, so there each message has kept it."""
        found: int = (self.messages[0] if self.messages else self.row).faults
        return found

    @property
    def fault(self) -> str | None:
        """The latest fault; with the exception's words where these stand beside the text they may
        quote."""
        if isinstance(self.row, Webhook):
            return self.row.error
        found: str | None = (self.messages[0] if self.messages else self.row).fault
        return found


def anything() -> bool:
    """Whether a person has something to look at; of each table an index holds just that."""
    found = [exists().where(kind.table.dead_at.is_not(None)) for kind in KINDS]
    return bool(db.session.scalar(select(or_(*found))))


def page(
    before: Place | None = None, only: Kind[Any] | None = None
) -> tuple[list[DeadLetter], Place | None]:
    """A page of all kinds or `only` one, what failed last first, and the place to give for older
    ones."""
    kinds = KINDS if only is None else (only,)
    found = [(kind, row) for kind in kinds for row in _newest(kind, before)]
    found.sort(key=lambda each: (each[1].dead_at, -_order(each[0]), each[1].id), reverse=True)
    letters = [_letter(*each) for each in found[:PAGE]]
    return letters, letters[-1].place if len(found) > PAGE else None


def replay(kind: Kind[Any], row_id: int, actor: User) -> bool | None:
    """Have it done once more, with nothing that counts against it.

    None where it is a dead letter no more; False where it was done at once and failed again: then
    it stays here, with its new fault.
    """
    with transaction():
        row = _dead(kind, row_id)
        if row is None:
            return None
        _record(actor, Action.REPLAYED, kind, row)
        if kind.at_once is None:
            claims.revive(row)
            kind.revived(row)
            claims.ring(kind, getattr(row, kind.named.key))
            return True
    kind.at_once(row_id)
    live.changed("frame")
    now: Claimable = db.session.get_one(kind.table, row_id, populate_existing=True)
    return now.dead_at is None


def dismiss(kind: Kind[Any], row_id: int, actor: User) -> bool:
    """Nothing more is done; False where it is a dead letter no more."""
    with transaction():
        row = _dead(kind, row_id)
        if row is None:
            return False
        _record(actor, Action.DISMISSED, kind, row)
        row.dead_at = None
        kind.dismissed(row)
        return True


def _newest(kind: Kind[Any], before: Place | None) -> Sequence[Any]:
    table = kind.table
    found = select(table).where(table.dead_at.is_not(None))
    if before is not None:
        found = found.where(_older(kind, before))
    found = found.order_by(table.dead_at.desc(), table.id.desc())
    return db.session.scalars(found.limit(PAGE + 1)).all()


def _older(kind: Kind[Any], before: Place) -> ColumnElement[bool]:
    """Behind that place in the order of a page."""
    dead_at: ColumnElement[datetime] = kind.table.dead_at
    here, there = _order(kind), ORDER[before.kind]
    if here < there:
        return dead_at < before.since
    if here > there:
        return dead_at <= before.since
    return and_(dead_at <= before.since, or_(dead_at < before.since, kind.table.id < before.id))


def _order(kind: Kind[Any]) -> int:
    return ORDER[kind.policy.name]


def _letter(kind: Kind[Any], row: Any) -> DeadLetter:
    known = _participant_id(row)
    participant = None if known is None else db.session.get_one(Participant, known)
    if isinstance(row, Webhook) and row.not_ours and row.kind == WebhookKind.INBOUND:
        return DeadLetter(kind, row, None, (), 0, others=_like(row))
    if not isinstance(row, Participant):
        return DeadLetter(kind, row, participant, messages=(), number=0)
    theirs = (IS_DEAD_LETTER, Message.participant_id == row.id)
    query = select(Message).where(*theirs).order_by(Message.id).limit(MOST_QUOTED)
    return DeadLetter(kind, row, row, db.session.scalars(query).all(), _number(row))


def _like(webhook: Webhook) -> Sequence[Webhook]:
    """It itself and those that came of the same since, the oldest first."""
    same = (Webhook.not_ours == webhook.not_ours, Webhook.id >= webhook.id)
    latest = select(Webhook).where(*same, Webhook.kind == webhook.kind).order_by(Webhook.id.desc())
    return db.session.scalars(latest.limit(MOST_LIKE_IT)).all()[::-1]


def _number(participant: Participant) -> int:
    theirs = (IS_DEAD_LETTER, Message.participant_id == participant.id)
    return db.session.scalar(select(func.count(Message.id)).where(*theirs)) or 0


def _participant_id(row: Claimable) -> int | None:
    match row:
        case Participant():
            return row.id
        case Message() | Aid():
            return row.participant_id
        case Media():
            return db.session.get_one(Message, row.message_id).participant_id
    return None


def _dead(kind: Kind[Any], row_id: int) -> Any:
    """The row, locked and its participant before it, as all do who change both; None where it is
    a dead letter no more."""
    row = db.session.get(kind.table, row_id)
    if row is None or row.dead_at is None:
        return None
    known = _participant_id(row)
    if known is not None:
        db.session.get(Participant, known, with_for_update=True)
    return db.session.scalar(
        select(kind.table)
        .where(kind.table.id == row_id, kind.table.dead_at.is_not(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _record(actor: User, action: Action, kind: Kind[Any], row: Any) -> None:
    what = {"messages": _number(row)} if isinstance(row, Participant) else None
    audit.record(actor, action, SUBJECTS[kind.table], row.id, after=what)
    live.changed("frame")
