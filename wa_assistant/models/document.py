from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow
from ..work.claimable import Claimable, dead_index


class DocumentKind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    CSV = "csv"  # of questions and answers


class DocumentState(StrEnum):
    """What becomes of the newest upload; what was found before is found until it is ready."""

    PENDING = "pending"
    PROCESSING = "processing"  # so a pending one is shown while a worker has it
    READY = "ready"
    FAILED = "failed"


class Defect(StrEnum):
    """Why the newest upload cannot be read, or not be indexed."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    UNKNOWN_KIND = "unknown kind"
    NAME_TAKEN = "name taken"  # by another document
    ENCRYPTED = "encrypted"
    NO_TEXT = "no text"
    SCAN = "scan"  # pictures of pages
    ILLEGIBLE = "illegible"  # what it says inside is no words
    BROKEN = "broken"  # not what its ending says, or damaged
    BOMB = "bomb"  # small as a file, enormous when unpacked
    TOO_MANY_PASSAGES = "too many passages"
    TOO_HEAVY = "too heavy"  # reading it takes more time or memory than any document should
    UNKNOWN_ENCODING = "unknown encoding"
    FILE_GONE = "file gone"
    EMBEDDING_AWAY = "embedding away"
    EMBEDDING_REFUSED = "embedding refused"  # the key, the model's name or the quota
    TEXT_REFUSED = "text refused"  # by the embedding service: too long for it, most likely
    WORKER_DIED = "worker died"
    OUR_FAULT = "our fault"


LEFT_TO_DO = "state = 'pending'"
# The same for queries: said in these very words, SQLite sees that its index holds all they want.
IS_LEFT_TO_DO = text(f"documents.{LEFT_TO_DO}")


class Document(Claimable, Base):
    """A file the assistant may answer from.

    `state`, `error`, `done`, `total` (passages) and `recognised` speak of the newest upload.
    `passages` counts those that are found now, whatever becomes of it. A pending document is left
    to do.
    """

    __tablename__ = "documents"
    __table_args__ = (
        dead_index("documents"),
        Index(
            "ix_documents_left_to_do",
            "uploaded_at",
            sqlite_where=text(LEFT_TO_DO),
            postgresql_where=text(LEFT_TO_DO),
        ),
    )

    # As it was given, without a path; a second upload of the same name replaces the first.
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    # Below DATA_DIR/knowledge; drawn anew for each upload, never made of the name.
    file: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))

    state: Mapped[str] = mapped_column(String(10), default=DocumentState.PENDING)
    error: Mapped[str | None] = mapped_column(String(30))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)

    recognised: Mapped[int | None]  # pages that were read from their pictures

    passages: Mapped[int] = mapped_column(default=0)
    indexed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # A user's e-mail address, or "command line"; who replaced it last, and when.
    uploaded_by: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    @property
    def shown_state(self) -> DocumentState:
        """Its state, as people see it."""
        is_pending = self.state == DocumentState.PENDING
        is_processed = is_pending and self.claim_token is not None
        return DocumentState.PROCESSING if is_processed else DocumentState(self.state)

    @property
    def is_found(self) -> bool:
        """Whether something of it is found now, perhaps of an older upload."""
        return self.passages > 0
