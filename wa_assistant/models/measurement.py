from datetime import datetime

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index

LEFT_TO_DO = "finished_at IS NULL AND dead_at IS NULL"


class Measurement(Claimable, Base):
    """The golden set, measured once: shares from 0 to 1, `milliseconds` the median of a search.

    `ranks` holds each question with the name of its document, and where that came, from 1; None
    where it was not among the results. `found_by`: the model by whose vectors it was searched, ""
    for words alone, None where that was not so of all questions. Only those of one model can be
    compared.
    """

    __tablename__ = "measurements"
    __table_args__ = (
        dead_index("measurements"),
        Index(
            "ix_measurements_left_to_do",
            "created_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    asked_by: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done: Mapped[int] = mapped_column(default=0)
    questions: Mapped[int] = mapped_column(default=0)
    recall_1: Mapped[float | None]
    recall_5: Mapped[float | None]
    mrr: Mapped[float | None]
    milliseconds: Mapped[float | None]
    ranks: Mapped[list[tuple[str, str, int | None]] | None] = mapped_column(JSON(none_as_null=True))
    found_by: Mapped[str | None] = mapped_column(String(300))
