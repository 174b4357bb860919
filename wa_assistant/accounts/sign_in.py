"""One-time links, and the users they make."""

import secrets
from datetime import timedelta

from flask import current_app
from sqlalchemy import select, update

from .. import audit
from ..audit import Actor
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, Origin, Role, SignInLink, Subject, User
from . import attempts, sessions, users
from .sessions import hashed

LINK_LIFE = timedelta(minutes=30)


def any_user() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def make_link(email: str, role: Role, actor: Actor = Origin.COMMAND_LINE) -> str:
    """A URL that signs `email` in once within 30 minutes, with `role` from then on.

    Those made for them before are void. Raises attempts.TooMany where people have made as many for
    them as may be; who has the command line has everything anyway.
    """
    token, email = secrets.token_urlsafe(32), email.strip().lower()
    with transaction():
        if actor is not Origin.COMMAND_LINE:
            attempts.count(attempts.by_link_for(email))
        void_links(email)
        db.session.add(
            SignInLink(
                token_hash=hashed(token),
                email=email,
                role=role,
                expires_at=utcnow() + LINK_LIFE,
            )
        )
        given = {"role": str(role)}
        audit.record(actor, Action.MADE_SIGN_IN_LINK, Subject.USER, email, after=given)
    return f"{current_app.config['PUBLIC_URL']}/sign-in/{token}"


def void_links(email: str) -> None:
    """The links made for them before open nothing any more; within the writing unit of what makes
    them void: a newer link, which gives a role of its own."""
    unused = (SignInLink.email == email, SignInLink.used_at.is_(None))
    db.session.execute(update(SignInLink).where(*unused).values(expires_at=utcnow()))


def open_link(token: str) -> SignInLink | None:
    """The link behind `token` if it can still be used; looking does not use it up."""
    return db.session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == hashed(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > utcnow(),
        )
    )


def whose(token: str) -> str | None:
    """Whom the link was made for, spent as it may be; None where it was never made."""
    return db.session.scalar(select(SignInLink.email).where(SignInLink.token_hash == hashed(token)))


def redeem(token: str) -> User | None:
    """Use the link up and give its user, made or given the link's role; None if it is spent."""
    now = utcnow()
    with transaction():
        one_at_a_time(users.TEAM)
        link = open_link(token)
        if link is None:
            return None
        used = db.session.execute(
            update(SignInLink)
            .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
            .values(used_at=now)
            .returning(SignInLink.id)
        ).first()
        if used is None:
            return None
        user = db.session.scalar(select(User).where(User.email == link.email))
        before = {"role": user.role} if user else None
        if user is None:
            user = User(email=link.email, active=True)
            db.session.add(user)
        user.role, user.last_sign_in_at, user.invited = link.role, now, True
        after = {"role": user.role}
        audit.record(user, Action.SIGNED_IN, Subject.USER, user.email, before=before, after=after)
        if before and before != after:
            sessions.look_again()
    return user if user.active else None
