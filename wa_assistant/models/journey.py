from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ..database import Base, UtcDateTime, folded, utcnow
from .user import User


class ConsentMode(StrEnum):
    """How a journey asks whether it may begin."""

    ASK = "ask"  # nothing happens before a typed yes
    NOTIFY = "notify"  # one line opens the first answer


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"  # kept: somebody may have tried it


IS_DRAFT = "state = 'draft'"
KEYWORD_CHARACTERS = 40


class Journey(Base):
    """A conversation led through stages. What it says stands in its versions."""

    __tablename__ = "journeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    # Which of those that come with the product it was made from, and in which language:
    # "support-desk:pt".
    starter: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)

    versions: Mapped[list["JourneyVersion"]] = relationship(
        back_populates="journey", order_by="JourneyVersion.number", lazy="raise_on_sql"
    )


class JourneyVersion(Base):
    """A draft, of which a journey has one at most; or what was published or discarded, and
    never changes.

    `stages` is a list of mappings: see journey/definition.py. `revision` counts the changes
    of all the journey's drafts, so that nobody saves over a colleague's.
    """

    __tablename__ = "journey_versions"
    __table_args__ = (
        UniqueConstraint("journey_id", "number"),
        Index(
            "uq_journey_versions_draft",
            "journey_id",
            unique=True,
            sqlite_where=text(IS_DRAFT),
            postgresql_where=text(IS_DRAFT),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journeys.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=VersionState.DRAFT)
    language: Mapped[str] = mapped_column(String(5))  # "pt" or "en"
    event_date: Mapped[date | None] = mapped_column(Date)
    consent: Mapped[str] = mapped_column(String(10), default=ConsentMode.NOTIFY)
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    revision: Mapped[int] = mapped_column(default=1)

    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    journey: Mapped[Journey] = relationship(back_populates="versions", lazy="joined")
    updated_by: Mapped[User | None] = relationship(foreign_keys=updated_by_id, lazy="raise_on_sql")
    published_by: Mapped[User | None] = relationship(
        foreign_keys=published_by_id, lazy="raise_on_sql"
    )

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


class Keyword(Base):
    """A word that leads who writes it, and nothing else, into a journey; it leads to one."""

    __tablename__ = "keywords"

    id: Mapped[int] = mapped_column(primary_key=True)
    journey_id: Mapped[int] = mapped_column(ForeignKey("journeys.id"), index=True)
    word: Mapped[str] = mapped_column(String(KEYWORD_CHARACTERS))
    word_folded: Mapped[str] = mapped_column(String(KEYWORD_CHARACTERS), unique=True)

    journey: Mapped[Journey] = relationship(lazy="raise_on_sql")

    @validates("word")
    def _fold(self, _: str, word: str) -> str:
        self.word_folded = folded(word)[:KEYWORD_CHARACTERS]
        return word
