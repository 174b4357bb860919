from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Origin(StrEnum):
    """Where something is done from."""

    DASHBOARD = "dashboard"
    COMMAND_LINE = "command line"
    ENGINE = "engine"  # by itself, as a setting says
    SIGN_IN_PAGE = "sign-in page"  # whoever stands before it


class Subject(StrEnum):
    """What kind of thing something is done to, and what its id is where that is no row's."""

    AID = "aid"  # a suggestion or a summary
    ALERT = "alert"  # its id, or the name of its type
    AUDIT = "audit"  # all of it: without an id
    DOCUMENT = "document"
    EMAIL = "email"
    FILE = "file"  # that came with a message
    GOLDEN_QUESTION = "golden question"
    FIELD = "field"  # of participants
    IMPORT = "import"
    JOURNEY = "journey"
    KNOWLEDGE = "knowledge"  # all of it: without an id
    MEASUREMENT = "measurement"
    MESSAGE = "message"
    MODEL_SERVER = "model server"  # its address; "" for OpenAI's own
    NOTICE = "notice"  # its number
    PARTICIPANT = "participant"
    PARTICIPANTS = "participants"  # whom a selection means: without an id
    PRICE = "price"
    QUICK_REPLY = "quick reply"
    SCHEDULED_JOB = "scheduled job"  # its name
    SECTOR = "sector"
    SETTING = "setting"  # its name
    SPENDING = "spending"  # that the database did not know of
    TAG = "tag"
    TRIAL = "trial"
    USER = "user"  # their e-mail address: a link is made before there is a user
    VECTOR_SET = "vector set"
    VIEW = "view"
    WEBHOOK = "webhook"


class Action(StrEnum):
    """What is done: a verb in the past tense, with an object only where the subject is not it."""

    ACKNOWLEDGED = "acknowledged"
    ADDED = "added"
    ANSWERED_QUESTIONS = "answered questions"
    ASKED_FOR_LINK = "asked for a sign-in link"
    ASKED_FOR_TRANSCRIPT = "asked for a transcript"
    ASSIGNED = "assigned"
    BEGAN_DRAFT = "began a draft"
    BEGAN_REINDEXING = "began reindexing"
    BLOCKED = "blocked"
    CALLED_FOR_ATTENTION = "called for attention"
    CHANGED = "changed"
    CHANGED_DRAFT = "changed a draft"
    CHANGED_TAGS = "changed tags"
    COMPLETED_STAGE = "completed a stage"
    CONFIRMED_ANSWER = "confirmed an answer"
    CORRECTED_ANSWER = "corrected an answer"
    CREATED = "created"
    DEACTIVATED = "deactivated"
    DELETED = "deleted"
    DISCARDED_DRAFT = "discarded a draft"
    DISMISSED = "dismissed"
    DISMISSED_QUESTIONS = "dismissed questions"
    ENDED_SESSION = "ended a session"
    EXPORTED = "exported"
    FILLED_IN = "filled in"
    FORGOT = "forgot"
    HANDED_BACK = "handed back"
    IMPORTED = "imported"
    INVITED = "invited"
    MADE_SIGN_IN_LINK = "made a sign-in link"
    MARKED_DONE = "marked as done"
    MERGED = "merged"
    MOVED_PARTICIPANTS = "moved participants"
    MUTED = "muted"
    NAMED = "named"
    NOTED = "noted"
    OPENED = "opened"
    OPENED_AGAIN = "opened again"
    PASSED_ON = "passed on"
    PAUSED = "paused"
    PUBLISHED = "published"
    PUBLISHED_DRAFT = "published a draft"
    PUT_INTO_JOURNEY = "put into a journey"
    PUT_INTO_STAGE = "put into a stage"
    RAN = "ran"
    REACTIVATED = "reactivated"
    RECORDED_CONSENT = "recorded consent"
    REMOVED = "removed"
    REOPENED = "reopened"
    REPLACED = "replaced"
    REPLAYED = "replayed"
    RESOLVED = "resolved"
    RESTARTED_JOURNEY = "restarted a journey"
    RETRIED = "retried"
    SENT_AGAIN = "sent again"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SNOOZED = "snoozed"
    TOOK_OVER = "took over"
    TRIED = "tried"
    UNBLOCKED = "unblocked"
    UNDID_IMPORT = "undid an import"
    UPLOADED = "uploaded"
    WROTE_ALTHOUGH_STOPPED = "wrote although stopped"


# The conditions of two partial indexes.
UNCHAINED = "position IS NULL"
OPENING = f"action = '{Action.OPENED}'"


class AuditEntry(Base):
    """Who did what to which thing, from where; written by audit.record alone.

    `before` and `after` hold what was changed, as it was and as it is; what a participant has said
    stands in neither. The last four columns are the chain's (audit/chain.py), and empty for as
    long as it takes to come by: at most a minute. They alone are ever filled in, once: triggers
    refuse every other change, and that an entry is deleted.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject", "subject", "subject_id", "id"),
        Index("ix_audit_entries_actor", "actor", "created_at", "id"),
        Index("ix_audit_entries_action", "action", "created_at", "id"),
        Index("ix_audit_entries_kind", "subject", "created_at", "id"),
        Index("ix_audit_entries_position", "position", unique=True),
        Index(
            "ix_audit_entries_unchained",
            "id",
            sqlite_where=text(UNCHAINED),
            postgresql_where=text(UNCHAINED),
        ),
        Index(
            "ix_audit_entries_opened",
            "subject_id",
            "actor",
            "created_at",
            sqlite_where=text(OPENING),
            postgresql_where=text(OPENING),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow, index=True)
    # A user's e-mail address; where nobody is signed in, the origin.
    actor: Mapped[str] = mapped_column(String(255))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(255), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    origin: Mapped[str] = mapped_column(String(20), default=Origin.DASHBOARD)
    # The network address, where somebody was signed in.
    place: Mapped[str] = mapped_column(String(45), default="", server_default=text("''"))

    position: Mapped[int | None] = mapped_column()  # from 1 on, without a gap
    salt: Mapped[str | None] = mapped_column(String(32))
    digest: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))


class AuditChain(Base):
    """How far the audit is chained, and what was found when it was last gone through: one row.

    It is the chain's anchor: an end that was cut off is missed by it.
    """

    __tablename__ = "audit_chain"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    hash: Mapped[str] = mapped_column(String(64), default="", server_default=text("''"))
    chained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How far it was gone through this time.
    seen: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    # Up to which entry, and when, that came to an end the last time.
    verified: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What was found wrong there, and at which position; see audit/verify.py.
    fault: Mapped[str | None] = mapped_column(String(20))
    fault_at: Mapped[int | None] = mapped_column()


# As these indexes have them: with a parameter SQLite would not know that they fit.
IS_UNCHAINED = text(f"audit_entries.{UNCHAINED}")
IS_OPENING = text(f"audit_entries.{OPENING}")
