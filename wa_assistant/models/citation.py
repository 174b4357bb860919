from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .participant import Participant

OPEN = "settled_at IS NULL"


class Citation(Base):
    """A passage an answer rests on, as it was then: its document may be replaced or deleted."""

    __tablename__ = "citations"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The first part of the answer.
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("documents.id", ondelete="SET NULL"), index=True
    )
    document: Mapped[str] = mapped_column(String(200))  # its name
    heading: Mapped[str] = mapped_column(String(300), default="")
    place: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(Text)
    # How well it fits the question: the cosine, and the share of the question's words.
    similarity: Mapped[float | None]
    coverage: Mapped[float]


class UnansweredQuestion(Base):
    """What somebody asked of the company, and its documents do not tell."""

    __tablename__ = "unanswered_questions"
    __table_args__ = (
        Index(
            "ix_unanswered_questions_open",
            "created_at",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))  # the answer to it
    question: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    # By an entry that was written, or because somebody saw that none is needed.
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    participant: Mapped[Participant] = relationship()
