from datetime import datetime

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime


class ScheduledJob(Base):
    """What an engine does again and again, and how that went the last time.

    The engine writes it a few seconds late: see operations/timetable.py.
    """

    __tablename__ = "scheduled_jobs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    every: Mapped[int] = mapped_column()  # seconds
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duration_ms: Mapped[int | None] = mapped_column()
    # The kind of what it ended by; "" where it went well.
    error: Mapped[str] = mapped_column(String(60), default="", server_default=text("''"))
    # When it went well the last time.
    succeeded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
