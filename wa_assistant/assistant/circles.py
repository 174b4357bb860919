"""Two machines that talk to each other fall silent: a person is called instead."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from ..database import db, utcnow
from ..models import Author, Direction, Message, Status

HOUR = timedelta(hours=1)
WHILE = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5
LOOKED_AT = 400  # of the newest messages, so that a long history costs nothing


def seems_a_loop(participant_id: int) -> bool:
    """Whether the participant got too many answers in an hour, or says the same over and over."""
    now = utcnow()
    recent = db.session.execute(
        select(Message.direction, Message.author, Message.status, Message.body, Message.created_at)
        .where(Message.participant_id == participant_id)
        .order_by(Message.id.desc())
        .limit(max(LOOKED_AT, 2 * current_app.config["ANSWERS_PER_HOUR"]))
    ).all()
    db.session.rollback()
    answers = sum(
        each.author == Author.ASSISTANT
        and each.status != Status.CANCELLED
        and each.created_at > now - HOUR
        for each in recent
    )
    said = [
        " ".join(each.body.split()).casefold()
        for each in recent
        if each.direction == Direction.INBOUND and each.created_at > now - WHILE
    ]
    repeats = said.count(said[0]) if said and len(said[0]) >= SHORTEST_TEXT else 0
    return answers >= current_app.config["ANSWERS_PER_HOUR"] or repeats >= MOST_REPEATS
