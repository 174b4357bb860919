"""What a participant wrote that waits for their consent, and in the end is somebody's."""

from sqlalchemy import func, select, update

from ..database import db, utcnow
from ..models import Direction, Media, MediaStatus, MediaStep, Message, Participant, Settlement
from ..work.queue import later


def wait(message: Message) -> None:
    """Neither unsettled nor lost; and nothing that came with it is fetched."""
    message.settlement, message.settled_at = Settlement.AWAITING_CONSENT, utcnow()
    fetch_nothing(message)


def fetch_nothing(message: Message) -> None:
    """Of what came with it, until somebody says otherwise."""
    db.session.execute(update(Media).where(Media.message_id == message.id).values(step=None))


def release(participant: Participant) -> bool:
    """They agreed: it is now answered, together with the yes. Says whether anything waited."""
    found = _waiting(participant)
    if found:
        _set(found, None)
        _fetch(found)
    return bool(found)


def hand_over(participant: Participant) -> None:
    """It is a person's, who sees what came with it; and so it is our turn since it came."""
    found = _waiting(participant)
    _set(found, Settlement.WITH_A_PERSON)
    if found and participant.waiting_since is None:
        first = select(func.min(Message.created_at)).where(Message.id.in_(found))
        participant.waiting_since = db.session.scalar(first)
    _fetch(found)


def settle_all(participant: Participant, settlement: Settlement) -> None:
    """What waited for their consent, and what nobody has answered yet."""
    left = Message.settled_at.is_(None) | (Message.settlement == Settlement.AWAITING_CONSENT)
    mine = (Message.participant_id == participant.id, Message.direction == Direction.INBOUND)
    db.session.execute(
        update(Message).where(*mine, left).values(settlement=settlement, settled_at=utcnow())
    )


def fetch_after_all(participant: Participant) -> None:
    """What came while they were blocked."""
    _fetch(_waiting(participant, Settlement.BLOCKED))


def _waiting(
    participant: Participant, settlement: Settlement = Settlement.AWAITING_CONSENT
) -> list[int]:
    return list(
        db.session.scalars(
            select(Message.id).where(
                Message.participant_id == participant.id, Message.settlement == settlement
            )
        )
    )


def _set(message_ids: list[int], settlement: Settlement | None) -> None:
    values = {"settlement": settlement, "settled_at": utcnow() if settlement else None}
    db.session.execute(update(Message).where(Message.id.in_(message_ids)).values(**values))


def _fetch(message_ids: list[int]) -> None:
    waiting = db.session.scalars(
        update(Media)
        .where(Media.message_id.in_(message_ids), Media.status == MediaStatus.WAITING)
        .values(step=MediaStep.FETCH)
        .returning(Media.message_id)
    )
    for message_id in set(waiting):
        later("jobs.media.fetch", message_id)
