"""Who writes to us, and how their names and numbers are spelt where they are compared.

One spelling, however they are written, and alike on every database: code spells, no collation does.
"""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    and_,
    false,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ..database import Base, UtcDateTime, utcnow
from ..database import folded as folded
from ..work.claimable import Claimable, dead_index
from . import characters
from .listed import ANSWERED, DONE, FILTERED, OPEN, REAL, SIMULATED, SNOOZED, UNREAD, WAITING
from .listed import IS_REAL as IS_REAL
from .listed import IS_SIMULATED as IS_SIMULATED
from .listed import IS_UNREAD as IS_UNREAD
from .listed import of_some as of_some
from .user import User

UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)
WINDOW = timedelta(hours=24)  # after their last message, in which free text may be sent
WINDOW_MARGIN = timedelta(minutes=2)  # what is sent at the last moment may arrive too late
# How else a number is written by WhatsApp, which keeps what it was when its account was made, and
# how it is compared. Brazil: an area code and eight digits, of which what begins with 6 to 9 is a
# mobile telephone from before the ninth digit, and what begins with 2 to 5 a landline. Mexico: a 1
# that is dialled no more. Argentina: the 9 of mobile telephones.
OTHER_FORMS = (
    (re.compile(r"\+55([1-9]{2})([6-9]\d{7})"), r"+55\g<1>9\2"),
    (re.compile(r"\+521([2-9]\d{9})"), r"+52\1"),
    (re.compile(r"\+54([1-8]\d{9})"), r"+549\1"),
)


class Attention(StrEnum):
    """Why a conversation needs a person."""

    NO_MODEL = "no model"
    MODEL_FAILED = "model failed"
    CAP_MET = "cap met"  # no more may be spent on the model, for them or for all
    NEWCOMERS = "newcomers"  # more unknown numbers write than the model answers in an hour
    NOT_SENT = "not sent"  # it is tried again and again
    NOT_DELIVERED = "not delivered"
    WROTE_DURING_PAUSE = "wrote during pause"
    FOUND_LATE = "found late"  # a message reached us only hours after it was written
    NOT_HEARD = "not heard"  # a voice message whose words are not known
    NO_FILE = "no file"  # what they sent could not be fetched
    ASKED_FOR = "asked for"  # a colleague put it there
    DEAD_LETTER = "dead letter"  # answering failed by a fault of our own, again and again
    ASKED_FOR_A_PERSON = "asked for a person"  # the participant did
    CONSENT_UNCLEAR = "consent unclear"
    WROTE_AFTER_STOPPING = "wrote after stopping"
    WINDOW_CLOSES = "window closes"  # they wait for the team, and soon no free text may be sent
    PARKED = "parked"  # a text waits until they write again
    LOOP_GUARD = "loop guard"  # a machine seems to write, or somebody without end
    NUMBER_PASSED_ON = "number passed on"  # somebody else had it before
    TWO_ROWS = "two rows"  # the same person is another participant, too


class ConversationStatus(StrEnum):
    """Whether there is something left to do for the team in a conversation."""

    OPEN = "open"
    SNOOZED = "snoozed"  # out of sight until a time, or until they write
    DONE = "done"


