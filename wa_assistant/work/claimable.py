"""The columns of a row that workers take in turn: see claims.py, which alone takes and counts.

While nobody has a row, its kind's own code may say when it is due, and that faults are settled.
"""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import UtcDateTime

# What stands in these columns of a row that is done: for who writes many at once.
DONE = dict.fromkeys(("claim_token", "due_at", "fault", "dead_at")) | {"attempts": 0, "faults": 0}
IS_DEAD = "dead_at IS NOT NULL"


def dead_index(table: str) -> Index:
    """The index of a table's dead letters, of which each page asks whether there are any."""
    where = text(IS_DEAD)
    return Index(f"ix_{table}_dead", "dead_at", sqlite_where=where, postgresql_where=where)


class Claimable:
    """A row of work. What is left to do at it, its own state says."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # The worker that has it; each of its writes names the token.
    claim_token: Mapped[str | None] = mapped_column(String(32))
    # Not before: while a worker has it that is when its claim runs out. None: at once.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Tries in succession that came to nothing for a passing reason.
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # How often in succession its worker died, or failed by a fault of our own; and the latest one,
    # without an exception's words, which may quote a person's.
    faults: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    fault: Mapped[str | None] = mapped_column(Text)
    # A dead letter since then: a person replays or dismisses it.
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
