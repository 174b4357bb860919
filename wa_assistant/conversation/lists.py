"""The lists that conversations stand in, and how many stand in each.

Who is pretended stands in a list of their own, and in no other.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, func, select, union

from ..database import db
from ..models import Message, Participant, Sector, User
from ..models.listed import IS_DONE, IS_OPEN, IS_REAL, IS_SIMULATED, IS_SNOOZED, IS_UNREAD
from ..models.message import IS_PARKED
from ..models.participant import ConversationStatus
from . import search as searching

OPEN, SIMULATED = "open", "simulated"
LISTS = (
    OPEN,
    "attention",
    "mine",
    "unassigned",
    "unread",
    "snoozed",
    "done",
    "parked",
    SIMULATED,
)
CALM = ("snoozed", "done")  # in which nobody is wanted at the moment
OF_A_SECTOR = re.compile(r"sector-([1-9][0-9]{0,8})")
MOST_COUNTED = 1000
Conditions = tuple[ColumnElement[bool] | TextClause, ...]


class Sort(StrEnum):
    NEWEST = "newest"
    WAITING = "waiting"  # who waits longest for words of ours first, and then who waits for none


def known(show: str) -> str:
    """The list of that name, or the open ones."""
    return show if show in LISTS or OF_A_SECTOR.fullmatch(show) else OPEN


def of_sector(sector: Sector) -> str:
    """The name of the list of what its people hold or look after."""
    return f"sector-{sector.id}"


def conditions(show: str, user: User, search: str = "") -> Conditions:
    """Who stands in that list for `user`, and fits a search by name or number. A search in the
    open ones is a search in all."""
    found = searching.condition(search)
    if found is None:
        return _of(show, user)
    return (IS_REAL, found) if show == OPEN else (*_of(show, user), found)


def called(show: str) -> Select[Any]:
    """The ids of who needs a person now, of those who are real, or of those who are not."""
    # As a list of ids: SQLite would look at everybody in the order of the list until it has a page.
    return select(Participant.id).where(*is_called(show))


def is_called(show: str) -> Conditions:
    """The same for a query in the order in which they were called: it walks along them."""
    now = (Participant.attention_at.is_not(None), Participant.status == ConversationStatus.OPEN)
    return (*now, Participant.simulated.is_(show == SIMULATED))


def ids(show: str, user: User, search: str, limit: int) -> list[int]:
    """Of so many of a list at most, who was active last first."""
    newest = (Participant.last_activity_at.desc(), Participant.id.desc())
    query = select(Participant.id).where(*conditions(show, user, search)).order_by(*newest)
    return list(db.session.scalars(query.limit(limit)))


def counts(user: User, sectors: Sequence[Sector]) -> dict[str, int]:
    """How many stand in each list, MOST_COUNTED at most, in one statement: none is counted
    further."""
    names = [*LISTS, *map(of_sector, sectors)]
    some = (
        select(Participant.id).where(*_of(each, user)).limit(MOST_COUNTED).subquery()
        for each in names
    )
    found = select(*(select(func.count()).select_from(each).scalar_subquery() for each in some))
    return dict(zip(names, db.session.execute(found).one(), strict=True))


def _of(show: str, user: User) -> Conditions:
    if sector := OF_A_SECTOR.fullmatch(show):
        people = select(User.id).where(User.sector_id == int(sector[1]))
        return (_held_by(people), *_now())
    ways: dict[str, Conditions] = {
        OPEN: (IS_OPEN,),
        "attention": (Participant.id.in_(called(show)),),
        "mine": (_held_by(select(User.id).where(User.id == user.id)), *_now()),
        "unassigned": (IS_OPEN, *nobody_s()),
        "unread": (IS_UNREAD, *_now()),
        "snoozed": (IS_SNOOZED, IS_REAL),
        "done": (IS_DONE,),
        "parked": (Participant.id.in_(select(Message.participant_id).where(IS_PARKED)), IS_REAL),
        SIMULATED: (IS_SIMULATED,),
    }
    return ways[show]


def nobody_s() -> Conditions:
    """Nobody holds it or looks after it. Most are: their indexes would lead through all of them."""
    return tuple(
        func.coalesce(column, 0) == 0
        for column in (Participant.assigned_to_id, Participant.taken_over_by_id)
    )


def _now() -> Conditions:
    """Open, and real; not in the words of the index of these, which others find quicker."""
    return (Participant.simulated.is_(False), Participant.status == ConversationStatus.OPEN)


def _held_by(people: Select[Any]) -> ColumnElement[bool]:
    ways = (
        select(Participant.id).where(column.in_(people))
        for column in (Participant.taken_over_by_id, Participant.assigned_to_id)
    )
    return Participant.id.in_(union(*ways))
