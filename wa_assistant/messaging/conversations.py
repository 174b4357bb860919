"""Reads conversations for people: newest first in the list, oldest first in a thread."""

from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from ..database import db
from ..models import Message, Participant

PAGE = 50


def participant(participant_id: int) -> Participant | None:
    return db.session.get(Participant, participant_id)


def listing(
    before: int | None = None, *, simulated_only: bool = False
) -> tuple[Sequence[Participant], int | None]:
    """A page of participants by last activity, and the id to give for the page of older ones."""
    query = select(Participant).order_by(Participant.last_activity_at.desc(), Participant.id.desc())
    if simulated_only:
        query = query.where(Participant.simulated)
    edge = participant(before) if before else None
    if edge:
        position = tuple_(Participant.last_activity_at, Participant.id)
        query = query.where(position < tuple_(edge.last_activity_at, edge.id))
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def last_messages(participant_ids: Sequence[int]) -> dict[int, Message]:
    """The newest message of each participant, by participant id."""
    newest = (
        select(func.max(Message.id))
        .where(Message.participant_id.in_(participant_ids))
        .group_by(Message.participant_id)
    )
    found = db.session.scalars(select(Message).where(Message.id.in_(newest)))
    return {message.participant_id: message for message in found}


def thread(participant_id: int, before: int | None = None) -> tuple[list[Message], int | None]:
    """A page of messages in the order they were said, and the id to give for older ones."""
    query = (
        select(Message)
        .where(Message.participant_id == participant_id)
        .options(joinedload(Message.ai_call))
        .order_by(Message.id.desc())
    )
    if before:
        query = query.where(Message.id < before)
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    page = list(reversed(found[:PAGE]))
    return page, page[0].id if len(found) > PAGE else None
