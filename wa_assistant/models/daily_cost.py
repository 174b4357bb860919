"""Where money went on a day, kept in step with calls and messages by triggers (0010)."""

from datetime import date

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base

INBOUND = "inbound"  # the kind of a message that came in; one that goes out is of its category


class DailyCost(Base):
    """What is over of one kind on the team's `day`: a CallKind, INBOUND or a Category.

    `journey_version_id` is 0 and `stage` empty where they were in none, or it was nobody's.
    `spent` is in micro-dollars; of `unknown` among the `number` no cost is known, and the most
    that they can have cost is in it. `cached_tokens` are among `input_tokens`, and so are
    `written_tokens`, to the cache.
    """

    __tablename__ = "daily_costs"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    journey_version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stage: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    unknown: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    spent: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    input_tokens: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    cached_tokens: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    written_tokens: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    output_tokens: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
