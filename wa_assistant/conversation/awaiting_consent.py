"""What a participant wrote that waits for their consent: held, and in the end somebody's."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..database import utcnow
from ..models import Direction, Media, MediaStatus, MediaStep, Message, Participant, Settlement
from ..work.queue import later


def hold(session: Session, message: Message) -> None:
    """Neither unsettled nor lost; and nothing that came with it is fetched."""
    message.settlement, message.settled_at = Settlement.HELD, utcnow()
    session.execute(update(Media).where(Media.message_id == message.id).values(step=None))


def release(session: Session, participant: Participant) -> None:
    """They agreed: it is now answered, together with the yes."""
    found = _held(session, participant)
    _set(session, found, None)
    _fetch(session, found)


def hand_over(session: Session, participant: Participant) -> None:
    """It is a person's, who sees what came with it."""
    found = _held(session, participant)
    _set(session, found, Settlement.WITH_A_PERSON)
    _fetch(session, found)


def settle_all(session: Session, participant: Participant, settlement: Settlement) -> None:
    """What was held, and what nobody has answered yet."""
    left = Message.settled_at.is_(None) | (Message.settlement == Settlement.HELD)
    mine = (Message.participant_id == participant.id, Message.direction == Direction.INBOUND)
    session.execute(
        update(Message).where(*mine, left).values(settlement=settlement, settled_at=utcnow())
    )


def _held(session: Session, participant: Participant) -> list[int]:
    return list(
        session.scalars(
            select(Message.id).where(
                Message.participant_id == participant.id,
                Message.settlement == Settlement.HELD,
            )
        )
    )


def _set(session: Session, message_ids: list[int], settlement: Settlement | None) -> None:
    values = {"settlement": settlement, "settled_at": utcnow() if settlement else None}
    session.execute(update(Message).where(Message.id.in_(message_ids)).values(**values))


def _fetch(session: Session, message_ids: list[int]) -> None:
    waiting = session.scalars(
        update(Media)
        .where(Media.message_id.in_(message_ids), Media.status == MediaStatus.WAITING)
        .values(step=MediaStep.FETCH)
        .returning(Media.message_id)
    )
    for message_id in set(waiting):
        later("jobs.media.fetch", message_id)
