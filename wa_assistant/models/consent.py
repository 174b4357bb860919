from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Consent(StrEnum):
    """Where a participant stands; also the kinds of events, which are only ever added."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOTIFIED = "notified"


class ConsentEvent(Base):
    """What was asked, said or withdrawn: the proof, of which nothing is changed."""

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
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
