from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..database import Base, UtcDateTime, utcnow


class Origin(StrEnum):
    """Where something is done from."""

    DASHBOARD = "dashboard"
    COMMAND_LINE = "command line"


class Subject(StrEnum):
    """What kind of thing something is done to, and what its id is where that is no row's."""

    DOCUMENT = "document"
    FILE = "file"  # that came with a message
    GOLDEN_QUESTION = "golden question"
    JOURNEY = "journey"
    KNOWLEDGE = "knowledge"  # all of it: without an id
    MEASUREMENT = "measurement"
    MESSAGE = "message"
    MODEL_SERVER = "model server"  # its address; "" for OpenAI's own
    PARTICIPANT = "participant"
    PRICE = "price"
    SETTING = "setting"  # its name
    SPENDING = "spending"  # that the database did not know of
    TRIAL = "trial"
    USER = "user"  # their e-mail address: a link is made before there is a user
    VECTOR_SET = "vector set"
    WEBHOOK = "webhook"


class Action(StrEnum):
    """What is done: a verb in the past tense, with an object only where the subject is not it."""

    ADDED = "added"
    ANSWERED_QUESTIONS = "answered questions"
    ASKED_FOR_TRANSCRIPT = "asked for a transcript"
    ASSIGNED = "assigned"
    BEGAN_DRAFT = "began a draft"
    BEGAN_REINDEXING = "began reindexing"
    CALLED_FOR_ATTENTION = "called for attention"
    CHANGED = "changed"
    CHANGED_DRAFT = "changed a draft"
    COMPLETED_STAGE = "completed a stage"
    CONFIRMED_ANSWER = "confirmed an answer"
    CORRECTED_ANSWER = "corrected an answer"
    CREATED = "created"
    DELETED = "deleted"
    DISCARDED_DRAFT = "discarded a draft"
    DISMISSED = "dismissed"
    DISMISSED_QUESTIONS = "dismissed questions"
    ENDED_SESSION = "ended a session"
    FORGOT = "forgot"
    HANDED_BACK = "handed back"
    MADE_SIGN_IN_LINK = "made a sign-in link"
    MOVED_PARTICIPANTS = "moved participants"
    PAUSED = "paused"
    PUBLISHED_DRAFT = "published a draft"
    REMOVED = "removed"
    REOPENED = "reopened"
    REPLACED = "replaced"
    REPLAYED = "replayed"
    RESOLVED = "resolved"
    RETRIED = "retried"
    SENT_AGAIN = "sent again"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    TOOK_OVER = "took over"
    UPLOADED = "uploaded"
    WROTE_ALTHOUGH_STOPPED = "wrote although stopped"


class AuditEntry(Base):
    """Who did what to which thing, from where; written by audit.record alone.

    `before` and `after` hold what was changed, as it was and as it is; what a participant has said
    stands in neither.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id", "id"),)

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
