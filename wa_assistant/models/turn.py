from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from ..database import UtcDateTime, utcnow


class TakesTurns:
    """A row that a worker sees to once: see knowledge.turns.

    `next_attempt_at` is None when nothing is left to do; `finished_at` stays None where it was
    given up.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=utcnow)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
