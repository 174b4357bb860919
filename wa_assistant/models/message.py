from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index
from .ai_call import AiCall
from .citation import Citation
from .media import Media
from .user import User


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Author(StrEnum):
    PARTICIPANT = "participant"
    ASSISTANT = "assistant"
    USER = "user"
    SYSTEM = "system"


class Status(StrEnum):
    """Where a message is. An inbound one is received; the rest is the outbox."""

    RECEIVED = "received"
    WAITING = "waiting"
    PARKED = "parked"  # the window is closed
    CLAIMED = "claimed"
    UNCERTAIN = "uncertain"
    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    CANCELLED = "cancelled"


# What a button or a row of a list was tapped with, as Twilio calls it.
TAPS = ("button", "interactive")


# In the order in which a message comes there.
AT_TWILIO = (
    Status.ACCEPTED,
    Status.QUEUED,
    Status.SENDING,
    Status.SENT,
    Status.DELIVERED,
    Status.READ,
)
FAILURES = (Status.FAILED, Status.UNDELIVERED)
NEVER_SAID = (*FAILURES, Status.CANCELLED, Status.PARKED)


class Settlement(StrEnum):
    """Why an inbound message needs nothing more."""

    ANSWERED = "answered"
    WITH_A_PERSON = "with a person"
    STOPPED = "stopped"
    AWAITING_CONSENT = "awaiting consent"  # not yet: it waits for their consent
    DEAD_LETTER = "dead letter"  # answering it failed by a fault of our own again and again
    NOTHING_ASKED = "nothing asked"  # a reaction, or what WhatsApp itself tells
    BLOCKED = "blocked"  # the team has blocked them, and hears nothing


class Prompt(StrEnum):
    """What a message of ours asks that code alone hears the answer to."""

    CONSENT = "consent"
    WHETHER_TO_STOP = "whether to stop"


class Cancelled(StrEnum):
    """Why an outbound message was not sent after all."""

    SILENCED = "silenced"  # a person silenced the assistant
    STOPPED = "stopped"  # the participant wants no more messages
    BLOCKED = "blocked"  # the team has blocked the participant
    OVERTAKEN = "overtaken"  # it opened a stage, and another has begun since


class Reason(StrEnum):
    """Why a message was given up where no code of the provider says it."""

    LIST_UNREADABLE = "list unreadable"  # so it is not known whether it was sent
    AMBIGUOUS = "ambiguous"  # nor here: the provider has several like it
    NOT_TAKEN = "not taken"  # the provider's answers were lost, and its list never held it
    NOT_REACHED = "not reached"
    FAULT = "fault"  # of our own, again and again


# For these it may have arrived after all.
UNKNOWN = (Reason.LIST_UNREADABLE, Reason.AMBIGUOUS, Reason.FAULT)


UNSETTLED = "direction = 'inbound' AND settled_at IS NULL"
DEAD_LETTER = "settlement = 'dead letter'"
UNSENT = "status IN ('waiting', 'claimed', 'uncertain')"
PARKED = "status = 'parked'"
HEARD = "direction = 'inbound'"
BY_A_PERSON = "author = 'user'"
FAILED = "status IN ('failed', 'undelivered')"
REACTION = "kind = 'reaction'"


# The same for queries: said in these very words, SQLite sees that the index holds all they want.
IS_UNSETTLED = text(f"messages.{UNSETTLED.replace('AND ', 'AND messages.')}")
IS_UNSENT = text(f"messages.{UNSENT}")
IS_DEAD_LETTER = text(f"messages.{DEAD_LETTER}")
IS_PARKED = text(f"messages.{PARKED}")
IS_HEARD = text(f"messages.{HEARD}")
IS_FAILED = text(f"messages.{FAILED}")
IS_REACTION = text(f"messages.{REACTION}")


def _where(which: str, name: str, *columns: str) -> Index:
    """An index of those rows alone."""
    return Index(name, *columns, sqlite_where=text(which), postgresql_where=text(which))


