"""Reads conversations for people: newest first in the list, oldest first in a thread."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, tuple_, union_all
from sqlalchemy.orm import joinedload, selectinload

from .. import live
from ..database import db, transaction
from ..models import Direction, Message, Participant, User
from ..models.listed import IS_SIMULATED, IS_WAITING
from . import lists
from .lists import Sort

PAGE = 50
LONGEST_PAGE = 5 * PAGE  # of what a reader has loaded, that is kept up to date
MOST_ATTENTION = 100
LARGEST_ID = 2**31 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page of the list ends: with who was active `at` then and has this `id`; or, where it
    is among those who wait, with who `waits` since then.

    It stays where it is when they write again, so that the next page skips and repeats nobody.
    """

    at: datetime
    id: int
    waits: bool = False

    def __str__(self) -> str:
        """As an address carries it: microseconds since 1970, and the id."""
        return f"{'w' * self.waits}{(self.at - EPOCH) // MICROSECOND}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """The place that `text` names; ValueError where it names none."""
        found = re.fullmatch(r"(w?)([0-9]{1,16})-([0-9]{1,10})", text)
        if found is None or int(found[3]) > LARGEST_ID:
            raise ValueError(text)
        return cls(EPOCH + int(found[2]) * MICROSECOND, int(found[3]), bool(found[1]))


BEFORE_ALL = Place(EPOCH + (10**16 - 1) * MICROSECOND, 0)


@dataclass(frozen=True)
class Listing:
    """A page of the list. `attention` stands on top of the first page only."""

    attention: Sequence[Participant]
    others: Sequence[Participant]
    older: Place | None  # to give as `before` for the next page

    @property
    def participants(self) -> list[Participant]:
        return [*self.attention, *self.others]


class Last(NamedTuple):
    """The newest message of a conversation, and the participant's newest, where they wrote any."""

    said: Message
    heard: Message | None


def participant(participant_id: int) -> Participant | None:
    return db.session.get(Participant, participant_id)


def listing(
    user: User,
    *,
    show: str = lists.OPEN,
    search: str = "",
    before: Place | None = None,
    sort: Sort = Sort.NEWEST,
) -> Listing:
    """What `user` sees of a list of lists.LISTS and a search by name or number."""
    people = (joinedload(Participant.taken_over_by), joinedload(Participant.assigned_to))
    query = select(Participant).options(*people).where(*lists.conditions(show, user, search))
    turn = _waiting_first if sort is Sort.WAITING else _page
    if show in lists.CALM:
        return Listing((), *_page(query, before))
    top = (
        query.where(*lists.is_called(show))
        .order_by(Participant.attention_at, Participant.id)
        .limit(MOST_ATTENTION)
    )
    # Who no longer fits on top stands among the others, wherever the page begins.
    others, older = turn(
        query.where(Participant.id.not_in(top.with_only_columns(Participant.id))), before
    )
    attention = () if before else db.session.scalars(top).all()
    return Listing(attention, others, older)


def simulated(before: Place | None = None) -> tuple[Sequence[Participant], Place | None]:
    """A page of the pretended participants, and the place to give for older ones."""
    return _page(select(Participant).where(IS_SIMULATED), before)


def last_messages(participant_ids: Sequence[int]) -> dict[int, Last]:
    """Of each participant what was said last, and what they said last, by participant id."""
    # Two looks into the index for each of them, however long they have been writing.
    theirs = select(Message.id).where(Message.participant_id == Participant.id)
    ids = [
        select(newest.order_by(Message.id.desc()).limit(1).correlate(Participant).scalar_subquery())
        for newest in (theirs, theirs.where(Message.direction == Direction.INBOUND))
    ]
    people = Participant.id.in_(participant_ids)
    found = db.session.scalars(
        select(Message)
        .where(Message.id.in_(union_all(*(each.where(people) for each in ids))))
        .order_by(Message.id)
        .options(joinedload(Message.user), selectinload(Message.files))
    )
    last: dict[int, Last] = {}
    for message in found:
        before = last.get(message.participant_id)
        is_theirs = message.direction == Direction.INBOUND
        heard = message if is_theirs else before and before.heard
        last[message.participant_id] = Last(message, heard)
    return last


def thread(
    participant_id: int, before: int | None = None, since: int | None = None
) -> tuple[list[Message], int | None]:
    """A page of messages in the order they were said, and the id to give for older ones.

    `since` is the oldest a reader has before their eyes: the page is as long as they have it.
    """
    query = (
        select(Message)
        .where(Message.participant_id == participant_id)
        .options(
            joinedload(Message.ai_call),
            joinedload(Message.user),
            selectinload(Message.files),
            selectinload(Message.citations),
            joinedload(Message.quoted).selectinload(Message.files),
        )
        .order_by(Message.id.desc())
    )
    if before:
        query = query.where(Message.id < before)
    length = PAGE
    if since:
        length = max(PAGE, _count(participant_id, since, before))
    found = db.session.scalars(query.limit(length + 1)).all()
    page = list(reversed(found[:length]))
    return page, page[0].id if len(found) > length else None


def _count(participant_id: int, since: int, before: int | None) -> int:
    """How many messages stand from `since` on and before `before`: LONGEST_PAGE at most."""
    found = select(Message.id).where(Message.participant_id == participant_id, Message.id >= since)
    if before:
        found = found.where(Message.id < before)
    return len(db.session.scalars(found.limit(LONGEST_PAGE)).all())


def mark_read(participant_id: int, up_to: int) -> None:
    """Somebody of the team has had the conversation before their eyes, down to message `up_to`."""
    with transaction():
        # Who receives a message holds the participant, too: none comes between.
        participant = db.session.get(Participant, participant_id, with_for_update=True)
        if participant is None or not participant.unread:
            return
        newer = select(func.count(Message.id)).where(
            Message.participant_id == participant_id,
            Message.direction == Direction.INBOUND,
            Message.id > up_to,
        )
        left = min(participant.unread, db.session.scalars(newer).one())
        if left < participant.unread:
            participant.unread = left
            live.changed("conversations")


def _waiting_first(
    query: Select[Any], before: Place | None
) -> tuple[Sequence[Participant], Place | None]:
    """A page of who waits, longest first, and once these are through of the others."""
    others = query.where(Participant.waiting_since.is_(None))
    if before and not before.waits:
        return _page(others, before)
    waiting = query.where(IS_WAITING).order_by(Participant.waiting_since, Participant.id)
    if before:
        position = tuple_(Participant.waiting_since, Participant.id)
        waiting = waiting.where(position > tuple_(before.at, before.id))
    first = list(db.session.scalars(waiting.limit(PAGE + 1)))
    if len(first) > PAGE:
        last = first[PAGE - 1]
        return first[:PAGE], Place(last.waiting_since or EPOCH, last.id, waits=True)
    rest, older = _page(others, None)
    found = [*first, *rest]
    if older is None and len(found) <= PAGE:
        return found, None
    last = found[PAGE - 1]
    return found[:PAGE], Place(last.last_activity_at, last.id) if last in rest else BEFORE_ALL


def _page(query: Select[Any], before: Place | None) -> tuple[Sequence[Participant], Place | None]:
    query = query.order_by(Participant.last_activity_at.desc(), Participant.id.desc())
    if before:
        position = tuple_(Participant.last_activity_at, Participant.id)
        query = query.where(position < tuple_(before.at, before.id))
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    page = found[:PAGE]
    return page, Place(page[-1].last_activity_at, page[-1].id) if len(found) > PAGE else None
