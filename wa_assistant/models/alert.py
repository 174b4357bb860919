from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow

OPEN = "resolved_at IS NULL"


class AlertType(StrEnum):
    """What owners are to be told of, the worst first."""

    NO_ENGINE = "no engine"
    REDIS = "redis"
    SPOOL = "spool"  # webhooks wait on the disk for the database
    QUEUE = "queue"  # a bell waits for too long
    TWILIO = "twilio"
    MODEL = "model"
    QUOTA = "quota"  # of the model's account
    ERRORS = "errors"  # too many messages fail
    PEOPLE_WAITING = "people waiting"
    DISK = "disk"
    MEMORY = "memory"
    SLOW = "slow"  # participants wait long for an answer
    FEW = "few"  # far fewer write than at this hour before
    SPENDING = "spending"
    RETIRING = "retiring"  # a model is shut down soon
    CERTIFICATE = "certificate"
    QUALITY = "quality"  # of our sender, as WhatsApp rates it
    SCHEDULE = "schedule"
    TEST = "test"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"


class Alert(Base):
    """Something that owners are told of: opened once, and resolved by itself; see insight/alerts.

    `about`: of what, where there may be several at a time, as of models; "" else. `value` is in the
    unit of its type, as it was seen last.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "ix_alerts_open",
            "type",
            "about",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    severity: Mapped[str] = mapped_column(String(10))
    value: Mapped[float] = mapped_column(default=0.0)
    # What else its words need.
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    # When it was seen last, and since when it was not seen any more: it is resolved after a while.
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    calm_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class AlertMute(Base):
    """Of a type nobody is told until then; the page shows it all the same."""

    __tablename__ = "alert_mutes"

    type: Mapped[str] = mapped_column(String(20), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
