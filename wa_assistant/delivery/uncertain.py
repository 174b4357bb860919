"""What may or may not have been sent: the provider's list is asked before it is sent again."""

from datetime import timedelta
from typing import Any

from sqlalchemy import CompoundSelect, select, union

from ..clients.channel import Channel, Sent, Uncertain
from ..database import db, utcnow
from ..models import Message, Reason, Refusal
from ..work import policies
from .envelope import Envelope, Hopeless, Outcome, Refused, Taken, Unknown, Untaken

# It is looked for three times, so long after it became uncertain. Absent each time it
# was not taken, however late it was looked for: what a process that slept hands over on waking
# is then in the list. One that stays unreadable is a person's to judge.
LOOKS_SECONDS = (2, 10, 30)
UNREADABLE = timedelta(minutes=2)
UNREADABLE_PAUSE_SECONDS = 10
CLOCK_MARGIN = timedelta(minutes=10)  # by which ours may differ from the provider's
# The policy counts one more, for a message of which even looking for it fails.
MOST_FAULTS = policies.MESSAGE.most_faults - 1


def look_for(envelope: Envelope, channel: Channel) -> Outcome:
    """What the provider's list says of it. No transaction is open after this."""
    since = envelope.handed_over_at - CLOCK_MARGIN
    try:
        found = channel.find(envelope.to, envelope.body, since)
    except Uncertain as error:
        return _unreadable(envelope, error)
    ours = _ours(found)
    strangers = [sent for sent in found if sent.sid not in ours]
    if not strangers:
        return _absent(envelope)
    if len(strangers) > 1:
        return Refused(reason=Reason.AMBIGUOUS)
    return Taken(strangers[0])


def _unreadable(envelope: Envelope, error: Uncertain) -> Outcome:
    since = envelope.unreadable_since or utcnow()
    if utcnow() - since > UNREADABLE:
        return Refused(error=str(error), reason=Reason.LIST_UNREADABLE)
    return Unknown(UNREADABLE_PAUSE_SECONDS, absences=envelope.absences, unreadable_since=since)


def _absent(envelope: Envelope) -> Outcome:
    absences = envelope.absences + 1
    if absences < len(LOOKS_SECONDS):
        pause = LOOKS_SECONDS[absences] - LOOKS_SECONDS[absences - 1]
        return Unknown(pause, absences=absences)
    if envelope.faults >= MOST_FAULTS:
        return Hopeless()
    return Untaken(seconds=0, in_the_end=Reason.NOT_TAKEN)


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
