from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from .user import User


class PriceKind(StrEnum):
    """What is paid for, and the unit of it that a price is of."""

    TOKENS = "tokens"  # of a model that answers: a million
    TRANSCRIPTION = "transcription"  # a minute that is written down
    EMBEDDING = "embedding"  # a million tokens
    MESSAGE = "message"  # WhatsApp's own for one that was delivered
    FEE = "fee"  # Twilio's for one message
    ALLOWANCE = "allowance"  # no money: how many are free in a month


class Category(StrEnum):
    """WhatsApp's, by which it charges; a service message is free text within the window."""

    SERVICE = "service"
    UTILITY = "utility"
    AUTHENTICATION = "authentication"
    MARKETING = "marketing"


class Fee(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    FAILED = "failed"


class Price(Base):
    """A price that an owner said, from a day on. No row is changed: a newer one counts instead.

    `name` is a model, a Category or a Fee; `country` and `server` (a base URL) narrow it down, None
    is all of them. Amounts are micro-dollars for the kind's unit: `amount` for input or the one
    there is, and those of tokens have `cached`, `output` and `written` (to the cache) beside. All
    are None where an owner took the price back: from that day on our own list counts again.
    """

    __tablename__ = "prices"
    __table_args__ = (Index("ix_prices_name", "kind", "name", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    country: Mapped[str | None] = mapped_column(String(2))
    server: Mapped[str | None] = mapped_column(String(300))
    valid_from: Mapped[date] = mapped_column(Date)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    cached: Mapped[int | None] = mapped_column(BigInteger)
    output: Mapped[int | None] = mapped_column(BigInteger)
    written: Mapped[int | None] = mapped_column(BigInteger)

    user: Mapped[User] = relationship(lazy="raise_on_sql")
