"""Puts many participants into a journey: some at a time, each group of them in one writing unit.

What was done of it stays done where it is broken off, and whoever asks again goes on with the rest:
who is in the version already is not put there once more.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from ..database import db, transaction, utcnow
from ..models import Action, JourneyVersion, Participant, User
from ..models.participant import WINDOW, WINDOW_MARGIN
from . import placing
from .placing import Begins

AT_ONCE = 200  # participants of one request, which take seconds
TOGETHER = 20  # of one writing unit, for which the others wait
MOST_COUNTED = 1000


class Preview(NamedTuple):
    """Of whom is meant and not in the version yet, MOST_COUNTED at most: how many they are, how
    many of them have written within the window, and how many the assistant may not write to."""

    number: int
    in_window: int
    silent: int


def left(version_id: int, *meant: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """The conditions of those who are meant, and not in the version."""
    there = Participant.journey_version_id
    return [*meant, or_(there.is_(None), there != version_id)]


def preview(version_id: int, *meant: ColumnElement[bool]) -> Preview:
    now = utcnow()
    in_window = Participant.last_inbound_at > now - WINDOW + WINDOW_MARGIN
    may_speak = Participant.assistant_may_speak(now) & Participant.blocked_at.is_(None)
    few = (
        select(in_window.label("in_window"), may_speak.label("may_speak"))
        .where(*left(version_id, *meant))
        .limit(MOST_COUNTED)
        .subquery()
    )
    open_, speaks = func.coalesce(few.c.in_window, False), func.coalesce(few.c.may_speak, False)
    found = db.session.execute(
        select(
            func.count(),
            func.count().filter(open_ & speaks),
            func.count().filter(~speaks),
        ).select_from(few)
    ).one()
    return Preview(*found)


def some(version_id: int, *meant: ColumnElement[bool], limit: int = AT_ONCE) -> list[int]:
    """The ids of so many of them, the oldest participants first."""
    found = select(Participant.id).where(*left(version_id, *meant))
    return list(db.session.scalars(found.order_by(Participant.id).limit(limit)))


def put(
    actor: User, participant_ids: Sequence[int], version_id: int, stage: str | None = None
) -> "Counter[Begins]":
    """They are in the version from now on; how many of them begin when. Who is gone meanwhile, or
    there already, is passed over. Raises NotPublished, and LookupError where there is no such
    stage."""
    begins: Counter[Begins] = Counter()
    for first in range(0, len(participant_ids), TOGETHER):
        with transaction():
            version = db.session.get_one(JourneyVersion, version_id)
            for participant in _locked(participant_ids[first : first + TOGETHER], version_id):
                before = placing.standing(participant)
                when = placing.place(participant, version, stage)
                placing.note(actor, Action.PUT_INTO_JOURNEY, participant, before, when)
                begins[when] += 1
    return begins


def _locked(participant_ids: Sequence[int], version_id: int) -> Sequence[Participant]:
    """In the order of their ids, in which everybody locks."""
    found = select(Participant).where(*left(version_id, Participant.id.in_(participant_ids)))
    locked = found.order_by(Participant.id).with_for_update(of=Participant)
    return db.session.scalars(locked).all()
