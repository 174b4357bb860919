"""How far the index of what was said has come: see conversation/full_text/."""

from sqlalchemy import String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base


class SearchState(Base):
    """Of one source, that all rows with an id up to `done_until` are in its index, as the stems of
    `version` are; and whether words of what is gone may still stand in SQLite's."""

    __tablename__ = "search_states"

    source: Mapped[str] = mapped_column(String(10), primary_key=True)
    done_until: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    to_purge: Mapped[bool] = mapped_column(default=False, server_default=false())


class SearchChange(Base):
    """A row of `source` is worded anew, or gone, since it may have been put into its index;
    triggers write it (0025)."""

    __tablename__ = "search_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(10))
    row_id: Mapped[int]
