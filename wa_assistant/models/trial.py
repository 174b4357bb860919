from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index

LEFT_TO_DO = "finished_at IS NULL AND dead_at IS NULL"


class Trial(Claimable, Base):
    """A question the team tries: what is found for it, and what would be answered.

    `results` holds each passage as a search.Result of knowledge has it, and `number`, by which the
    model was told it (None: below the threshold, or no room). `cost` and `latency` are those of its
    AiCall.
    """

    __tablename__ = "trials"
    __table_args__ = (
        dead_index("trials"),
        Index(
            "ix_trials_left_to_do",
            "created_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    question: Mapped[str] = mapped_column(Text)
    # What it was tried with (knowledge/search/thresholds.py), and how many passages are looked at.
    similarity_threshold: Mapped[float]
    coverage_threshold: Mapped[float]
    most: Mapped[int]
    # How it was answered, where that was not as the settings are: those that were typed and not
    # saved, by name; and what the model was told of the stage of a journey that was chosen.
    settings: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stage: Mapped[str | None] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # None where there is none: `outcome`, an Outcome of the call, NO_ROOM or CAP_MET, says why.
    draft: Mapped[str | None] = mapped_column(Text)
    used: Mapped[list[int]] = mapped_column(JSON, default=list)
    unanswered: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(20))
    model: Mapped[str | None] = mapped_column(String(300))  # None: the offline assistant
    cost: Mapped[int | None]
    latency: Mapped[int | None]
