"""What is to be said is put here: the outbound rows of messages are the outbox itself.

`delivery.send` brings them to WhatsApp, in order for their participant.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import live
from ..models import Author, Cancelled, Direction, Message, Participant, Status, User
from ..work.queue import later
from . import text


def put(
    session: Session,
    participant: Participant,
    body: str,
    author: Author,
    *,
    user: User | None = None,
    form_key: str | None = None,
    opens: str | None = None,
    ai_call_id: int | None = None,
    silenced: bool = False,
) -> Message:
    """Add a text to the outbox; it is delivered once the writing unit has committed.

    What is too long for one message becomes several: the first of them stands for the whole.
    `opens`: the key of the stage whose opening words it is. `silenced`: a person has silenced the
    assistant since; it stands there cancelled, as that person's draft.
    """
    status = Status.CANCELLED if silenced else Status.WAITING
    shared = {"user_id": user and user.id, "opens": opens, "ai_call_id": ai_call_id}
    messages: list[Message] = []
    for part in text.parts(body):
        message = Message(
            participant_id=participant.id,
            direction=Direction.OUTBOUND,
            author=author,
            form_key=None if messages else form_key,
            part_of_id=messages[0].id if messages else None,
            body=part,
            status=status,
            cancelled_for=Cancelled.SILENCED if silenced else None,
            clock_ahead=participant.clock_ahead,
            **shared,
        )
        session.add(message)
        session.flush()  # one by one: their ids are their order
        messages.append(message)
    participant.last_activity_at = messages[-1].created_at
    later("jobs.delivery.deliver", participant.id)
    live.changed("conversations", live.thread(participant.id))
    return messages[0]


def is_said_by(session: Session, first: Message, body: str) -> bool:
    """Whether `first`, with the parts that follow it, is this very text."""
    mine = (Message.participant_id == first.participant_id, Message.part_of_id == first.id)
    following = session.scalars(select(Message.body).where(*mine).order_by(Message.id))
    return [first.body, *following] == text.parts(body)
