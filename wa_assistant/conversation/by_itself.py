"""What becomes of a conversation's status with nobody at it, looked at every minute.

What is snoozed until a moment is open again then. And where owners have said after how long, what
the assistant has answered is done, if nobody has written since and no person is wanted.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import exists, select

from .. import settings
from ..database import db, transaction, utcnow
from ..models import Message, Origin, Participant
from ..models.listed import IS_ANSWERED, IS_SNOOZED
from ..models.message import IS_PARKED, IS_UNSETTLED
from . import lists, status
from .lists import Conditions

AT_ONCE = 100  # in one writing unit
MOST = 20_000  # in one run


def keep_statuses() -> int:
    """How many conversations have another status now."""
    number = _each((IS_SNOOZED, Participant.snoozed_until <= utcnow()), _wake)
    after = settings.current().done_after
    if after is not None:
        number += _each(_over(timedelta(minutes=after)), _finish)
    return number


def _over(after: timedelta) -> Conditions:
    """Answered by the assistant so long ago, and nothing is left for anybody."""
    theirs = Message.participant_id == Participant.id
    return (
        IS_ANSWERED,
        Participant.answered_at <= utcnow() - after,
        Participant.attention_at.is_(None),
        Participant.waiting_since.is_(None),
        *lists.nobody_s(),
        Participant.paused_until.is_(None) | (Participant.paused_until <= utcnow()),
        ~exists().where(theirs, IS_UNSETTLED),
        ~exists().where(theirs, IS_PARKED),
    )


def _each(which: Conditions, act: Callable[[Participant], object]) -> int:
    """Some at a time, so that others come to write between them."""
    number = 0
    due = select(Participant.id).where(*which).limit(1)
    while number < MOST and db.session.scalar(due) is not None:  # most minutes: nobody's turn
        with transaction():
            found = select(Participant).where(*which).order_by(Participant.id).limit(AT_ONCE)
            some = db.session.scalars(found.with_for_update(of=Participant)).all()
            for participant in some:
                act(participant)
        number += len(some)
        if not some:
            break
    return number


def _wake(participant: Participant) -> None:
    status.come_back(participant, Origin.ENGINE)


def _finish(participant: Participant) -> None:
    status.finish(participant, Origin.ENGINE)
