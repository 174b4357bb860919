"""The loop guard: whether two machines talk to each other, or somebody writes without end."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import BindParameter, ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from ..database import db, utcnow
from ..models import AiCall, Direction, Message, Outcome, Participant, Status

HOUR = timedelta(hours=1)
REPEATS_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5
# What the model said, which was paid for and that nobody heard.
DISCARDED = (Outcome.OBSOLETE, Outcome.UNUSABLE)


def answers(
    participant_id: BindParameter[int], hour_ago: BindParameter[datetime]
) -> ColumnElement[int]:
    """How many answers were made for the participant within the hour, for `seems_a_loop`: whoever
    worded them, in however many parts (the first part is what answered), and also those of the
    model that were discarded: it is asked as often all the same.

    Once a person has handed the conversation back, what was before counts no more.
    """
    asked = aliased(Message)
    handed_back = select(Participant.handed_back_at).where(Participant.id == participant_id)
    since = func.coalesce(handed_back.scalar_subquery(), hour_ago)
    heard = select(func.count(Message.id)).where(
        Message.participant_id == participant_id,
        Message.direction == Direction.OUTBOUND,
        Message.created_at > hour_ago,
        Message.created_at > since,
        Message.status != Status.CANCELLED,
        exists().where(asked.answered_by_id == Message.id),
    )
    discarded = select(func.count(AiCall.id)).where(
        AiCall.participant_id == participant_id,
        AiCall.outcome.in_(DISCARDED),
        AiCall.prompt_version != "",
        AiCall.created_at > hour_ago,
        AiCall.created_at > since,
    )
    return heard.scalar_subquery() + discarded.scalar_subquery()


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
