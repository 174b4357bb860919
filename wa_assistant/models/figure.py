"""What the figures of the overview are added up from, so that no page counts a million messages.

Times are seconds since 1970, and a slot is a quarter of an hour: the days of every zone are made of
these, also of those that are half an hour apart from the others. See insight/rollup.py.
"""

from enum import StrEnum

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base


class Step(StrEnum):
    """How long the time of a count is."""

    SLOT = "slot"
    DAY = "day"  # the team's


class FigureCount(Base):
    """In the step that begins `at`, so many messages are `part` of what `name` counts."""

    __tablename__ = "figure_counts"
    __table_args__ = ({"sqlite_with_rowid": False},)

    step: Mapped[str] = mapped_column(String(4), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    part: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class FigureChange(Base):
    """A message of `at` has changed since it may have been counted; triggers write it (0015).

    What is told of other messages may depend on it; None where these are marked already.
    """

    __tablename__ = "figure_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    participant_id: Mapped[int | None]
    message_id: Mapped[int | None]


class FigureState(Base):
    """One row, or none at first: all slots before `slots_until` are counted, and the days of `zone`
    before `days_until`; 0: none is."""

    __tablename__ = "figure_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slots_until: Mapped[int] = mapped_column(BigInteger)
    days_until: Mapped[int] = mapped_column(BigInteger)
    zone: Mapped[str] = mapped_column(String(60))


def no_state() -> FigureState:
    return FigureState(id=1, slots_until=0, days_until=0, zone="")
