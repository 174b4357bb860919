"""Who is of the team, and how each sees the dashboard.

Locks are taken in one order, by every verb: that of TEAM; users, in the order of their ids;
participants, in the order of theirs; then what is of a participant. Who needs users and locks them
after a participant may wait for a colleague who is put out, while that waits for the participant.

A user is never locked as if their key were to change, which it never is (`locked`): who names one
in a row of any table, as who has written a note, neither waits for who changes the user, nor has to
have locked them.
"""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import ColumnElement, or_, select

from ..database import db, transaction
from ..models import User
from . import authority
from .authority import Act

# To be locked by who makes a user where there may be none, and by who gives or takes a role.
TEAM = "who is of the team"


def active_user(user_id: int) -> User | None:
    user = db.session.get(User, user_id)
    return user if user and user.active else None


def staying(user_id: int, act: Act) -> User | None:
    """Who may do `act`, and may until this writing unit ends; else None.

    It is asked before the row of a participant is locked: who puts them out has both, in that
    order.
    """
    # Their row is shared: who puts them out waits for it, who only names them does not.
    user = db.session.get(User, user_id, with_for_update={"read": True}, populate_existing=True)
    return user if user and authority.may(user, act) else None


def share(*which: ColumnElement[bool]) -> None:
    """Nobody puts those out before the writing unit ends who are meant by any of `which`.

    It is asked before the row of a participant is locked, and then `staying` says who may.
    """
    some = select(User.id).where(or_(*which)).order_by(User.id)
    db.session.execute(some.with_for_update(read=True))


def locked(*which: ColumnElement[bool]) -> Sequence[User]:
    """Those meant by any of `which`, as they are now, for the writing unit under way to change;
    in the order of their ids."""
    some = select(User).where(or_(*which)).order_by(User.id)
    theirs = some.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(theirs).all()


def of_email(email: str) -> User | None:
    found: User | None = db.session.scalar(select(User).where(User.email == email))
    return found


def is_owner_by_environment(email: str) -> bool:
    """Whether they become an owner with each sign-in, whatever they are made meanwhile."""
    return email in current_app.config["OWNER_EMAILS"]


def is_needed(user: User) -> bool:
    """Whether nobody else manages the team: an owner, and one who has been here. Exact under the
    lock of TEAM."""
    others = select(User.id).where(
        User.id != user.id,
        User.active,
        User.role.in_(authority.roles(Act.MANAGE_TEAM)),
        User.last_sign_in_at.is_not(None),
    )
    return authority.may(user, Act.MANAGE_TEAM) and db.session.scalar(others.limit(1)) is None


def assignable() -> Sequence[User]:
    """Who a conversation can be assigned to, by name."""
    return db.session.scalars(
        select(User)
        .where(User.active, User.role.in_(authority.roles(Act.SEE_TO_ATTENTION)))
        .order_by(User.name, User.email)
        .limit(200)
    ).all()


def everybody() -> Sequence[User]:
    """Who is or was of the team, by name."""
    return db.session.scalars(select(User).order_by(User.name, User.email).limit(1000)).all()


def prefer(actor: User, *, language: str | None, theme: str | None, keys: bool) -> None:
    """How `actor` sees the dashboard. It changes nothing for others, and is in no audit."""
    with transaction():
        user = db.session.get_one(User, actor.id)
        user.language, user.theme, user.keys = language, theme, keys
