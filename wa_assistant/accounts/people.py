"""Who is of the team, as it is listed, by name: a page at a time, however many there are."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Self

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from ..database import db, folded
from ..models import Sector, Session, User
from ..models.user import labelled

PAGE = 50
LONGEST_SEARCH = 100


class Place(NamedTuple):
    """Where a page begins: after the colleague of this name and id."""

    name: str
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """What `str` wrote. Raises ValueError for anything else."""
        found = re.fullmatch(r"([0-9]{1,10})~([^\x00]*)", text)
        if found is None or int(found[1]) >= 2**31:
            raise ValueError(text)
        return cls(found[2], int(found[1]))

    def __str__(self) -> str:
        return f"{self.id}~{self.name}"


class Colleague(NamedTuple):
    """A line of the list; `sector` is its name."""

    id: int
    email: str
    name: str
    name_folded: str
    role: str
    active: bool
    picture_url: str | None
    last_sign_in_at: datetime | None
    sector: str | None

    @property
    def label(self) -> str:
        return labelled(self.name, self.email)


class Page(NamedTuple):
    """`seen`: when each was last here, by id; `next`: where the next page begins."""

    users: Sequence[Colleague]
    seen: dict[int, datetime]
    next: Place | None


def of_id(user_id: int) -> User | None:
    return db.session.get(User, user_id, options=[joinedload(User.sector)])


def page(
    *, search: str = "", sector_id: int | None = None, former: bool = False, after: Place | None
) -> Page:
    """Those of the team; `former`: those who were put out instead."""
    conditions: list[ColumnElement[bool]] = [User.active.is_(not former)]
    if search:
        conditions.append(_matches(search))
    if sector_id:
        conditions.append(User.sector_id == sector_id)
    if after:
        conditions.append(tuple_(User.name_folded, User.id) > tuple_(*after))
    # As columns: what is loaded as rows is asked for anew, one by one, after a rollback.
    columns = [getattr(User, name) for name in Colleague._fields if name != "sector"]
    asked = (
        select(*columns, Sector.name)
        .outerjoin(Sector)
        .where(*conditions)
        .order_by(User.name_folded, User.id)
        .limit(PAGE + 1)
    )
    found = [Colleague._make(each) for each in db.session.execute(asked)]
    shown, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    following = Place(last.name_folded, last.id) if last else None
    return Page(shown, seen([each.id for each in shown]), following)


def seen(ids: Sequence[int]) -> dict[int, datetime]:
    """When each was last here, to a few minutes, of those who have been lately."""
    found = db.session.execute(
        select(Session.user_id, func.max(Session.last_seen_at).label("last"))
        .where(Session.user_id.in_(ids))
        .group_by(Session.user_id)
    )
    return {each.user_id: each.last for each in found}


def _matches(search: str) -> ColumnElement[bool]:
    """A part of their name, or of their address."""
    words = search[:LONGEST_SEARCH].replace("\x00", "")  # which Postgres knows in no text
    return or_(
        User.name_folded.contains(folded(words), autoescape=True),
        User.email.contains(words.strip().lower(), autoescape=True),
    )
