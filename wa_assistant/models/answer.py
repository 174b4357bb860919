from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .user import User


class Kind(StrEnum):
    """What an answer's value is. It is kept as text: 3.5, yes, 2026-12-05."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes/no"
    DATE = "date"


class Source(StrEnum):
    """Who said what the value is."""

    MODEL = "model"  # found in the participant's words, which `quote` repeats
    PARTICIPANT = "participant"  # their whole message, without a model
    USER = "user"  # a colleague corrected it


class Answer(Base):
    """One value of something a stage collects. Nothing is overwritten: the newest row counts."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_participant", "participant_id", "stage", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("journey_versions.id"))
    stage: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text, default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    confidence: Mapped[float | None]
    source: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    # Who corrected it, or said that it is right.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # It counts no more since then: they began the journey anew, and are asked again.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User | None] = relationship(lazy="raise_on_sql")


class StageVisit(Base):
    """A participant in a stage: since when, and until when."""

    __tablename__ = "stage_visits"
    __table_args__ = (
        Index("ix_stage_visits_participant", "participant_id", "id"),
        Index("ix_stage_visits_begun", "begun_at", "participant_id", "version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("journey_versions.id"))
    stage: Mapped[str] = mapped_column(String(60))
    # In the participant's own time, which in the simulator can be moved.
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since then it is as if they had not been there: they were put into the journey anew.
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
