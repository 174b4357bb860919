from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime


class Checked(StrEnum):
    """What is tried in the background."""

    ENGINE = "engine"  # whether a job rung for is done
    TWILIO = "twilio"  # its account, and our sender there
    MODEL = "model"  # its server, and the models we ask
    CERTIFICATE = "certificate"  # of PUBLIC_URL


class Check(Base):
    """How the latest try of something went: see operations/checks.py."""

    __tablename__ = "checks"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    well: Mapped[bool] = mapped_column()
    # Since when it has been so.
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    # What went wrong, as a word of ours or the kind of an exception; "" where nothing did.
    reason: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    # What was learned the last time that it went well.
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
