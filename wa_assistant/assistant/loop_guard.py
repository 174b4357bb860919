"""The loop guard: whether two machines talk to each other, or somebody writes without end."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import BindParameter, ScalarSelect, exists, func, select
from sqlalchemy.orm import aliased

from ..database import db, utcnow
from ..models import Direction, Message, Participant, Status

HOUR = timedelta(hours=1)
REPEATS_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5


def answers(
    participant_id: BindParameter[int], hour_ago: BindParameter[datetime]
) -> ScalarSelect[int]:
    """How many answers the participant got within the hour, for `seems_a_loop`: whoever worded
    them, and in however many parts, for the first part is what answered.

    Once a person has handed the conversation back, what was before counts no more.
    """
    asked = aliased(Message)
    handed_back = select(Participant.handed_back_at).where(Participant.id == participant_id)
    return (
        select(func.count(Message.id))
        .where(
            Message.participant_id == participant_id,
            Message.direction == Direction.OUTBOUND,
            Message.created_at > hour_ago,
            Message.created_at > func.coalesce(handed_back.scalar_subquery(), hour_ago),
            Message.status != Status.CANCELLED,
            exists().where(asked.answered_by_id == Message.id),
        )
        .scalar_subquery()
    )


def seems_a_loop(participant: Participant, asked: Sequence[Message], answered: int) -> bool:
    """Whether so many answers are too many, or the participant says the same over and over, and
    again in the messages that are `asked`; before they were handed back nothing counts."""
    if answered >= current_app.config["ANSWERS_PER_HOUR"]:
        return True
    present = {text for each in asked if len(text := _plain(each.body)) >= SHORTEST_TEXT}
    since = utcnow() - REPEATS_WITHIN
    since = max(since, participant.handed_back_at or since)
    return bool(present) and _repeats(participant.id, present, since) >= MOST_REPEATS


def _repeats(participant_id: int, present: Collection[str], since: datetime) -> int:
    """How often the text was said that was said most often, of those `present`."""
    said = db.session.scalars(
        select(Message.body).where(
            Message.participant_id == participant_id,
            Message.direction == Direction.INBOUND,
            Message.created_at > since,
        )
    )
    times = Counter(map(_plain, said))
    return max(times[text] for text in present)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
