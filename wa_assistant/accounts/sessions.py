"""Who is signed in, and in which browsers: a row for each, so that what has ended stays ended,
whatever cookie comes back."""

import secrets
from hashlib import sha256

from sqlalchemy import select, update

from .. import audit
from ..database import db, transaction, utcnow
from ..models import Action, Session, Subject, User


def begin(user: User) -> str:
    """The key by which the browser is known from now on, until the session ends."""
    key = secrets.token_urlsafe(32)
    with transaction():
        db.session.add(Session(key_hash=hashed(key), user_id=user.id))
    return key


def user(user_id: int, key: str) -> User | None:
    """The user whose session it is, while it lasts and they are of the team."""
    return db.session.scalar(
        select(User)
        .join(Session, Session.user_id == User.id)
        .where(
            User.id == user_id,
            User.active,
            Session.key_hash == hashed(key),
            Session.ended_at.is_(None),
        )
    )


def end(key: str, actor: User) -> None:
    """The session of `actor` with this key is over; nothing happens where there is none."""
    ends = (Session.key_hash == hashed(key), Session.ended_at.is_(None))
    with transaction():
        ended = update(Session).where(*ends).values(ended_at=utcnow()).returning(Session.id)
        if db.session.execute(ended).first():
            audit.record(actor, Action.SIGNED_OUT, Subject.USER, actor.email)


def hashed(secret: str) -> str:
    """What is stored of a secret: whoever reads the database cannot use it."""
    return sha256(secret.encode()).hexdigest()
