from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index


class MediaStatus(StrEnum):
    """Where a file is: still the provider's, kept by us, or neither for good."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why a file is not there, or a voice message has no words."""

    ELSEWHERE = "elsewhere"  # not at the provider's
    TOO_LARGE = "too large"
    DISGUISED = "disguised"  # not what it is said to be
    PROGRAM = "program"
    NOT_THERE = "not there"
    UNREACHABLE = "unreachable"
    NOT_HEARD = "not heard"  # kept, but its words could not be made out


class MediaStep(StrEnum):
    """What is left to do for a file: first the one, and for a voice message then another."""

    FETCH = "fetch"
    TRANSCRIBE = "transcribe"  # for the assistant, while it may speak
    WANTED = "wanted"  # the same for a person of the team, who has asked for it


SPOKEN_LATELY = timedelta(days=1)  # what is older is written down for nobody unasked
LEFT_TO_DO = "step IS NOT NULL"


class Media(Claimable, Base):
    """A file that came with a message. `step` is None when nothing is left to do for it."""

    __tablename__ = "media"
    __table_args__ = (
        dead_index("media"),
        UniqueConstraint("message_id", "position"),
        Index(
            "ix_media_left_to_do",
            "message_id",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    position: Mapped[int]
    url: Mapped[str] = mapped_column(Text)
    # What the provider says until the file is here, then what its bytes say.
    content_type: Mapped[str] = mapped_column(String(100), default="")
    # As its sender called it: shown, and never used for a path.
    name: Mapped[str] = mapped_column(String(200), default="")
    # Below DATA_DIR/media; drawn with the row, so that a second try overwrites the first.
    file: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))

    status: Mapped[str] = mapped_column(String(10), default=MediaStatus.WAITING)
    step: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    # Then an answer does without; whoever waits for a turn at the model moves it on.
    awaited_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(20))
    transcript: Mapped[str | None] = mapped_column(Text)
    # The people in a contact card: see media/cards.py. None: it is no card.
    cards: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))

    @property
    def family(self) -> str:
        """ "image", "audio", "video", "application" ..."""
        return self.content_type.partition("/")[0]

    @property
    def is_kept(self) -> bool:
        return self.status == MediaStatus.KEPT

    def is_awaited(self, now: datetime) -> bool:
        """Whether an answer still waits for it."""
        is_ahead = self.created_at > now  # by a clock that was wrong
        return bool(self.step and self.awaited_until and self.awaited_until > now) and not is_ahead

    @property
    def is_spoken(self) -> bool:
        """Whether it is, or was to be, somebody's voice."""
        return self.family == "audio" or self.error == Trouble.NOT_HEARD
