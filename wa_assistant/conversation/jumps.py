"""Which page of a conversation holds a message or a day, what follows a page, and what was said to
its messages by a sign.

A page is named by the message before which it ends, as conversation/reading.py gives it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from .. import settings
from ..database import db
from ..models import Direction, Message, Note, Participant
from ..models.message import IS_REACTION
from .reading import PAGE

AHEAD = PAGE // 2  # messages that stand after the one that was asked for
MOST_READ = 5000  # of a simulated participant, whose days are their own


def end_of_page_with(participant_id: int, message_id: int) -> int | None:
    """What to give as `before` for a page with this message in it, others before and after it;
    None: it is on the newest."""
    newer = _ids(participant_id).where(Message.id >= message_id).limit(AHEAD + 1)
    found = db.session.scalars(newer).all()
    return found[AHEAD] if len(found) > AHEAD else None


def end_of_page_after(participant_id: int, message_id: int) -> int | None:
    """The same for the page that follows this message."""
    newer = _ids(participant_id).where(Message.id > message_id).limit(PAGE + 1)
    found = db.session.scalars(newer).all()
    return found[PAGE] if len(found) > PAGE else None


def beside(participant_id: int, note_id: int) -> int | None:
    """The first message after a note; None: it stands at the end, or is not there."""
    note = db.session.get(Note, note_id)
    if note is None or note.participant_id != participant_id:
        return None
    return db.session.scalar(
        _ids(participant_id).where(Message.created_at >= note.created_at).limit(1)
    )


def following(participant_id: int, before: int | None) -> Message | None:
    """The first message after a page that ends before this one; None: it is the newest page."""
    if before is None:
        return None
    theirs = select(Message).where(Message.participant_id == participant_id)
    return db.session.scalar(theirs.where(Message.id >= before).order_by(Message.id).limit(1))


def first_on(participant: Participant, day: date) -> int | None:
    """The first message of that day or of the next on which one was said; None: all is older.

    The day is the team's, by the clock that the participant has.
    """
    begins = datetime.combine(day, time(), ZoneInfo(settings.current().time_zone)).astimezone(UTC)
    if participant.simulated:
        return _first_shown(participant.id, begins)
    theirs = _ids(participant.id).where(Message.created_at >= begins)
    return db.session.scalar(theirs.limit(1))


def reactions(
    participant_id: int, page: Sequence[Message], beyond: Message | None
) -> dict[int, Message]:
    """By the id of a message of `page`, the sign with which they reacted to it: the last one, where
    it was not taken back. `beyond`: the message that follows the page, where one does."""
    said = [each for each in page if each.kind == "reaction"]
    if beyond is not None:
        later = select(Message).where(
            Message.participant_id == participant_id, IS_REACTION, Message.id >= beyond.id
        )
        said += db.session.scalars(later.order_by(Message.id)).all()
    of = {each.provider_sid: each.id for each in page if each.provider_sid}
    last = {of[each.quoted_sid]: each for each in _theirs(said) if each.quoted_sid in of}
    return {message_id: sign for message_id, sign in last.items() if sign.body}


def _theirs(said: Iterable[Message]) -> list[Message]:
    return [each for each in said if each.direction == Direction.INBOUND]


def _first_shown(participant_id: int, begins: datetime) -> int | None:
    columns = select(Message.id, Message.created_at, Message.clock_ahead)
    theirs = columns.where(Message.participant_id == participant_id).order_by(Message.id)
    for message_id, created_at, ahead in db.session.execute(theirs.limit(MOST_READ)):
        if created_at + timedelta(seconds=ahead) >= begins:
            return int(message_id)
    return None


def _ids(participant_id: int) -> Select[int]:
    return select(Message.id).where(Message.participant_id == participant_id).order_by(Message.id)
