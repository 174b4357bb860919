"""What users write to each other in a conversation. It is never sent, and no participant sees it.

A note is its writer's: they alone change it or delete it. The audit knows that there was one, and
none of its words.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from .. import audit, live
from ..database import db, transaction, utcnow
from ..models import Action, Mention, Note, Participant, Subject, User
from . import mentions

MOST_IN_PAGE = 100


class NotTheirsError(Exception):
    """Only who wrote a note changes it."""


class GoneError(Exception):
    """It was deleted."""


class KeyUsedError(Exception):
    """The form was sent before, with other words."""


class OvertakenError(Exception):
    """It says something else by now: `body`."""

    def __init__(self, body: str, revision: int) -> None:
        super().__init__()
        self.body, self.revision = body, revision


def write(participant_id: int, actor: User, body: str, form_key: str) -> list[User]:
    """Put a note into the conversation; the colleagues whom it names, who are to be told.

    Sent again, the same form does nothing, and gives nobody. Raises KeyUsedError where it has
    other words by then, and what mentions.meant does.
    """
    with transaction():
        named = mentions.meant(body, actor)
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        same = (Note.participant_id == participant_id, Note.form_key == form_key)
        known = db.session.scalar(select(Note).where(*same))
        if known is not None:
            if known.body != body:
                raise KeyUsedError
            return []
        note = Note(
            participant_id=participant_id,
            user_id=actor.id,
            body=body,
            form_key=form_key,
            clock_ahead=participant.clock_ahead,
        )
        db.session.add(note)
        db.session.flush()
        told = mentions.put(note, named)
        _written_down(note, actor, "written")
        return told


def edit(note_id: int, actor: User, body: str, revision: int) -> list[User]:
    """Have it say `body`; the colleagues whom it names now and did not before.

    Raises OvertakenError where its `revision` is another than the one that `actor` has changed,
    GoneError, NotTheirsError, and what mentions.meant does.
    """
    with transaction():
        note = _own(note_id, actor)
        if note.revision != revision:
            raise OvertakenError(note.body, note.revision)
        if note.body == body:
            return []
        told = mentions.put(note, mentions.meant(body, actor))
        note.body, note.edited_at, note.revision = body, utcnow(), revision + 1
        _written_down(note, actor, "changed")
        return told


def remove(note_id: int, actor: User) -> None:
    """Delete it, with whom it named. Raises NotTheirsError; what is gone stays so."""
    with transaction():
        try:
            note = _own(note_id, actor)
        except GoneError:
            return
        named = delete(Mention).where(Mention.note_id == note_id).returning(Mention.user_id)
        mentions.ring(db.session.scalars(named).all())
        _written_down(note, actor, "deleted")
        db.session.delete(note)


def find(note_id: int) -> Note | None:
    return db.session.get(Note, note_id)


def between(
    participant_id: int, since: datetime | None = None, until: datetime | None = None
) -> Sequence[Note]:
    """Those of a conversation from `since` on and before `until`, in order: the last MOST_IN_PAGE,
    with who wrote them and whom they name."""
    query = select(Note).where(Note.participant_id == participant_id)
    if since:
        query = query.where(Note.created_at >= since)
    if until:
        query = query.where(Note.created_at < until)
    query = query.options(
        joinedload(Note.user), selectinload(Note.mentions).joinedload(Mention.user)
    )
    newest = query.order_by(Note.created_at.desc(), Note.id.desc()).limit(MOST_IN_PAGE)
    return list(reversed(db.session.scalars(newest).all()))


def _own(note_id: int, actor: User) -> Note:
    note = db.session.get(Note, note_id, with_for_update=True)
    if note is None:
        raise GoneError
    if note.user_id != actor.id:
        raise NotTheirsError
    return note


def _written_down(note: Note, actor: User, deed: str) -> None:
    which = {"note": note.id, "deed": deed}
    audit.record(actor, Action.NOTED, Subject.PARTICIPANT, note.participant_id, after=which)
    live.conversation_changed(note.participant_id)
