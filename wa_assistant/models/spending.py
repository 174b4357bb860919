"""What was spent on a day and in a month, kept in step with each call by triggers (0009, 0010)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base


class Scope(StrEnum):
    """What is counted together."""

    ALL = "all"
    MODEL = "model"  # every call to a model, trials among them
    TRIALS = "trials"  # and evaluations: what the team tries
    PARTICIPANT = "participant"  # what was for one of them


class Period(StrEnum):
    DAY = "day"
    MONTH = "month"


OF_THEIR_MONTH = f"scope = '{Scope.PARTICIPANT}' AND period = '{Period.MONTH}'"
OF_THEIR_DAY = f"scope = '{Scope.PARTICIPANT}' AND period = '{Period.DAY}'"
# The same for queries: said in these very words, SQLite sees that the index holds all they want.
IS_OF_THEIR_MONTH, IS_OF_THEIR_DAY = (
    text("spending." + words.replace("AND ", "AND spending."))
    for words in (OF_THEIR_MONTH, OF_THEIR_DAY)
)


class Spending(Base):
    """One count: `spent` is over, `reserved` is what calls under way cost at most; micro-dollars.

    `participant_id` is 0 where it is nobody's in particular. `starts_on` is the team's day, or the
    first of its month. `answers`, `tokens`, `voice_seconds` and `pictures` are those of the calls,
    the most they could take while that is not known.
    """

    __tablename__ = "spending"
    __table_args__ = (
        Index(
            "ix_spending_dearest",
            "starts_on",
            "spent",
            sqlite_where=text(OF_THEIR_MONTH),
            postgresql_where=text(OF_THEIR_MONTH),
        ),
        Index(
            "ix_spending_their_day",
            "starts_on",
            sqlite_where=text(OF_THEIR_DAY),
            postgresql_where=text(OF_THEIR_DAY),
        ),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    scope: Mapped[str] = mapped_column(String(16), primary_key=True)
    spent: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    reserved: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    answers: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    tokens: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    voice_seconds: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    pictures: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
