from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index


class Kind(StrEnum):
    INBOUND = "inbound"
    STATUS = "status"


class State(StrEnum):
    """Received: left to do, unless it is a dead letter, which our own code failed on again and
    again. Parked: a receipt for a message whose SID we have not stored (yet). Dismissed: a person
    saw the dead letter, and wanted nothing done.
    """

    RECEIVED = "received"
    PROCESSED = "processed"
    PARKED = "parked"
    DISMISSED = "dismissed"


NOT_DONE = "state NOT IN ('processed', 'dismissed')"
# The same for queries: said in these very words, SQLite sees that its index holds all they want.
IS_NOT_DONE = text(f"webhooks.{NOT_DONE}")


class Webhook(Claimable, Base):
    """The webhook log: each webhook as it came, bytes and all, stored before it is understood."""

    __tablename__ = "webhooks"
    __table_args__ = (
        Index(
            "ix_webhooks_unprocessed",
            "state",
            "received_at",
            sqlite_where=text(NOT_DONE),
            postgresql_where=text(NOT_DONE),
        ),
        dead_index("webhooks"),
        Index(
            "ix_webhooks_not_ours",
            "not_ours",
            sqlite_where=text("not_ours IS NOT NULL"),
            postgresql_where=text("not_ours IS NOT NULL"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(10))
    # MessageSid; for receipts SID, status and error code: a repeat meets the unique key.
    key: Mapped[str] = mapped_column(String(210), unique=True)
    provider_sid: Mapped[str] = mapped_column(String(64), index=True)
    # Who wrote, as the provider calls them; None of a receipt.
    sender: Mapped[str | None] = mapped_column(String(255))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    simulated: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Whose it is, where it is neither our sender's nor our account's: it takes no effect.
    not_ours: Mapped[str | None] = mapped_column(String(300))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    state: Mapped[str] = mapped_column(String(10), default=State.RECEIVED)
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The latest fault with the exception's own words, which may quote the webhook's: it stands
    # beside them.
    error: Mapped[str | None] = mapped_column(Text)
