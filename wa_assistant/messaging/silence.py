"""What the assistant was about to say is not said."""

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from ..models import Author, Message, Settlement, Status


def cancel(session: Session, *which: ColumnElement[bool]) -> bool:
    """Cancel the assistant's unsent messages; what they answered is a person's again.

    Says whether there was anything to cancel.
    """
    cancelled = session.scalars(
        update(Message)
        .where(Message.author == Author.ASSISTANT, Message.status == Status.WAITING, *which)
        .values(status=Status.CANCELLED)
        .returning(Message.id)
    ).all()
    session.execute(
        update(Message)
        .where(Message.answered_by_id.in_(cancelled))
        .values(settlement=Settlement.WITH_A_PERSON, answered_by_id=None)
    )
    return bool(cancelled)
