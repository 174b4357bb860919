from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .user import User


class NoticeVersion(Base):
    """What participants are told about their data, as it was published: nothing of it is changed.

    The proof of what somebody agreed to is their consent event, which names it.
    """

    __tablename__ = "notice_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # from 1 on, without gaps
    # The page's text as it was shown, as HTML, by the language of the page; and its hash.
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    # What the settings said of us: the same is said in the conversation.
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    change: Mapped[str] = mapped_column(Text, default="")  # what is different, in a line
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    published_by: Mapped[User | None] = relationship()
