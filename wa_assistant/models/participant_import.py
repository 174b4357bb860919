from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index
from .user import User


class ImportState(StrEnum):
    """How far an import is. What the engine is at ends in -ing."""

    LOOKING = "looking"  # the file is gone through, and nothing is changed
    SHOWN = "shown"  # what would change is shown, and a person decides
    UNCHANGED = "unchanged"  # nothing would change, and there is nothing to decide
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"  # the file cannot be read, as `problem` says
    FORGETTING = "forgetting"  # its file and its lines go


class FileProblem(StrEnum):
    """Why a file cannot be imported."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    PDF = "pdf"
    OLD_EXCEL = "old excel"  # .xls, or one with a password
    OPEN_DOCUMENT = "open document"
    WORD = "word"
    ARCHIVE = "archive"
    PICTURE = "picture"
    WEB_PAGE = "web page"
    NO_TABLE = "no table"
    DAMAGED = "damaged"  # or cut short
    BOMB = "bomb"  # small as a file, enormous when unpacked
    ENCODING = "encoding"
    NEVER_CLOSED = "never closed"  # a quotation mark
    NO_LINES = "no lines"
    NO_NUMBERS = "no numbers"  # no column is the number
    TOO_MANY_LINES = "too many lines"
    GONE = "gone"
    OUR_FAULT = "our fault"


class LineOutcome(StrEnum):
    """What becomes of a line of an import."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"


class LineReason(StrEnum):
    """Why a line is rejected, or why something in it does not count."""

    NO_NUMBER = "no number"
    EMPTY_NUMBER = "empty number"
    NO_AREA = "no area"  # as one dials it at home
    ROUNDED = "rounded"  # 5,51198E+12: the last figures are lost
    TWICE = "twice"  # in this file
    NAME_TOO_LONG = "name too long"
    LANGUAGE = "language"
    TAG_TOO_LONG = "tag too long"
    TOO_MANY_TAGS = "too many tags"
    VALUE = "value"  # it does not fit its field
    CUT_SHORT = "cut short"
    CAME_MEANWHILE = "came meanwhile"  # somebody has this number since
    GONE_MEANWHILE = "gone meanwhile"
    NO_SOURCE = "no source"  # a consent without source and date counts for nothing
    CONSENT_WORD = "consent word"  # neither a yes nor a no
    SAID_LATER = "said later"  # by themselves, so that it still counts
    OTHER_SINCE = "other since"  # somebody else has changed it, so that it stays
    WROTE_SINCE = "wrote since"  # so that they are not deleted
    USED_SINCE = "used since"


LEFT_TO_DO = "state IN ('looking', 'applying', 'undoing', 'forgetting')"
IS_LEFT_TO_DO = text(f"imports.{LEFT_TO_DO}")


class Import(Claimable, Base):
    """Participants from a file: who uploaded it, how it is read, how far it is, and what of it.

    `columns` says of each column of the file what it is, and `headers` what it calls itself; both
    are None until the file was looked at.
    """

    __tablename__ = "imports"
    __table_args__ = (
        dead_index("imports"),
        Index(
            "ix_imports_left_to_do",
            "created_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    name: Mapped[str] = mapped_column(String(200))  # of the file, as it was given
    file: Mapped[str] = mapped_column(String(64))  # below DATA_DIR/imports; drawn by chance
    kind: Mapped[str] = mapped_column(String(4))  # csv or xlsx, by what it holds
    size: Mapped[int]  # bytes
    encoding: Mapped[str | None] = mapped_column(String(20))
    delimiter: Mapped[str | None] = mapped_column(String(1))
    has_headers: Mapped[bool] = mapped_column(default=False, server_default=false())
    headers: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    columns: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))

    state: Mapped[str] = mapped_column(String(10), default=ImportState.LOOKING)
    problem: Mapped[str | None] = mapped_column(String(20))
    place: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # rows it was read to
    share: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # percent of the file
    # Lines by what becomes of them, and how many of them that has happened to.
    new: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    changed: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    same: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    rejected: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    done: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    kept: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # where it was undone

    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    asked_by: Mapped[User] = relationship()

    @property
    def lines(self) -> int:
        return self.new + self.changed + self.same + self.rejected

    @property
    def to_do(self) -> int:
        """Lines by which something changes."""
        return self.new + self.changed


class ImportLine(Base):
    """A line of an import: what it said, and what it changes or has changed.

    Each of `changes` says what, and as it was and is to be: see operations/importing/compare.py.
    """

    __tablename__ = "import_lines"
    __table_args__ = (
        UniqueConstraint("import_id", "key"),
        Index("ix_import_lines_number", "import_id", "number"),
        Index("ix_import_lines_outcome", "import_id", "outcome", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    number: Mapped[int]  # of the line in its file, from 1 on
    outcome: Mapped[str] = mapped_column(String(8))
    key: Mapped[str | None] = mapped_column(String(255))  # which number: one line of a file has it
    phone: Mapped[str] = mapped_column(String(32), default="", server_default=text("''"))
    name: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Why it is rejected, or something of it counts for nothing; and what of it.
    reason: Mapped[str | None] = mapped_column(String(20))
    told: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    cells: Mapped[list[str]] = mapped_column(JSON, default=list)  # as they stood in the file
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participants.id", ondelete="SET NULL"), index=True
    )
    is_done: Mapped[bool] = mapped_column(default=False, server_default=false())
