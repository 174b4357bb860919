from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index

LEFT_TO_DO = "finished_at IS NULL AND dead_at IS NULL"
PROBLEM_CHARACTERS = 300


class EmailKind(StrEnum):
    INVITATION = "invitation"
    LINK = "link"  # a one-time link, as they asked for or a colleague has it sent
    MENTION = "mention"  # a colleague has named them in a note
    ALERT = "alert"  # it was opened
    ALL_CLEAR = "all clear"  # and resolved


class Email(Claimable, Base):
    """That somebody is to be written to, and what became of it.

    What is written stands nowhere: it is made as it is sent, for the one-time link in it is a
    secret. Who asks for one at the door has a row whoever they are, so that nothing tells a
    stranger's address from a colleague's; theirs goes when it is looked at.
    """

    __tablename__ = "emails"
    __table_args__ = (
        dead_index("emails"),
        Index("ix_emails_address", "address", "id"),
        Index(
            "ix_emails_left_to_do",
            "created_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(10))
    # The colleague who has it sent; None: whoever asked for it at the door.
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The conversation in which a note mentions them.
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"), index=True)
    # What they are told of.
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alerts.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    # Nothing is left to do; `problem`: it was not sent, as the mail server or we say why.
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(String(PROBLEM_CHARACTERS))
