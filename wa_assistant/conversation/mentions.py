"""Whom a note names, and that they are told: an @ before a colleague's name, as one writes it.

It is told by their whole name, by its first word, or by what their address begins with.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from .. import live
from ..accounts import users
from ..database import db, folded, transaction, utcnow
from ..models import Mention, Note, User
from ..models.note import IS_UNSEEN

# An address has letters before its @; what follows is looked at as far as a name may go.
NAMED = re.compile(r"(?<![\w@.+-])@([\w.'’-]+(?:[ \t]+[\w.'’-]+){0,5})")
PAGE = 50
MOST_COUNTED = 100


class NotToldError(Exception):
    """Somebody is named who cannot be told; `name` as it was written."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class DeactivatedError(NotToldError):
    """They are of the team no more."""


class SeveralError(NotToldError):
    """More than one colleague is called so."""


class Summary(NamedTuple):
    """How many mentions somebody has not seen, MOST_COUNTED at most, and the newest note's id."""

    number: int
    latest: int


def meant(body: str, actor: User) -> list[User]:
    """Whom `body` names, but for `actor`. Raises DeactivatedError and SeveralError."""
    written = NAMED.findall(body)
    if not written:
        return []
    called = _called(users.everybody())
    found = (_of_name(each, called) for each in written)
    return list({each.id: each for each in found if each and each.id != actor.id}.values())


def put(note: Note, named: Sequence[User]) -> list[User]:
    """The mentions of `note` are those; who is new among them, who is told. Within the writing
    unit of what the note says now."""
    known = set(db.session.scalars(select(Mention.user_id).where(Mention.note_id == note.id)))
    ids = {each.id for each in named}
    gone = Mention.user_id.in_(known - ids)
    db.session.execute(delete(Mention).where(Mention.note_id == note.id, gone))
    told = [each for each in named if each.id not in known]
    db.session.add_all(Mention(note_id=note.id, user_id=each.id) for each in told)
    ring(known ^ ids)
    return told


def summary(user: User) -> Summary:
    unseen = select(Mention.note_id).where(Mention.user_id == user.id, IS_UNSEEN)
    some = unseen.order_by(Mention.note_id.desc()).limit(MOST_COUNTED).subquery()
    number, latest = db.session.execute(select(func.count(), func.max(some.c.note_id))).one()
    return Summary(number, latest or 0)


def conversations(user: User) -> set[int]:
    """Those in which a note names `user` who has not seen it, MOST_COUNTED at most."""
    unseen = select(Note.participant_id).join(Mention).where(Mention.user_id == user.id, IS_UNSEEN)
    return set(db.session.scalars(unseen.limit(MOST_COUNTED)))


def listing(user: User, before: int | None = None) -> tuple[Sequence[Mention], int | None]:
    """A page of what names `user`, the newest first, and the note's id to give for older ones."""
    query = (
        select(Mention)
        .where(Mention.user_id == user.id)
        .options(
            joinedload(Mention.note).joinedload(Note.user),
            joinedload(Mention.note).joinedload(Note.participant),
        )
        .order_by(Mention.note_id.desc())
    )
    if before:
        query = query.where(Mention.note_id < before)
    found = db.session.scalars(query.limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].note_id if len(found) > PAGE else None


def saw(actor: User, note_ids: Iterable[int] | None = None) -> None:
    """`actor` has had those notes before their eyes, or all that name them."""
    seen = update(Mention).where(Mention.user_id == actor.id, IS_UNSEEN)
    if note_ids is not None:
        seen = seen.where(Mention.note_id.in_(list(note_ids)))
    with transaction():
        seen = seen.values(seen_at=utcnow())
        if db.session.scalars(seen.returning(Mention.note_id)).all():
            ring([actor.id])


def fragment(user_id: int) -> str:
    """The name under which is told that somebody was mentioned, or saw it."""
    return f"mentions-{user_id}"


def ring(user_ids: Iterable[int]) -> None:
    live.changed(*map(fragment, user_ids))


Called = dict[str, list[User]]


def _called(team: Iterable[User]) -> tuple[Called, Called]:
    """Colleagues by their whole names, and by what else one calls them."""
    whole: Called = {}
    short: Called = {}
    for each in team:
        whole.setdefault(folded(each.label), []).append(each)
        others = {each.label.split()[0], each.email.partition("@")[0]}
        for name in {folded(other) for other in others}:
            short.setdefault(name, []).append(each)
    return whole, short


def _of_name(written: str, called: tuple[Called, Called]) -> User | None:
    """The colleague whose name `written` begins with, the longest that fits; None for nobody's."""
    words = written.split()
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).rstrip(".'’-")
        for names in called:
            if found := names.get(folded(name)):
                return _one(name, found)
    return None


def _one(name: str, found: Sequence[User]) -> User:
    active = [each for each in found if each.active]
    if not active:
        raise DeactivatedError(name)
    if len(active) > 1:
        raise SeveralError(name)
    return active[0]
