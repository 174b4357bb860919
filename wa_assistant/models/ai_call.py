from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Outcome(StrEnum):
    """How a call to the model ended."""

    ANSWERED = "answered"
    RATE_LIMITED = "rate limited"
    QUOTA_SPENT = "quota spent"
    UNAVAILABLE = "unavailable"
    REJECTED = "rejected"
    UNUSABLE = "unusable"
    TOO_LONG = "too long"  # a shorter answer was asked for, and sent
    SHORTER = "shorter"  # answered when it was asked for again
    CUT = "cut"  # too long, and no shorter one came: its beginning was sent
    OBSOLETE = "obsolete"  # another message came while the model was thinking


class AiCall(Base):
    """One call to a model: what it took and what it cost.

    `cost` is in micro-dollars, None where no price is known; `latency` in milliseconds.
    `failure` is the kind of clients/failures.py where no reply came of it, `error` what was said.
    `links_taken_out` of the reply, a line each: they led to where nobody of ours points.
    `left_out`: so many turns of the conversation were not told, for want of room.
    """

    __tablename__ = "ai_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    model: Mapped[str] = mapped_column(String(300))
    # Empty where there is no prompt: a transcription.
    prompt_version: Mapped[str] = mapped_column(String(20))
    input_tokens: Mapped[int | None]
    cached_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    cost: Mapped[int | None]
    latency: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    failure: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(String(300))
    left_out: Mapped[int | None]
    links_taken_out: Mapped[str | None] = mapped_column(String(2000))
