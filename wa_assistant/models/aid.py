from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index

LEFT_TO_DO = "finished_at IS NULL AND dead_at IS NULL"


class AidKind(StrEnum):
    """What the model writes for a user."""

    SUGGESTION = "suggestion"  # a reply, which only a user sends
    SUMMARY = "summary"  # of the conversation so far


class Aid(Claimable, Base):
    """What a user had the model write in a conversation, as it stood with its message `up_to_id`.

    `passages` are those of the documents it rests on, with document, heading and text. `outcome`
    says why there is no text: an Outcome of the call, or one of conversation/aids.py.
    """

    __tablename__ = "aids"
    __table_args__ = (
        dead_index("aids"),
        Index("ix_aids_conversation", "participant_id", "kind", "id"),
        Index(
            "ix_aids_left_to_do",
            "created_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    kind: Mapped[str] = mapped_column(String(20))
    up_to_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    language: Mapped[str] = mapped_column(String(10))  # of who asked: "en" or "pt_BR"
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    text: Mapped[str | None] = mapped_column(Text)
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    outcome: Mapped[str | None] = mapped_column(String(20))
    ai_call_id: Mapped[int | None] = mapped_column(ForeignKey("ai_calls.id"))
    cost: Mapped[int | None]  # micro-dollars, of the call
