"""Reads conversations for people: newest first in the list, oldest first in a thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_, update
from sqlalchemy.orm import joinedload, selectinload

from .. import live
from ..database import db, transaction
from ..models import Message, Participant, User

PAGE = 50
MOST_ATTENTION = 100
LONGEST_SEARCH = 100
FILTERS = ("all", "attention", "mine", "unread")


@dataclass(frozen=True)
class Listing:
    """A page of the list. `attention` stands on top of the first page only."""

    attention: Sequence[Participant]
    others: Sequence[Participant]
    older: int | None  # the id to give as `before` for the next page

    @property
    def participants(self) -> list[Participant]:
        return [*self.attention, *self.others]


def participant(participant_id: int) -> Participant | None:
    return db.session.get(Participant, participant_id)


def listing(
    user: User, *, show: str = "all", search: str = "", before: int | None = None
) -> Listing:
    """What `user` sees of the list under a filter of FILTERS and a search by name or number."""
    people = (joinedload(Participant.held_by), joinedload(Participant.assigned_to))
    query = _matching(select(Participant).options(*people), user, show, search)
    if show == "attention":
        query = query.where(Participant.attention_at.is_not(None))
    top = (
        query.where(Participant.attention_at.is_not(None))
        .order_by(Participant.attention_at, Participant.id)
        .limit(MOST_ATTENTION)
    )
    # Who no longer fits on top stands among the others, wherever the page begins.
    others, older = _page(
        query.where(Participant.id.not_in(top.with_only_columns(Participant.id))), before
    )
    attention = () if before else db.session.scalars(top).all()
    return Listing(attention, others, older)


def simulated(before: int | None = None) -> tuple[Sequence[Participant], int | None]:
    """A page of the pretended participants, and the id to give for older ones."""
    return _page(select(Participant).where(Participant.simulated), before)


def last_messages(participant_ids: Sequence[int]) -> dict[int, Message]:
    """The newest message of each participant, by participant id."""
    newest = (
        select(func.max(Message.id))
        .where(Message.participant_id.in_(participant_ids))
        .group_by(Message.participant_id)
    )
    found = db.session.scalars(
        select(Message)
        .where(Message.id.in_(newest))
        .options(joinedload(Message.user), selectinload(Message.files))
    )
    return {message.participant_id: message for message in found}


def thread(participant_id: int, before: int | None = None) -> tuple[list[Message], int | None]:
    """A page of messages in the order they were said, and the id to give for older ones."""
    query = (
        select(Message)
        .where(Message.participant_id == participant_id)
        .options(joinedload(Message.ai_call), joinedload(Message.user), selectinload(Message.files))
        .order_by(Message.id.desc())
    )
    if before:
        query = query.where(Message.id < before)
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    page = list(reversed(found[:PAGE]))
    return page, page[0].id if len(found) > PAGE else None


def mark_read(participant_id: int) -> None:
    """Somebody of the team has the conversation before their eyes."""
    with transaction() as session:
        changed = session.execute(
            update(Participant)
            .where(Participant.id == participant_id, Participant.unread > 0)
            .values(unread=0)
            .returning(Participant.id)
        ).first()
        if changed:
            live.changed("conversations")


def _matching(query: Select[Any], user: User, show: str, search: str) -> Select[Any]:
    if show == "mine":
        mine = (Participant.held_by_id == user.id, Participant.assigned_to_id == user.id)
        query = query.where(or_(*mine))
    elif show == "unread":
        query = query.where(Participant.unread > 0)
    words = search.strip()[:LONGEST_SEARCH]
    if words:
        found = [Participant.name.icontains(words, autoescape=True)]
        digits = re.sub(r"\D", "", words)
        if digits and not re.search(r"[^\W\d_]", words):  # a number, however it is written
            found.append(Participant.phone.contains(digits))
        query = query.where(or_(*found))
    return query


def _page(query: Select[Any], before: int | None) -> tuple[Sequence[Participant], int | None]:
    query = query.order_by(Participant.last_activity_at.desc(), Participant.id.desc())
    edge = participant(before) if before else None
    if edge:
        position = tuple_(Participant.last_activity_at, Participant.id)
        query = query.where(position < tuple_(edge.last_activity_at, edge.id))
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
