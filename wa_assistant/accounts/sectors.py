"""The sectors of the company: a list that the team makes. Each user is in one, or in none."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from .. import audit
from ..database import db, folded, one_at_a_time, transaction
from ..models import Action, Sector, Subject, User
from ..models.characters import seen_in_a_line
from ..models.user import SECTOR_CHARACTERS
from ..settings.problem import Problem
from . import users

MOST = 100

EMPTY = _l("Write a name first.")
TOO_LONG = _l("At most %(num)d characters.", num=SECTOR_CHARACTERS)
TAKEN = _l("There is a sector of this name already.")
TOO_MANY = _l("There are %(num)d sectors: remove one first.", num=MOST)


def everything() -> Sequence[Sector]:
    """By name."""
    return db.session.scalars(select(Sector).order_by(Sector.name_folded).limit(MOST)).all()


def counted() -> list[tuple[Sector, int]]:
    """Each with how many active users are in it, by name."""
    number = func.count(User.id)
    found = db.session.execute(
        select(Sector, number)
        .outerjoin(User, (User.sector_id == Sector.id) & User.active)
        .group_by(Sector.id)
        .order_by(Sector.name_folded)
        .limit(MOST)
    )
    return [(sector, people) for sector, people in found]


def add(name: str, actor: User) -> None:
    """A new one. Raises Problem."""
    with transaction():
        one_at_a_time(users.TEAM)
        name = _checked(name)
        if len(everything()) >= MOST:
            raise Problem({"": TOO_MANY})
        sector = Sector(name=name)
        db.session.add(sector)
        db.session.flush()
        audit.record(actor, Action.ADDED, Subject.SECTOR, sector.id, after={"name": name})


def rename(sector_id: int, name: str, actor: User) -> bool:
    """False where there is no such sector any more. Raises Problem."""
    with transaction():
        one_at_a_time(users.TEAM)
        sector = db.session.get(Sector, sector_id)
        if sector is None:
            return False
        before, after = {"name": sector.name}, {"name": _checked(name, sector_id)}
        if before != after:
            sector.name = after["name"]
            audit.record(
                actor, Action.CHANGED, Subject.SECTOR, sector_id, before=before, after=after
            )
        return True


def remove(sector_id: int, actor: User) -> bool:
    """Whoever is in it is in none from now on; False where there is no such sector any more."""
    with transaction():
        one_at_a_time(users.TEAM)
        sector = db.session.get(Sector, sector_id)
        if sector is None:
            return False
        people = users.locked(User.sector_id == sector_id)
        for user in people:
            user.sector_id = None
        was = {"name": sector.name, "people": [each.email for each in people]}
        audit.record(actor, Action.REMOVED, Subject.SECTOR, sector_id, before=was)
        db.session.flush()
        db.session.delete(sector)
        return True


def _checked(name: str, of: int | None = None) -> str:
    """As it is kept; `of`: the sector that may have this name already."""
    name = seen_in_a_line(name)
    if not name:
        raise Problem({"": EMPTY})
    if len(name) > SECTOR_CHARACTERS:
        raise Problem({"": TOO_LONG})
    same = Sector.name_folded == folded(name)[:SECTOR_CHARACTERS]
    if db.session.scalar(select(Sector.id).where(same, Sector.id != of)) is not None:
        raise Problem({"": TAKEN})
    return name
