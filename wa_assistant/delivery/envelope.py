"""A message that is claimed for sending, and what can become of it."""

from dataclasses import dataclass
from datetime import datetime

from ..clients.channel import Sent
from ..models import Message, Reason
from ..work.claims import Claim


@dataclass(frozen=True)
class Envelope:
    """A claimed message, with all that is needed to send it without the database.

    `uncertain`: it may have been sent before, and is to be looked for. `text_id` is the first part
    of the text it belongs to.
    """

    claim: Claim[Message]
    text_id: int
    participant_id: int
    to: str
    body: str
    simulated: bool
    uncertain: bool
    attempts: int
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
