from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Reconciliation(Base):
    """A pass over the provider's list of what participants wrote.

    Complete is one that has `covered_until`: up to there no message is missing. The first row is
    no pass but this installation's first start, before which nothing is looked for.
    """

    __tablename__ = "reconciliations"

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    covered_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found: Mapped[int] = mapped_column(default=0, server_default="0")
    error: Mapped[str | None] = mapped_column(Text)
