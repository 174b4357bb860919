"""Who is of the team, and how each sees the dashboard."""

from collections.abc import Sequence

from sqlalchemy import select

from ..database import db, transaction
from ..models import User
from . import authority
from .authority import Act

TEAM = "who is of the team"  # to be locked by who makes a user where there may be none


def active_user(user_id: int) -> User | None:
    user = db.session.get(User, user_id)
    return user if user and user.active else None


def assignable() -> Sequence[User]:
    """Who a conversation can be assigned to, by name."""
    return db.session.scalars(
        select(User)
        .where(User.active, User.role.in_(authority.roles(Act.SEE_TO_ATTENTION)))
        .order_by(User.name, User.email)
        .limit(200)
    ).all()


def prefer(actor: User, *, language: str | None, theme: str | None) -> None:
    """How `actor` sees the dashboard. It changes nothing for others, and is in no audit."""
    with transaction():
        user = db.session.get_one(User, actor.id)
        user.language, user.theme = language, theme
