"""The outbox as a kind of work: a message claimed for sending, and what can become of it."""

from dataclasses import dataclass
from datetime import datetime

from .. import live
from ..clients.channel import Sent
from ..conversation import attention
from ..database import db
from ..models import Attention, Message, Participant, Reason, Status
from ..models.message import IS_UNSENT
from ..work import policies
from ..work.claims import Claim, Kind


def _buried(message: Message) -> None:
    """It is not sent any more, and a person sees to it."""
    message.status, message.reason = Status.FAILED, Reason.FAULT
    participant = db.session.get_one(Participant, message.participant_id)
    attention.call(participant, Attention.NOT_DELIVERED)


def _revived(message: Message) -> None:
    """It is sent after all, once the provider's list has been asked whether it was; not to who has
    stopped the messages since, or is blocked."""
    message.status, message.reason, message.error = Status.UNCERTAIN, None, None
    message.absences, message.unreadable_since = 0, None
    participant = db.session.get_one(Participant, message.participant_id)
    message.withdrawn = message.withdrawn or participant.is_silent
    live.conversation_changed(participant.id)


def _left_half_done(message: Message) -> None:
    message.status = Status.UNCERTAIN


MESSAGES = Kind(
    policies.MESSAGE,
    Message,
    left=(IS_UNSENT,),
    named=Message.participant_id,
    since=Message.created_at,
    buried=_buried,
    left_half_done=_left_half_done,
    revived=_revived,
    dismissed=lambda message: live.conversation_changed(message.participant_id),
)


@dataclass(frozen=True)
class Envelope:
    """A claimed message, with all that is needed to send it without the database.

    `media` is where its file is fetched. `uncertain`: it may have been sent before, and is to be
    looked for. `was_refusing`: so the provider did with everything when it was last asked.
    """

    claim: Claim[Message]
    participant_id: int
    to: str
    body: str
    media: str | None
    simulated: bool
    uncertain: bool
    was_refusing: bool
    faults: int
    absences: int
    unreadable_since: datetime | None
    handed_over_at: datetime


@dataclass(frozen=True)
class Taken:
    """The provider has it."""

    sent: Sent


@dataclass(frozen=True)
class Refused:
    """It is not sent any more, and these say why."""

    error: str | None = None
    code: int | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Untaken:
    """The provider has surely not taken it: it is sent again after `seconds`; None: after the
    policy's pause. `counted`: as a try, of which there are only so many; `in_the_end` is why it is
    given up after the last, where no code says it.
    """

    error: str | None = None
    code: int | None = None
    seconds: float | None = None
    counted: bool = True
    in_the_end: Reason | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody knows yet whether it was sent: it is looked for after `seconds`, perhaps again."""

    seconds: float
    error: str | None = None
    code: int | None = None
    absences: int = 0
    unreadable_since: datetime | None = None


@dataclass(frozen=True)
class Hopeless:
    """The provider does not have it, and to send it again would be a fault of our own again."""


Outcome = Taken | Refused | Untaken | Unknown | Hopeless
