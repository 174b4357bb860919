"""Aids: what the model writes for a user who asks for it. They are put here and written by a
worker (assistant/aid.py): a suggestion for the next reply, or a summary of the conversation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from .. import live
from ..database import db, transaction, utcnow
from ..models import Aid, AidKind, Message, Participant, User
from ..work import policies
from ..work.claims import Kind
from ..work.queue import later

# As outcomes: the limits a minute leave no call for it, or a cap; the model is left alone for a
# while; nothing of its words could be used; our own code failed on it.
NO_ROOM = "no room"
CAP_MET = "cap met"
RESTS = "rests"
NOTHING = "nothing"
FAULT = "fault"
EARLIER = 5  # summaries that are shown besides the newest


def fragment(kind: AidKind, participant_id: int) -> str:
    """The name of the fragment that shows the newest."""
    return f"{kind}-{participant_id}"


def _dismissed(aid: Aid) -> None:
    aid.finished_at, aid.outcome = utcnow(), FAULT
    told(aid)


AIDS = Kind(
    policies.AID,
    Aid,
    left=(Aid.finished_at.is_(None), Aid.dead_at.is_(None)),
    named=Aid.id,
    since=Aid.created_at,
    buried=lambda aid: told(aid),
    revived=lambda aid: told(aid),
    dismissed=_dismissed,
)


def ask(actor: User, participant_id: int, kind: AidKind, language: str) -> Aid | None:
    """Have it written, in `language` where it is for `actor` to read; None where nothing was said
    yet. What was written, or is being written, of the conversation as it stands is that again."""
    with transaction():
        db.session.get_one(Participant, participant_id, with_for_update=True)
        newest = _newest_message(participant_id)
        if newest is None:
            return None
        last = latest(participant_id, kind)
        if last is not None and last.up_to_id == newest and not last.outcome:
            return last
        aid = Aid(
            participant_id=participant_id,
            kind=kind,
            up_to_id=newest,
            language=language,
            asked_by_id=actor.id,
        )
        db.session.add(aid)
        db.session.flush()
        told(aid)
        later("jobs.aid.write", aid.id)
    return aid


def latest(participant_id: int, kind: AidKind) -> Aid | None:
    found: Aid | None = db.session.scalar(_of(participant_id, kind).limit(1))
    return found


def earlier(participant_id: int) -> Sequence[Aid]:
    """Their summaries before the newest, the newest of these first: EARLIER at most."""
    written = _of(participant_id, AidKind.SUMMARY).where(Aid.text.is_not(None))
    return db.session.scalars(written.offset(1).limit(EARLIER)).all()


def is_current(aid: Aid) -> bool:
    """Whether nothing was said since."""
    return aid.up_to_id == _newest_message(aid.participant_id)


def told(aid: Aid) -> None:
    """Tell the pages that show it, once the transaction is committed."""
    live.changed(fragment(AidKind(aid.kind), aid.participant_id))


def _of(participant_id: int, kind: AidKind) -> Select[Any]:
    theirs = (Aid.participant_id == participant_id, Aid.kind == kind)
    return select(Aid).where(*theirs).order_by(Aid.id.desc())


def _newest_message(participant_id: int) -> int | None:
    return db.session.scalar(
        select(func.max(Message.id)).where(Message.participant_id == participant_id)
    )
