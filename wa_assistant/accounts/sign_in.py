"""One-time links, and the users they make."""

import hashlib
import secrets
from datetime import timedelta

from flask import current_app
from sqlalchemy import select, update

from ..database import db, transaction, utcnow
from ..models import AuditEntry, Role, SignInLink, User

LINK_LIFE = timedelta(minutes=30)


def any_user() -> bool:
    return db.session.scalar(select(User.id).limit(1)) is not None


def make_link(email: str, role: Role, actor: str = "command line") -> str:
    """A URL that signs `email` in once within 30 minutes, with `role` from then on."""
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        session.add(
            SignInLink(
                token_hash=_hash(token),
                email=email.strip().lower(),
                role=role,
                expires_at=utcnow() + LINK_LIFE,
            )
        )
        _audit(actor, "sign-in link made", email, role)
    return f"{current_app.config['PUBLIC_URL']}/sign-in/{token}"


def open_link(token: str) -> SignInLink | None:
    """The link behind `token` if it can still be used; looking does not use it up."""
    return db.session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == _hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > utcnow(),
        )
    )


def redeem(token: str) -> User | None:
    """Use the link up and give its user, made or given the link's role; None if it is spent."""
    now = utcnow()
    with transaction() as session:
        link = open_link(token)
        if link is None:
            return None
        used = session.execute(
            update(SignInLink)
            .where(SignInLink.id == link.id, SignInLink.used_at.is_(None))
            .values(used_at=now)
            .returning(SignInLink.id)
        ).first()
        if used is None:
            return None
        user = session.scalar(select(User).where(User.email == link.email))
        if user is None:
            user = User(email=link.email, active=True)
            session.add(user)
        user.role, user.last_sign_in_at = link.role, now
        _audit(user.email, "signed in by link", user.email, Role(link.role))
    return user if user.active else None


def _audit(actor: str, action: str, email: str, role: Role) -> None:
    db.session.add(
        AuditEntry(actor=actor, action=action, subject=email, details={"role": str(role)})
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
