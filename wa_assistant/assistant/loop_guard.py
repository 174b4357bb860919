"""The loop guard: whether two machines talk to each other, or somebody writes without end."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from flask import current_app
from sqlalchemy import BindParameter, ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from ..database import db, utcnow
from ..models import (
    AiCall,
    Author,
    CallKind,
    Direction,
    Media,
    Message,
    Outcome,
    Participant,
    Status,
)

HOUR = timedelta(hours=1)
REPEATS_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5
SAME_REPLIES = 6  # in a row
# What the model said, which was paid for and that nobody heard.
DISCARDED = (Outcome.OBSOLETE, Outcome.UNUSABLE)


def answers(
    participant_id: BindParameter[int], hour_ago: BindParameter[datetime]
) -> ColumnElement[int]:
    """How many answers were made for the participant within the hour, for `seems_a_loop`: whoever
    worded them, in however many parts (the first part is what answered), and also those of the
    model that were discarded: it is asked as often all the same. Each voice message that was
    written down counts too, and each picture.

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
    counts = [heard, discarded, *_of_files(participant_id, hour_ago, since)]
    scalars = [each.scalar_subquery() for each in counts]
    return sum(scalars[1:], scalars[0])


def _of_files(
    participant_id: BindParameter[int],
    hour_ago: BindParameter[datetime],
    since: ColumnElement[Any],
) -> tuple[Select[int], Select[int]]:
    """The voice messages that were written down, and the pictures that came."""
    asked = aliased(Message)
    spoken = select(func.count(AiCall.id)).where(
        AiCall.participant_id == participant_id,
        AiCall.kind == CallKind.TRANSCRIPTION,
        AiCall.tokens > 0,
        AiCall.created_at > hour_ago,
        AiCall.created_at > since,
    )
    shown = (
        select(func.count(Media.id))
        .join(asked, asked.id == Media.message_id)
        .where(
            asked.participant_id == participant_id,
            asked.created_at > hour_ago,
            asked.created_at > since,
            asked.direction == Direction.INBOUND,
            asked.kind != "sticker",
            Media.content_type.startswith("image/"),
        )
    )
    return spoken, shown


def seems_a_loop(
    participant: Participant, asked: Sequence[Message], said: Sequence[Message], answered: int
) -> bool:
    """Whether so many answers are too many, the participant says the same over and over, and again
    in the messages that are `asked`, or we do in what was `said`, the newest first; before they
    were handed back nothing counts."""
    if answered >= current_app.config["ANSWERS_PER_HOUR"]:
        return True
    if _same_replies(participant, said) >= SAME_REPLIES:
        return True
    present = {text for each in asked if len(text := _plain(each.body)) >= SHORTEST_TEXT}
    since = utcnow() - REPEATS_WITHIN
    since = max(since, participant.handed_back_at or since)
    return bool(present) and _repeats(participant.id, present, since) >= MOST_REPEATS


def same_before(participant: Participant, said: Sequence[Message]) -> str:
    """The reply that would be one of too many, were it said once more; "" for none."""
    if _same_replies(participant, said) < SAME_REPLIES - 1:
        return ""
    return next(each.body for each in said if each.author == Author.ASSISTANT)


def _same_replies(participant: Participant, said: Sequence[Message]) -> int:
    """How many of our last replies were the same, in a row, of what was said, the newest first;
    0 where that is as short as what anybody may repeat."""
    since = participant.handed_back_at
    ours = [
        each.body
        for each in said
        if each.author == Author.ASSISTANT
        and each.part_of_id is None
        and (since is None or each.created_at > since)
    ]
    if not ours or len(_plain(ours[0])) < SHORTEST_TEXT:
        return 0
    return sum(1 for _ in takewhile(lambda body: body == ours[0], ours))


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
