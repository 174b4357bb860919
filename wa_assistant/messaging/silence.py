"""What the assistant was about to say is not said; who silenced it may say it in their own name."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from ..database import db
from ..models import Author, Message, Settlement, Status

MOST_PARTS = 5  # of one answer that was cancelled


def cancel(session: Session, *which: ColumnElement[bool]) -> bool:
    """Cancel the assistant's unsent messages; what they answered is a person's again.

    One that is out at this moment cannot be called back, but should it come back it will not be
    sent again. Says whether there was anything to cancel.
    """
    unsent = (Message.author == Author.ASSISTANT, *which)
    cancelled = session.scalars(
        update(Message)
        .where(Message.status == Status.WAITING, *unsent)
        .values(status=Status.CANCELLED)
        .returning(Message.id)
    ).all()
    session.execute(
        update(Message)
        .where(Message.status.in_((Status.CLAIMED, Status.UNCERTAIN)), *unsent)
        .values(withdrawn=True)
    )
    session.execute(
        update(Message)
        .where(Message.answered_by_id.in_(cancelled))
        .values(settlement=Settlement.WITH_A_PERSON, answered_by_id=None)
    )
    return bool(cancelled)


def draft(participant_id: int) -> str:
    """What the assistant would have said, for who holds the conversation now; "" if nothing.

    It stands until anybody of the team has said something.
    """
    latest: list[str] = []
    said = db.session.execute(
        select(Message.author, Message.status, Message.body)
        .where(Message.participant_id == participant_id, Message.author != Author.PARTICIPANT)
        .order_by(Message.id.desc())
        .limit(MOST_PARTS)
    )
    for author, status, body in said:
        if author != Author.ASSISTANT or status != Status.CANCELLED:
            break
        latest.append(body)
    return "\n\n".join(reversed(latest))