class Message(Claimable, Base):
    """What was said, by either side. The outbound rows are the outbox itself.

    `cost` is in micro-dollars, as far as the message has come; None where a price is not known:
    then `reserved` counts, the dearest known. `failed_cost` is that part of it which earlier
    sendings took that failed. `day` is the team's, of its first sending or on which it came in;
    None of what costs nothing: it was never sent, or the participant is simulated. `category` is
    WhatsApp's, of what goes out, and the stage with its version where the participant was.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_conversation", "participant_id", "id"),
        UniqueConstraint("participant_id", "form_key", name="uq_messages_form_key"),
        _where(UNSETTLED, "ix_messages_unsettled", "participant_id"),
        _where(DEAD_LETTER, "ix_messages_dead_letters", "participant_id"),
        dead_index("messages"),
        _where(PARKED, "ix_messages_parked", "participant_id"),
        # When who wrote: how many did in a while is read from it alone.
        _where(HEARD, "ix_messages_heard", "created_at", "participant_id"),
        # Of thousands that nobody has answered, each asks whether a colleague wrote later.
        _where(BY_A_PERSON, "ix_messages_by_a_person", "participant_id", "id"),
        _where(FAILED, "ix_messages_failed", "created_at"),
        _where(UNSENT, "ix_messages_unsent", "participant_id", "id"),
        _where(REACTION, "ix_messages_reactions", "participant_id", "id"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    direction: Mapped[str] = mapped_column(String(10))
    author: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(Text, default="")
    # Twilio's MessageType ("text", "image", "location" ...), and a place's names and coordinates.
    # Files have rows of their own.
    kind: Mapped[str] = mapped_column(String(30), default="text")
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # What the maker of a button or a list gave it to come back with: no words of anybody's.
    payload: Mapped[str | None] = mapped_column(Text)
    # The message it replies to, which we may not have, and who wrote that.
    quoted_sid: Mapped[str | None] = mapped_column(String(64))
    quoted_sender: Mapped[str | None] = mapped_column(String(255))
    # The advertisement it came from, by Twilio's names, where that was new of them.
    referral: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    provider_sid: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    # Seconds by which the simulator's clock was ahead for them then.
    clock_ahead: Mapped[int] = mapped_column(default=0, server_default="0")

    # The colleague who wrote it, and the key of the form they sent it with: a form is one
    # participant's, and so is its key.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    form_key: Mapped[str | None] = mapped_column(String(64))

    status: Mapped[str] = mapped_column(String(12))
    error_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(20))
    # The stage whose opening words it is: parked, it goes out before the next answer.
    opens: Mapped[str | None] = mapped_column(String(60))
    # A Prompt, and a Cancelled.
    prompt: Mapped[str | None] = mapped_column(String(20))
    cancelled_for: Mapped[str | None] = mapped_column(String(12))
    # The assistant was silenced while this was out: should it come back, it is not sent again.
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # While it is uncertain: how often the provider's list did not hold it, and since when that
    # cannot be read.
    absences: Mapped[int] = mapped_column(default=0, server_default="0")
    unreadable_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The first part of the text it belongs to; None: it is the first itself, or the whole.
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)

    settlement: Mapped[str | None] = mapped_column(String(20))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    ai_call_id: Mapped[int | None] = mapped_column(ForeignKey("ai_calls.id"))
    # Why the model did not answer, where no call of its own says so: a kind of clients/failures.py.
    model_failure: Mapped[str | None] = mapped_column(String(20))
    # The cap (money/caps.py) for which a cheaper model worded it, or none.
    cap_met: Mapped[str | None] = mapped_column(String(30))

    day: Mapped[date | None]
    category: Mapped[str | None] = mapped_column(String(16))
    journey_version_id: Mapped[int | None] = mapped_column(ForeignKey("journey_versions.id"))
    stage: Mapped[str | None] = mapped_column(String(60))
    cost: Mapped[int | None]
    reserved: Mapped[int] = mapped_column(default=0, server_default="0")
    failed_cost: Mapped[int] = mapped_column(default=0, server_default="0")

    user: Mapped[User | None] = relationship(lazy="raise_on_sql")
    ai_call: Mapped[AiCall | None] = relationship(lazy="raise_on_sql")
    citations: Mapped[list[Citation]] = relationship(order_by=Citation.id, lazy="raise_on_sql")
    files: Mapped[list[Media]] = relationship(order_by=Media.position, lazy="raise_on_sql")
    # None also where it is of another conversation: whose words it has, is theirs alone.
    quoted: Mapped["Message | None"] = relationship(
        primaryjoin=lambda: and_(
            foreign(Message.quoted_sid) == remote(Message.provider_sid),
            Message.participant_id == remote(Message.participant_id),
        ),
        viewonly=True,
        lazy="raise_on_sql",
    )

    @property
    def shown_at(self) -> datetime:
        """When it was for the participant; `created_at` is when it really was."""
        return self.created_at + timedelta(seconds=self.clock_ahead)

    @property
    def is_tap(self) -> bool:
        """A button was tapped, or a row of a list, whose title the words are."""
        return bool(self.body) and (self.payload is not None or self.kind in TAPS)

    @property
    def is_plain(self) -> bool:
        """Its words say all that it is."""
        return bool(self.body) and (self.kind == "text" or self.is_tap)

    @property
    def coordinates(self) -> str:
        """ "-23.5, -46.6", latitude first, of the place that it is; "" where they say no place."""
        given = next(iter(self.media or ()), {})
        try:
            latitude, longitude = float(given["latitude"]), float(given["longitude"])
        except (KeyError, ValueError):
            return ""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            return ""
        return ", ".join(f"{each:.6f}".rstrip("0").rstrip(".") for each in (latitude, longitude))

    @property
    def may_have_arrived(self) -> bool:
        """It was given up, and nobody knows whether it was sent."""
        return self.status == Status.FAILED and self.reason in UNKNOWN
