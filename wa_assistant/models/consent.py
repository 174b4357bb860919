from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .notice import NoticeVersion
from .user import User


class Consent(StrEnum):
    """Where a participant stands; also the kinds of events, which are only ever added."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOTIFIED = "notified"
    RETURNED = "returned"  # after stopping; an event alone


class Purpose(StrEnum):
    """What it is consented to."""

    SERVICE = "service"  # that they are answered, and what they write is used for it
    MARKETING = "marketing"  # that they are sent offers, too


class ConsentSource(StrEnum):
    """By what it is known."""

    CHAT = "chat"  # they wrote it to us
    BY_HAND = "by hand"  # a user says so, and how they know
    IMPORT = "import"  # a file said so


PROOF_CHARACTERS = 500


class ConsentEvent(Base):
    """What was asked, said or withdrawn, and of which purpose: the proof, of which nothing is
    changed."""

    __tablename__ = "consent_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    # A hash of the notice as it was worded then.
    notice_version: Mapped[str | None] = mapped_column(String(16))
    # The published notice that the wording led to; None while none was published.
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice_versions.id"))
    # The message of theirs that said it, or that was answered by the question.
    message_sid: Mapped[str | None] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(
        String(10), default=Purpose.SERVICE, server_default=text("'service'")
    )
    source: Mapped[str] = mapped_column(
        String(10), default=ConsentSource.CHAT, server_default=text("'chat'")
    )
    # Where it was not said in the chat: how it is known, in the user's words, and who they are.
    proof: Mapped[str] = mapped_column(
        String(PROOF_CHARACTERS), default="", server_default=text("''")
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # When they said it, where that was before it was recorded.
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    user: Mapped[User | None] = relationship()
    notice: Mapped[NoticeVersion | None] = relationship()

    @property
    def said_at(self) -> datetime:
        return self.given_at or self.created_at
