"""What the team keeps of a participant: tags, and fields of its own."""

import math
import re
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from ..database import Base, folded

TAG_CHARACTERS = 40
FIELD_CHARACTERS = 60
VALUE_CHARACTERS = 500
COMPARED_CHARACTERS = 100
PLAIN_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


class Tag(Base):
    """A word that participants are told apart by. It is one however it is spelt."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(TAG_CHARACTERS))
    name_folded: Mapped[str] = mapped_column(String(TAG_CHARACTERS), unique=True)

    @validates("name")
    def _fold(self, _: str, name: str) -> str:
        self.name_folded = folded(name)[:TAG_CHARACTERS]
        return name


class ParticipantTag(Base):
    """That a participant has a tag."""

    __tablename__ = "participant_tags"
    __table_args__ = (Index("ix_participant_tags_tag_id", "tag_id", "participant_id"),)

    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)


class FieldKind(StrEnum):
    """What a field holds. A number is kept in its shortest decimal form, a date as ISO has it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class Field(Base):
    """Something the team wants to know of each participant, in the order of `position`."""

    __tablename__ = "fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(FIELD_CHARACTERS))
    name_folded: Mapped[str] = mapped_column(String(FIELD_CHARACTERS), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    options: Mapped[list[str]] = mapped_column(JSON, default=list)  # of a choice
    position: Mapped[int] = mapped_column(default=0, server_default=text("0"))

    @validates("name")
    def _fold(self, _: str, name: str) -> str:
        self.name_folded = folded(name)[:FIELD_CHARACTERS]
        return name


def as_compared(value: str) -> str:
    """A field's value as others are compared with it: without case and accents."""
    return folded(value)[:COMPARED_CHARACTERS]


def as_number(value: str) -> float | None:
    """What a field holds where that is a number in its plain form, else None."""
    number = float(value) if PLAIN_NUMBER.fullmatch(value) else None
    return number if number is None or math.isfinite(number) else None


def _compared(context: Any) -> str:
    return as_compared(context.get_current_parameters()["value"])


def _number(context: Any) -> float | None:
    return as_number(context.get_current_parameters()["value"])


class FieldValue(Base):
    """What is known of a participant in a field; there is no row where nothing is."""

    __tablename__ = "field_values"
    __table_args__ = (
        Index("ix_field_values_value", "field_id", "value", "participant_id"),
        Index("ix_field_values_compared", "field_id", "compared", "participant_id"),
        Index("ix_field_values_number", "field_id", "number", "participant_id"),
    )

    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"), primary_key=True)
    value: Mapped[str] = mapped_column(String(VALUE_CHARACTERS))
    # The same as it is looked for and put in order, kept with each change of it.
    compared: Mapped[str] = mapped_column(
        String(COMPARED_CHARACTERS), default=_compared, server_default=text("''")
    )
    number: Mapped[float | None] = mapped_column(default=_number)

    @validates("value")
    def _keep(self, _: str, value: str) -> str:
        self.compared, self.number = as_compared(value), as_number(value)
        return value
