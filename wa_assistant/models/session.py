from datetime import datetime

from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow

AGENT_CHARACTERS = 300


class Session(Base):
    """A browser in which a user has signed in. Its key itself is never stored, only the SHA-256 of
    it in hexadecimal."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # What the browser called itself, and the network address it signed in from.
    agent: Mapped[str] = mapped_column(
        String(AGENT_CHARACTERS), default="", server_default=text("''")
    )
    place: Mapped[str] = mapped_column(String(45), default="", server_default=text("''"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    # When something was done in it, to a few minutes.
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
