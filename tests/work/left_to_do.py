"""A row of each kind of work, with something left to do."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, select

from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import (
    Aid,
    AidKind,
    Author,
    Direction,
    Document,
    DocumentKind,
    Email,
    EmailKind,
    Import,
    Measurement,
    Media,
    MediaStep,
    Message,
    Participant,
    Role,
    Settlement,
    Status,
    Trial,
    User,
    VectorSet,
    Webhook,
)
from wa_assistant.work import claims
from wa_assistant.work.claimable import Claimable
from wa_assistant.work.claims import Claim, Kind

EVA = "eva@example.com"
SECRET = "my number is 4711"  # as an exception quotes it


def make(kind: Kind[Any]) -> int:
    """A row that a worker of this kind may take; its id."""
    with transaction():
        row = MADE_BY[kind.policy.name]()
        db.session.add(row)
        db.session.flush()
        row_id: int = row.id
    return row_id


def taken(kind: Kind[Any], row_id: int) -> Claim[Any]:
    """The row is due, and a worker has taken it now."""
    claim = claims.take(kind, row_id)
    assert claim
    return claim


def remove(row: Claimable) -> None:
    """It goes, with what only stands because of it; in a writing unit."""
    if isinstance(row, Participant):
        db.session.execute(delete(Message).where(Message.participant_id == row.id))
    db.session.delete(db.session.merge(row))


def named(kind: Kind[Any], row_id: int) -> int:
    """What its bell carries."""
    return db.session.scalars(select(kind.named).where(kind.table.id == row_id)).one()


def counted(row: Claimable) -> tuple[int, int]:
    """How many faults and tries count against it."""
    return row.faults, row.attempts


def _webhook() -> Webhook:
    sid = f"SM{token_hex(16)}"
    body = f"MessageSid={sid}&From=whatsapp%3A%2B5511987654321&Body=Oi".encode()
    return Webhook(kind="inbound", key=f"inbound:{sid}", provider_sid=sid, body=body)


def _file() -> Media:
    message = _message(Direction.INBOUND, Author.PARTICIPANT, Status.RECEIVED)
    message.settlement, message.settled_at = Settlement.WITH_A_PERSON, utcnow()
    db.session.flush()
    return Media(
        message_id=message.id,
        position=0,
        url=f"https://api.twilio.com/{token_hex(4)}",
        file=token_hex(16),
        step=MediaStep.FETCH,
    )


def _message(direction: Direction, author: Author, status: Status) -> Message:
    participant = Participant(address=f"whatsapp:+55{token_hex(6)}", last_inbound_at=utcnow())
    db.session.add(participant)
    db.session.flush()
    message = Message(
        participant_id=participant.id, direction=direction, author=author, status=status
    )
    db.session.add(message)
    return message


def _document() -> Document:
    return Document(
        name=f"{token_hex(4)}.txt",
        kind=DocumentKind.TEXT,
        file=token_hex(16),
        size=2,
        sha256=token_hex(32),
        uploaded_by=EVA,
    )


def _import() -> Import:
    user = User(email=f"{token_hex(4)}@example.com", role=Role.OWNER)
    db.session.add(user)
    db.session.flush()
    name = f"{token_hex(4)}.csv"
    return Import(name=name, file=token_hex(16), kind="csv", size=2, asked_by_id=user.id)


def _trial() -> Trial:
    return Trial(
        question="Oi?", similarity_threshold=0.5, coverage_threshold=0.5, most=5, asked_by=EVA
    )


def _aid() -> Aid:
    message = _message(Direction.INBOUND, Author.PARTICIPANT, Status.RECEIVED)
    message.settled_at, message.settlement = utcnow(), Settlement.WITH_A_PERSON
    db.session.flush()
    return Aid(
        participant_id=message.participant_id,
        kind=AidKind.SUMMARY,
        up_to_id=message.id,
        language="en",
    )


def _unanswered() -> Participant:
    message = _message(Direction.INBOUND, Author.PARTICIPANT, Status.RECEIVED)
    db.session.flush()
    return db.session.get_one(Participant, message.participant_id)


def _unsent() -> Message:
    message = _message(Direction.OUTBOUND, Author.ASSISTANT, Status.WAITING)
    message.body = "Olá!"
    return message


MADE_BY: dict[str, Callable[[], Any]] = {
    "webhook": _webhook,
    "answer": _unanswered,
    "message": _unsent,
    "media": _file,
    "document": _document,
    "aid": _aid,
    "import": _import,
    "trial": _trial,
    "email": lambda: Email(kind=EmailKind.LINK, address=EVA, language="en", asked_by_id=None),
    "measurement": lambda: Measurement(asked_by=EVA),
    "vector set": lambda: VectorSet(model=token_hex(4), filling=True),
}
