from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow

VIEW_CHARACTERS = 60


class View(Base):
    """Filters and columns of the list of participants under a name: one's own, or shared."""

    __tablename__ = "views"
    __table_args__ = (Index("ix_views_user_id", "user_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(VIEW_CHARACTERS))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: everybody's
    # As the address of the list says it: see conversation/selection.py.
    args: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)


class FormerAddress(Base):
    """What a participant was also called by whom they were merged with: an address or a BSUID.

    `former_id` is the id they had there; pages of theirs lead to who stays.
    """

    __tablename__ = "former_addresses"

    address: Mapped[str] = mapped_column(String(255), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    former_id: Mapped[int] = mapped_column(index=True)
