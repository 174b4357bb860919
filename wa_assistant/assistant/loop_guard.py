"""Two machines that talk to each other fall silent: a person is called instead."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from ..database import db, utcnow
from ..models import Direction, Message, Participant, Status

HOUR = timedelta(hours=1)
WHILE = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5


def seems_a_loop(participant: Participant, message_ids: Sequence[int]) -> bool:
    """Whether the participant got too many answers in an hour, or says the same over and over,
    in the messages to be answered too.

    Once a person has handed the conversation back, what was before counts no more.
    """
    now = utcnow()
    since = max(now - HOUR, participant.handed_back_at or now - HOUR)
    answers = _answers(participant.id, since)
    repeats = _repeats(participant.id, message_ids, max(since, now - WHILE))
    return answers >= current_app.config["ANSWERS_PER_HOUR"] or repeats >= MOST_REPEATS


def _answers(participant_id: int, since: datetime) -> int:
    """Whoever worded them, and in however many parts: the first part is what answered."""
    asked = aliased(Message)
    answers = select(func.count(Message.id)).where(
        Message.participant_id == participant_id,
        Message.direction == Direction.OUTBOUND,
        Message.created_at > since,
        Message.status != Status.CANCELLED,
        exists().where(asked.answered_by_id == Message.id),
    )
    return db.session.scalar(answers) or 0


def _repeats(participant_id: int, message_ids: Sequence[int], since: datetime) -> int:
    """How often the text was said that was said most often, of those to be answered."""
    said = db.session.execute(
        select(Message.id, Message.body).where(
            Message.participant_id == participant_id,
            Message.direction == Direction.INBOUND,
            Message.created_at > since,
        )
    ).all()
    times = Counter(map(_plain, (row.body for row in said)))
    present = {_plain(row.body) for row in said if row.id in message_ids}
    return max((times[text] for text in present if len(text) >= SHORTEST_TEXT), default=0)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
