"""One-time links, and the users they make."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, or_, select, update

from .. import audit
from ..audit import Actor
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, Origin, Role, SignInLink, Subject, User
from . import admission, attempts, sessions, users
from .sessions import UNKNOWN, Browser, SignedIn, hashed

LINK_LIFE = timedelta(minutes=30)
INVITATION_LIFE = timedelta(days=3)  # of who has never been here, and may come when they can


def any_user() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def make_link(email: str, role: Role | None, actor: Actor = Origin.COMMAND_LINE) -> str:
    """A URL that signs `email` in once, with `role` from then on; None: with the one they have.

    Those made for them before are void. Raises attempts.TooMany where people have made as many for
    them as may be; who has the command line has everything anyway.
    """
    with transaction():
        return new_link(email, role, actor)


def new_link(email: str, role: Role | None, actor: Actor) -> str:
    """The same, within the writing unit under way."""
    token, email = new_token(), admission.folded(email)
    if actor is not Origin.COMMAND_LINE:
        attempts.count(attempts.by_link_for(email))
    void_links(email)
    keep(token, email, role, actor)
    return url(token)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def url(token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/sign-in/{token}"


def life(email: str) -> timedelta:
    """How long a link lasts that somebody of the team makes for them."""
    user = users.of_email(email)
    return INVITATION_LIFE if user and user.last_sign_in_at is None else LINK_LIFE


def keep(token: str, email: str, role: Role | None, actor: Actor) -> None:
    """From the commit of the writing unit under way on, the link of `token` signs `email` in."""
    lasts = LINK_LIFE if actor is Origin.COMMAND_LINE else life(email)
    link = SignInLink(token_hash=hashed(token), email=email, role=role)
    link.made_by, link.expires_at = audit.name_of(actor), utcnow() + lasts
    db.session.add(link)
    given = {"role": role and str(role)}
    audit.record(actor, Action.MADE_SIGN_IN_LINK, Subject.USER, email, after=given)


def open_links(email: str) -> Sequence[SignInLink]:
    """Those that sign them in at this moment, the newest first."""
    return db.session.scalars(
        select(SignInLink)
        .where(SignInLink.email == email, *_is_open())
        .order_by(SignInLink.id.desc())
    ).all()


def void_links(email: str) -> None:
    """The links made for them before open nothing any more, as there is a newer one; within its
    writing unit."""
    _void(SignInLink.email == email)


def void_all_of(user: User) -> None:
    """The links made for them open nothing any more, nor do those that they made: who knows one
    for an owner would be that owner. Within the writing unit of what makes them void: another
    role, or that they are put out."""
    _void(or_(SignInLink.email == user.email, SignInLink.made_by == user.email))


def _void(which: ColumnElement[bool]) -> None:
    unused = update(SignInLink).where(which, SignInLink.used_at.is_(None))
    db.session.execute(unused.values(expires_at=utcnow()))


def open_link(token: str) -> SignInLink | None:
    """The link behind `token` if it can still be used; looking does not use it up."""
    return db.session.scalar(
        select(SignInLink).where(SignInLink.token_hash == hashed(token), *_is_open())
    )


def whose(token: str) -> str | None:
    """Whom the link was made for, spent as it may be; None where it was never made."""
    return db.session.scalar(select(SignInLink.email).where(SignInLink.token_hash == hashed(token)))


def redeem(token: str, browser: Browser = UNKNOWN) -> SignedIn | None:
    """Use the link up and sign its user in, made by it or with its role; None where it is spent,
    or they are not of the team.

    An owner stays one while there is no other, whatever the link says: see users.is_needed.
    """
    now = utcnow()
    with transaction():
        one_at_a_time(users.TEAM)
        link = open_link(token)
        if link is None or not _use(link, now):
            return None
        user = users.of_email(link.email)
        if user is None and link.role:
            user = User(email=link.email, active=True)
            db.session.add(user)
        if user is None or not user.active:
            return None
        before = {"role": user.role} if user.id else None
        user.role = _role(user, link)
        user.last_sign_in_at, user.invited = now, True
        after = {"role": user.role}
        audit.record(user, Action.SIGNED_IN, Subject.USER, user.email, before=before, after=after)
        if before and before != after:
            void_all_of(user)
            sessions.look_again()
        return sessions.begin(user, browser)


def _role(user: User, link: SignInLink) -> str:
    if users.is_owner_by_environment(user.email):
        return Role.OWNER
    keeps = not link.role or (user.id and users.is_needed(user))
    return user.role if keeps else str(link.role)


def _use(link: SignInLink, now: datetime) -> bool:
    """Whether it was us who used it up."""
    used = db.session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
        .values(used_at=now)
        .returning(SignInLink.id)
    )
    return used.first() is not None


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return SignInLink.used_at.is_(None), SignInLink.expires_at > utcnow()
