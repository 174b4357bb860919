from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from ..database import Base, UtcDateTime, folded, utcnow

SHORTCUT_CHARACTERS = 30
BODY_CHARACTERS = 2000
IS_SHARED = "user_id IS NULL"


class QuickReply(Base):
    """A prepared text that a user calls by its shortcut. `user_id` None: it is everybody's.

    A shortcut is one however it is spelt, among the shared ones and among each user's own.
    """

    __tablename__ = "quick_replies"
    __table_args__ = (
        Index("uq_quick_replies_own", "user_id", "shortcut_folded", unique=True),
        Index(
            "uq_quick_replies_shared",
            "shortcut_folded",
            unique=True,
            sqlite_where=text(IS_SHARED),
            postgresql_where=text(IS_SHARED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    shortcut: Mapped[str] = mapped_column(String(SHORTCUT_CHARACTERS))
    shortcut_folded: Mapped[str] = mapped_column(String(SHORTCUT_CHARACTERS))
    body: Mapped[str] = mapped_column(Text)
    # How often it was sent, changed or as it stands.
    used: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    @validates("shortcut")
    def _fold(self, _: str, shortcut: str) -> str:
        self.shortcut_folded = folded(shortcut)[:SHORTCUT_CHARACTERS]
        return shortcut
