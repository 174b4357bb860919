from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class CallKind(StrEnum):
    """What a call was for."""

    ANSWER = "answer"
    TRANSCRIPTION = "transcription"
    QUERY = "query"  # its vector
    DOCUMENT = "document"  # vectors of its passages
    SUGGESTION = "suggestion"  # a reply that a user asked for
    SUMMARY = "summary"  # of a conversation, that a user asked for
    TRIAL = "trial"
    EVALUATION = "evaluation"
    RESTORED = "restored"  # no call, but what a restored database knows nothing of: see restored.py


class Outcome(StrEnum):
    """How a call ended."""

    UNDER_WAY = "under way"
    LOST = "lost"  # its worker never said; perhaps it died
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


UNDER_WAY = f"outcome = '{Outcome.UNDER_WAY}'"
RESTORED = f"kind = '{CallKind.RESTORED}'"
# Where nothing came and the same call asked once more, that is one failure, which the last tells.
IS_LAST_TRY = text("(ai_calls.failure IS NULL OR ai_calls.error IS NOT NULL)")


class AiCall(Base):
    """One call to a model: what it took and what it cost. See money/ledger.py.

    `cost` is in micro-dollars, None where it is not known: then `reserved` counts, which is what it
    cost at most. `tokens`, `voice_seconds` and `pictures` are those it took, or the most it could.
    `day` is the team's, on which it began, `stage` with its version where the participant was then.
    Of `input_tokens` so many were billed as `cached_tokens`, and so many as `written_tokens`, to
    the cache. `latency` is in milliseconds.
    `failure` is the kind of clients/failures.py where no reply came of it, `error` what was said:
    nothing where the same call asked once more.
    `links_taken_out` of the reply, a line each: they led to where nobody of ours points.
    `left_out`: so many turns of the conversation were not told, for want of room.
    """

    __tablename__ = "ai_calls"
    __table_args__ = (
        Index(
            "ix_ai_calls_under_way",
            "created_at",
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
        Index(
            "ix_ai_calls_restored",
            "day",
            sqlite_where=text(RESTORED),
            postgresql_where=text(RESTORED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(
        String(16), default=CallKind.ANSWER, server_default=CallKind.ANSWER
    )
    # None: it was for the team, or for the documents.
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"), index=True)
    journey_version_id: Mapped[int | None] = mapped_column(ForeignKey("journey_versions.id"))
    stage: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    day: Mapped[date | None]  # None: from before days were kept
    model: Mapped[str] = mapped_column(String(300))
    # Empty where there is no prompt: a transcription, a vector.
    prompt_version: Mapped[str] = mapped_column(String(20))
    input_tokens: Mapped[int | None]
    cached_tokens: Mapped[int | None]
    written_tokens: Mapped[int | None]
    output_tokens: Mapped[int | None]
    tokens: Mapped[int] = mapped_column(default=0, server_default="0")
    voice_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    pictures: Mapped[int] = mapped_column(default=0, server_default="0")
    reserved: Mapped[int] = mapped_column(default=0, server_default="0")
    cost: Mapped[int | None]
    latency: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[str] = mapped_column(String(20))
    failure: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(String(300))
    left_out: Mapped[int | None]
    links_taken_out: Mapped[str | None] = mapped_column(String(2000))

    @property
    def counted(self) -> int:
        """Micro-dollars: what it cost, or the most it can have cost."""
        return self.reserved if self.cost is None else self.cost
