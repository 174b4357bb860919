from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, false
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Provider(StrEnum):
    MODEL = "model"
    TWILIO = "twilio"


class Circuit(Base):
    """Open while a provider refuses everything: it is left alone until `retry_at`.

    There is a row while it is open; the first call that works again deletes it.
    """

    __tablename__ = "circuits"

    provider: Mapped[str] = mapped_column(String(10), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    retry_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error_code: Mapped[int | None]
    failure: Mapped[str | None] = mapped_column(String(20))  # the kind, of a model's
    error: Mapped[str] = mapped_column(String(300), default="")
    # Opened by a receipt: what the provider accepts proves nothing then, and only a message that
    # really went on its way closes it.
    by_receipt: Mapped[bool] = mapped_column(default=False, server_default=false())