class Participant(Claimable, Base):
    """A person on WhatsApp, which is also one conversation.

    `address` is what the provider calls them, kept verbatim: it is what we answer to. The claim is
    that of the worker that answers them.
    """

    __tablename__ = "participants"
    __table_args__ = (
        Index("ix_participants_activity", "last_activity_at", "id"),
        # So that the list of participants reads those alone who are shown.
        of_some("listed", REAL, "last_activity_at", "id", *FILTERED),
        Index("ix_participants_journey", "journey_version_id", "stage", "next_stage"),
        of_some("next_stage", "next_stage_at IS NOT NULL", "next_stage_at"),
        dead_index("participants"),
        of_some("attention", "attention_at IS NOT NULL", "attention_at"),
        of_some("called", "called_at IS NOT NULL", "called_at"),
        of_some("unread", UNREAD, "last_activity_at", "id"),
        of_some("simulated", SIMULATED, "last_activity_at", "id"),
        of_some("new", REAL, "created_at", "id"),
        of_some("open", OPEN, "last_activity_at", "id"),
        of_some("done", DONE, "last_activity_at", "id"),
        of_some("snoozed", SNOOZED, "snoozed_until"),
        of_some("waiting", WAITING, "waiting_since", "id"),
        of_some("answered", ANSWERED, "answered_at"),
    )

    address: Mapped[str] = mapped_column(String(255), unique=True)
    phone: Mapped[str | None] = mapped_column(String(32), index=True)
    # The number as it is compared, kept with each change of the number: see numbers.py.
    match_key: Mapped[str | None] = mapped_column(String(32), index=True)
    # Who they are at WhatsApp (its BSUID), where they may be without a number.
    external_user_id: Mapped[str | None] = mapped_column(String(255), index=True)
    # The same of the business they have in common with others' numbers.
    parent_external_user_id: Mapped[str | None] = mapped_column(String(255))
    # The advertisement that they last came from, by Twilio's names.
    referral: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    name: Mapped[str] = mapped_column(String(200), default="")
    # What the team calls them, over the name they gave themselves; "" where it is content with it.
    known_as: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    # Both names as a search compares them, kept with each change of one: see search.py.
    name_folded: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    simulated: Mapped[bool] = mapped_column(default=False, server_default=false())

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    last_activity_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    last_inbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # A ConversationStatus; and of what is snoozed until when, None: until they write. Of what is
    # open again since that moment it stays, until somebody writes.
    status: Mapped[str] = mapped_column(
        String(8), default=ConversationStatus.OPEN, server_default=text("'open'")
    )
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when they wait for words of ours: their first message that neither the assistant nor a
    # user has answered. None: it is not our turn.
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the assistant answered all that they wrote, and called nobody. None: it did not, or they
    # or the team have written since.
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The team lets them write, hears nothing and says nothing.
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Needs a person: since when, and why (an Attention).
    attention_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attention: Mapped[str | None] = mapped_column(String(40))
    # When a person was last called: later than attention_at where another reason came on top.
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    # A person who holds the conversation, or a pause, silences the assistant.
    taken_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When a person last let the assistant answer again.
    handed_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Messages of the participant that nobody of the team has seen.
    unread: Mapped[int] = mapped_column(default=0, server_default="0")

    # Where they are in which version of a journey, and when its next stage begins. None: between
    # stages, or past the last one, the support behaviour answers. A next stage without a time
    # begins once they have written and are answered.
    journey_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("journey_versions.id"), index=True
    )
    stage: Mapped[str | None] = mapped_column(String(60), index=True)
    next_stage: Mapped[str | None] = mapped_column(String(60))
    next_stage_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    progress: Mapped[int] = mapped_column(default=0, server_default="0")  # percent
    # A user took them out of every journey: what newcomers enter is not for them.
    left_journeys_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # A Consent, and how often it was asked for; None: nothing was said about it yet.
    consent: Mapped[str | None] = mapped_column(String(10))
    consent_asked: Mapped[int] = mapped_column(default=0, server_default="0")
    # Where they stand on marketing, of which consent is apart: given or withdrawn, or not asked.
    marketing_consent: Mapped[str | None] = mapped_column(String(10))
    # What they speak ("pt", "en"), as the team says; None: as their words and their number say.
    language: Mapped[str | None] = mapped_column(String(10))
    # When the model began to answer them; None: an unknown number, of which it answers so many an
    # hour (money/caps.py).
    let_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # They said STOP: nothing goes to them but what a person writes.
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # They asked for a person: the assistant is paused until one resolves or hands back.
    asked_for_person_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # WhatsApp refuses what we send them, since when and by which code, until they write again.
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_code: Mapped[int | None]
    # Seconds by which the simulator's clock is ahead for them.
    clock_ahead: Mapped[int] = mapped_column(default=0, server_default="0")

    # When the bucket of messages WhatsApp lends us for them will be full again.
    paced_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    taken_over_by: Mapped[User | None] = relationship(foreign_keys=taken_over_by_id)
    assigned_to: Mapped[User | None] = relationship(foreign_keys=assigned_to_id)

    @validates("name", "known_as")
    def _fold(self, key: str, value: str) -> str:
        names = {"known_as": self.known_as or "", "name": self.name or "", key: spelt(value)}
        self.name_folded = folded(" ".join(filter(None, map(str.strip, names.values()))))
        return names[key]

    @validates("phone")
    def _key(self, _: str, phone: str | None) -> str | None:
        self.match_key = match_key(phone)
        return phone

    @hybrid_method
    def assistant_may_speak(self, now: datetime) -> bool:
        """Whether nobody holds the conversation or has paused the assistant in it, and neither has
        the participant stopped us nor the team blocked them. Asked of the class it is the same as a
        condition in SQL."""
        return self.taken_over_by_id is None and not self.is_paused(now) and not self.is_silent

    @assistant_may_speak.expression
    @classmethod
    def _assistant_may_speak(cls, now: datetime) -> ColumnElement[bool]:
        running = func.coalesce(cls.paused_until, now) <= now
        silent = (cls.stopped_at.is_(None), cls.blocked_at.is_(None))
        return and_(cls.taken_over_by_id.is_(None), running, *silent)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is to go to them of itself: they have stopped, or are blocked."""
        return self.stopped_at is not None or self.blocked_at is not None

    def reopen(self) -> None:
        """There is something left to do for the team; it is nothing for later any more."""
        self.status, self.snoozed_until = ConversationStatus.OPEN, None

    def refuses(self) -> bool:
        """Whether they have blocked us, or opted out, and not written since."""
        if self.refused_at is None:
            return False
        return self.last_inbound_at is None or self.last_inbound_at <= self.refused_at

    def now(self) -> datetime:
        """The moment it is for them: the simulator's clock can be moved."""
        return utcnow() + timedelta(seconds=self.clock_ahead)

    def window_left(self) -> timedelta:
        """For how long free text may still be sent; zero when it may not."""
        if self.last_inbound_at is None:
            return timedelta()
        return max(timedelta(), self.last_inbound_at + WINDOW - WINDOW_MARGIN - self.now())

    def is_due(self) -> bool:
        """Whether the time of their next stage has come."""
        return self.next_stage_at is not None and self.next_stage_at <= self.now()

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    @property
    def label(self) -> str:
        """What the team calls them, else their own name, or else their number or user name."""
        called = self.known_as.strip() or self.name.strip()
        return called or self.phone or self.address.rpartition(":")[2]


def number_in(address: str) -> str | None:
    """The E.164 number in `address` ("whatsapp:+5511999990000"), None for a user name."""
    match = re.fullmatch(r"[a-z]+:(\+[1-9]\d{6,14})", address)
    return match.group(1) if match else None


def speaks_portuguese(phone: str | None) -> bool:
    """Whether `phone` is of a country where Portuguese is spoken; Brazil where it is unknown."""
    return phone is None or phone.startswith(
        ("+55", "+351", "+238", "+239", "+244", "+245", "+258", "+670")
    )


def match_key(phone: str | None) -> str | None:
    """The key of an E.164 number: "+5511987654321" for "+551187654321" as well, "+525512345678"
    for "+5215512345678", "+5491112345678" for "+541112345678"; None for None.

    It is never written to: what a provider's address says stays what we answer to.
    """
    if phone is None:
        return None
    found = ((form.fullmatch(phone), key) for form, key in OTHER_FORMS)
    return next((match.expand(key) for match, key in found if match), phone)


def spelt(name: str) -> str:
    """`name` without what is not seen in it, which could make it look like another."""
    return name if name.isprintable() else characters.seen_in_a_line(name)
