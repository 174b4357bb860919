from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Mark(Base):
    """A number that grows for as long as the product runs, and when it grew last: by it an older
    copy of the database is known (money/restored.py)."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
