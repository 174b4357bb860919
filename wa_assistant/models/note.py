from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .participant import Participant
from .user import User

NOTE_CHARACTERS = 5000
UNSEEN = "seen_at IS NULL"


class Note(Base):
    """What a user writes to colleagues in a conversation. It is never sent.

    `revision` counts its changes, so that nobody saves over what they have not seen.
    """

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_conversation", "participant_id", "created_at"),
        UniqueConstraint("participant_id", "form_key", name="uq_notes_form_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[str] = mapped_column(Text)
    # Of the form it was sent with, which makes one note however often it is sent.
    form_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    # Seconds by which the simulator's clock was ahead for the participant then.
    clock_ahead: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    participant: Mapped[Participant] = relationship(lazy="raise_on_sql")
    mentions: Mapped[list["Mention"]] = relationship(back_populates="note", lazy="raise_on_sql")

    @property
    def shown_at(self) -> datetime:
        """When it was for the participant; `created_at` is when it really was."""
        return self.created_at + timedelta(seconds=self.clock_ahead)


class Mention(Base):
    """That a note names a user, who is told; and when they saw it."""

    __tablename__ = "mentions"
    __table_args__ = (
        UniqueConstraint("note_id", "user_id", name="uq_mentions_note"),
        Index("ix_mentions_user", "user_id", "note_id"),
        Index(
            "ix_mentions_unseen",
            "user_id",
            "note_id",
            sqlite_where=text(UNSEEN),
            postgresql_where=text(UNSEEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    note: Mapped[Note] = relationship(back_populates="mentions", lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql")


# As the index has it: with a parameter SQLite would not know that it fits.
IS_UNSEEN = text(f"mentions.{UNSEEN}")
