"""Who is signed in, and in which browsers: a row for each, so that what has ended stays ended,
whatever cookie comes back.

A session ends by itself after 12 hours in which nothing was done, and after 14 days in any case.
When it was last used is written every few minutes at most, so that a request costs one statement,
which reads.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import OperationalError

from .. import audit, live
from ..audit import LONGEST_PLACE
from ..database import db, transaction, utcnow, writing
from ..models import Action, Session, Subject, User
from ..models.session import AGENT_CHARACTERS

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)


class Browser(NamedTuple):
    """What a browser calls itself, and the network address it is at."""

    agent: str = ""
    place: str = ""


UNKNOWN = Browser()


class SignedIn(NamedTuple):
    """Who that is, and the `key` by which their browser is known until the session ends."""

    user: User
    key: str


def begin(user: User, browser: Browser) -> SignedIn:
    """A new session, in the writing unit that lets them in: who is put out has none after it."""
    key = secrets.token_urlsafe(32)
    unit = writing()
    unit.flush()  # who is new has an id from now on
    old = (Session.user_id == user.id, Session.created_at <= utcnow() - LONGEST)
    unit.execute(delete(Session).where(*old))
    unit.add(
        Session(
            key_hash=hashed(key),
            user_id=user.id,
            agent=browser.agent[:AGENT_CHARACTERS],
            place=browser.place[:LONGEST_PLACE],
        )
    )
    return SignedIn(user, key)


def user(user_id: int, key: str, *, uses: bool = False) -> User | None:
    """The user whose session it is, while it lasts and they are of the team; `uses`: they do
    something in it now, and no page by itself."""
    now = utcnow()
    found = db.session.execute(
        select(User, Session.id, Session.last_seen_at)
        .join(Session, Session.user_id == User.id)
        .where(User.id == user_id, User.active, Session.key_hash == hashed(key), *_lasts(now))
    ).first()
    if found is None:
        return None
    who, session_id, seen = found
    if uses and seen <= now - SEEN_EVERY:
        _seen(session_id, now)
    return who


def _seen(session_id: int, now: datetime) -> None:
    # A page is shown also where nothing can be written, as on a full disk.
    with suppress(OperationalError), transaction():
        seen = update(Session).where(Session.id == session_id)
        db.session.execute(seen.values(last_seen_at=now))


def of(user: User) -> Sequence[Session]:
    """Where `user` is signed in, the last used first."""
    return db.session.scalars(
        select(Session)
        .where(Session.user_id == user.id, *_lasts(utcnow()))
        .order_by(Session.last_seen_at.desc(), Session.id.desc())
        .limit(100)
    ).all()


def is_of(session: Session, key: str) -> bool:
    return secrets.compare_digest(session.key_hash, hashed(key))


def end(key: str, actor: User) -> None:
    """The session of `actor` with this key is over; nothing happens where there is none."""
    _end(actor, actor, Action.SIGNED_OUT, Session.key_hash == hashed(key))


def end_one(session_id: int, user: User, actor: User) -> bool:
    """Sign `user` out in another browser; False where they are not signed in there."""
    return bool(_end(user, actor, Action.ENDED_SESSION, Session.id == session_id))


def end_others(key: str, user: User, actor: User) -> int:
    """Sign `user` out everywhere but in the browser with this key; in how many that was."""
    return _end(user, actor, Action.ENDED_SESSION, Session.key_hash != hashed(key))


def close(user: User, now: datetime) -> int:
    """All sessions of `user` are over, in the writing unit under way; how many that were."""
    return _close(user, Session.user_id == user.id, now)


def look_again() -> None:
    """Open event streams ask again who they are for, after the commit: somebody's session has
    ended, or their role, or they themselves were put out."""
    live.changed(live.SESSIONS)


def hashed(secret: str) -> str:
    """What is stored of a secret: whoever reads the database cannot use it."""
    return sha256(secret.encode()).hexdigest()


def _lasts(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Session.ended_at.is_(None),
        Session.last_seen_at > now - IDLE,
        Session.created_at > now - LONGEST,
    )


def _end(user: User, actor: User, action: Action, which: ColumnElement[bool]) -> int:
    with transaction():
        ended = _close(user, which, utcnow())
        if ended:
            after = {"sessions": ended} if action is Action.ENDED_SESSION else None
            audit.record(actor, action, Subject.USER, user.email, after=after)
    return ended


def _close(user: User, which: ColumnElement[bool], now: datetime) -> int:
    ended = db.session.execute(
        update(Session)
        .where(Session.user_id == user.id, which, *_lasts(now))
        .values(ended_at=now)
        .returning(Session.id)
    ).all()
    if ended:
        look_again()
    return len(ended)
