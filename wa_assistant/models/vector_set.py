from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index


class VectorSet(Claimable, Base):
    """All vectors of one model and one dimension: only those can be compared.

    One serves: it is searched. Another is filled in its shadow, and takes its place when complete.
    """

    __tablename__ = "vector_sets"
    __table_args__ = (
        dead_index("vector_sets"),
        Index(
            "uq_vector_sets_serving",
            "serving",
            unique=True,
            sqlite_where=text("serving"),
            postgresql_where=text("serving"),
        ),
    )

    model: Mapped[str] = mapped_column(String(300))
    dimension: Mapped[int | None]  # None until the first vector tells
    serving: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Grows with every change of its active vectors; what was made of an older one is stale.
    generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # Whether passages are to get their vectors; only the newest set is ever filled.
    filling: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Why that did not get further, a Defect.
    error: Mapped[str | None] = mapped_column(String(30))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)


class Vector(Base):
    """A passage's vector in a vector set: `dimension` little-endian float32, of length one."""

    __tablename__ = "vectors"

    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True
    )
    vector_set_id: Mapped[int] = mapped_column(
        ForeignKey("vector_sets.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    data: Mapped[bytes] = mapped_column(LargeBinary)
