"""What may or may not have been sent: the provider's list is asked before it is sent again."""

from datetime import timedelta
from typing import Any

from sqlalchemy import CompoundSelect, select, union

from ..clients.channel import Channel, Sent, Uncertain
from ..database import db, utcnow
from ..models import Message, Reason, Refusal, Status
from ..work.faults import MOST_FAULTS
from . import claim, failure_policy
from .claim import Envelope

# It is looked for three times, so long after it became uncertain. Absent each time it
# was not taken, however late it was looked for: what a process that slept hands over on waking
# is then in the list. One that stays unreadable is a person's to judge.
LOOKS_SECONDS = (2, 10, 30)
UNREADABLE = timedelta(minutes=2)
UNREADABLE_PAUSE_SECONDS = 10
CLOCK_MARGIN = timedelta(minutes=10)  # by which ours may differ from the provider's


def look_for(envelope: Envelope, channel: Channel) -> bool:
    """False when it is to be looked for again."""
    since = envelope.handed_over_at - CLOCK_MARGIN
    try:
        found = channel.find(envelope.to, envelope.body, since)
    except Uncertain as error:
        return _cannot_look(envelope, error)
    ours = _ours(found)
    strangers = [sent for sent in found if sent.sid not in ours]
    if not strangers:
        return _absent(envelope)
    if len(strangers) > 1:
        claim.fail(envelope, reason=Reason.AMBIGUOUS)
    else:
        claim.adopt(envelope, strangers[0])
    return True


def _cannot_look(envelope: Envelope, error: Uncertain) -> bool:
    since = envelope.unreadable_since or utcnow()
    if utcnow() - since > UNREADABLE:
        claim.fail(envelope, error=str(error), reason=Reason.LIST_UNREADABLE)
        return True
    pause = UNREADABLE_PAUSE_SECONDS
    claim.mark(envelope, Status.UNCERTAIN, pause, unreadable_since=since)
    return False


def _absent(envelope: Envelope) -> bool:
    absences = envelope.absences + 1
    if absences < len(LOOKS_SECONDS):
        pause = LOOKS_SECONDS[absences] - LOOKS_SECONDS[absences - 1]
        looked = {"absences": absences, "unreadable_since": None}
        claim.mark(envelope, Status.UNCERTAIN, pause, **looked)
        return False
    if envelope.faults >= MOST_FAULTS:
        claim.set_aside(envelope)
    elif envelope.attempts >= failure_policy.MOST_ATTEMPTS:
        claim.fail(envelope, reason=Reason.NOT_TAKEN)
    else:
        claim.mark(envelope, Status.WAITING, 0)
    return True


def _ours(found: list[Sent]) -> set[str]:
    """The SIDs among those found that we know: other messages, and what was refused before."""
    sids = [sent.sid for sent in found]
    known: CompoundSelect[Any] = union(
        select(Message.provider_sid).where(Message.provider_sid.in_(sids)),
        select(Refusal.provider_sid).where(Refusal.provider_sid.in_(sids)),
    )
    ours = set(db.session.scalars(known))
    db.session.rollback()
    return ours
