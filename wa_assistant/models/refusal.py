from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Refusal(Base):
    """A SID under which Twilio took a message and then failed it for now: it went back to wait.

    Twilio's list and late receipts go on speaking of it, and it is known for what it was.
    """

    __tablename__ = "refusals"

    provider_sid: Mapped[str] = mapped_column(String(64), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    code: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
