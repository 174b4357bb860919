"""Who of those who come from GitHub is of the team.

Known again by GitHub's number alone. Who is new needs a verified address: of an allowed domain, of
an owner as the environment names them, or one that was invited. Nothing is written of who is not
let in.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from flask import current_app
from sqlalchemy import select

from .. import audit
from ..clients.github import Person
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, Role, Subject, User
from ..models.characters import seen_in_a_line
from ..models.user import ADDRESS_CHARACTERS, NAME_CHARACTERS
from . import sessions, users
from .sessions import Browser, SignedIn

# GitHub's own, which say nothing of where somebody works.
NO_REPLY = "users.noreply."
# One that an e-mail's header takes for one, and for this one.
_PART = r"[^@\s,;:<>()\[\]\\\"\x00-\x1f\x7f]+"
ADDRESS = re.compile(f"{_PART}@{_PART}")


class Refusal(StrEnum):
    NO_ADDRESS = "no verified address"
    NOT_INVITED = "not invited"
    TAKEN = "taken by another account"
    DEACTIVATED = "deactivated"


class Refused(Exception):
    """They are not let in; `why` and, where it is about one, the `address`."""

    def __init__(self, why: Refusal, address: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.address = address


def admit(person: Person, browser: Browser) -> SignedIn:
    """Sign in the user that `person` is, made or bound to GitHub's number by the first sign-in;
    raises Refused."""
    addresses = _usable(person.addresses)
    if not addresses:
        raise Refused(Refusal.NO_ADDRESS)
    with transaction():
        one_at_a_time(users.TEAM)
        user = _known(person, addresses) or _newcomer(person, addresses)
        _signs_in(user, person, addresses, utcnow())
        return sessions.begin(user, browser)


def folded(address: str) -> str:
    """As addresses are compared. ASCII's capitals alone: other letters fold into foreign ones."""
    return address.strip().encode().lower().decode()


def _usable(given: tuple[str, ...]) -> list[str]:
    addresses = [folded(each) for each in given]
    return [
        each
        for each in addresses
        if ADDRESS.fullmatch(each)
        and len(each) <= ADDRESS_CHARACTERS
        and not _domain(each).startswith(NO_REPLY)
    ]


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _known(person: Person, addresses: list[str]) -> User | None:
    user: User | None = db.session.scalar(select(User).where(User.github_id == person.id))
    if user is None:
        return None
    if not user.active:
        raise Refused(Refusal.DEACTIVATED)
    if not user.invited and not any(map(_is_listed, addresses)):
        raise Refused(Refusal.NOT_INVITED)
    return user


def _newcomer(person: Person, addresses: list[str]) -> User:
    """Whoever is known by one of the addresses, or is made by the first that is allowed."""
    known = {each.email: each for each in _with(addresses)}
    for user in known.values():
        if not user.active:
            raise Refused(Refusal.DEACTIVATED)
        if user.github_id is not None:
            raise Refused(Refusal.TAKEN, user.email)
    user = next((known[each] for each in addresses if each in known), None) or _made(addresses)
    user.github_id = person.id
    return user


def _with(addresses: list[str]) -> Sequence[User]:
    return db.session.scalars(select(User).where(User.email.in_(addresses))).all()


def _made(addresses: list[str]) -> User:
    address = next(filter(_is_listed, addresses), None)
    if address is None:
        raise Refused(Refusal.NOT_INVITED)
    user = User(email=address, active=True, invited=False, role=Role.VIEWER)
    db.session.add(user)
    return user


def _is_listed(address: str) -> bool:
    config = current_app.config
    return address in config["OWNER_EMAILS"] or _domain(address) in config["ALLOWED_EMAIL_DOMAINS"]


def _signs_in(user: User, person: Person, addresses: list[str], now: datetime) -> None:
    before = {"role": user.role} if user.id else None
    if any(each in current_app.config["OWNER_EMAILS"] for each in addresses):
        user.role = Role.OWNER
    if not user.name:
        user.name = seen_in_a_line(person.name)[:NAME_CHARACTERS]
    user.last_sign_in_at = now
    held = {"role": user.role}
    after = {**held, "by": f"GitHub {person.id}"}
    audit.record(user, Action.SIGNED_IN, Subject.USER, user.email, before=before, after=after)
    if before and before != held:
        sessions.look_again()
