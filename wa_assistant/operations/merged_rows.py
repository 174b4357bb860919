"""What becomes of all rows that are of a participant who is made one with another.

They become who stays's: of every table that refers to participants, found in the metadata. Where a
key may hold but one row of each participant, a rule of that table says what becomes of the other;
a test finds those tables that have none.
"""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from ..database import Base, db, utcnow
from ..models import FieldValue, Participant, Spending, StageVisit

Rule = Callable[[Participant, Participant, Collection[str]], None]
COUNTS = ("spent", "reserved", "answers", "tokens", "voice_seconds", "pictures")
FIELD = "field-"  # as a choice of a field is called, before its id


def choice(field_id: int) -> str:
    return f"{FIELD}{field_id}"


def move(stays: Participant, goes: Participant, chosen: Collection[str]) -> None:
    """All rows of the one who goes; `chosen`: the parts of which theirs count."""
    theirs_counts = "journey" in chosen or stays.journey_version_id is None
    _leave_journey(stays if theirs_counts else goes)
    for column in columns():
        RULES.get(column.table.name, as_they_are(column))(stays, goes, chosen)


def columns() -> list[Column[Any]]:
    """Those that hold a participant's id, with or without a foreign key."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name == "participant_id"
        or any(key.column.table.name == Participant.__tablename__ for key in column.foreign_keys)
    ]


def as_they_are(column: Column[Any]) -> Rule:
    def take(stays: Participant, goes: Participant, chosen: Collection[str]) -> None:
        table: Any = column.table
        db.session.execute(update(table).where(column == goes.id).values({column: stays.id}))

    return take


def once_each(table_name: str, key: str) -> Rule:
    """Of each `key` one row: who stays's, where both have one."""

    def take(stays: Participant, goes: Participant, chosen: Collection[str]) -> None:
        table = _table(table_name)
        have = select(table.c[key]).where(table.c.participant_id == stays.id).scalar_subquery()
        theirs = table.c.participant_id == goes.id
        db.session.execute(delete(table).where(theirs, table.c[key].in_(have)))
        db.session.execute(update(table).where(theirs).values(participant_id=stays.id))

    return take


def fields(stays: Participant, goes: Participant, chosen: Collection[str]) -> None:
    """Of each field what was chosen; else who stays's, where both have something."""
    named = [each.removeprefix(FIELD) for each in chosen if each.startswith(FIELD)]
    ids = [int(each) for each in named if each.isdecimal() and len(each) < 10]  # a form's, perhaps
    theirs = select(FieldValue.field_id).where(FieldValue.participant_id == goes.id)
    left = FieldValue.participant_id == stays.id, FieldValue.field_id.in_(ids)
    db.session.execute(delete(FieldValue).where(*left, FieldValue.field_id.in_(theirs)))
    once_each("field_values", "field_id")(stays, goes, chosen)


def added_up(stays: Participant, goes: Participant, chosen: Collection[str]) -> None:
    """What was spent on both was spent on one."""
    for row in db.session.scalars(select(Spending).where(Spending.participant_id == goes.id)):
        key = (stays.id, row.starts_on, row.period, row.scope)
        there = db.session.get(Spending, key, with_for_update=True)
        if there is None:
            row.participant_id = stays.id
            continue
        for name in COUNTS:
            setattr(there, name, getattr(there, name) + getattr(row, name))
        db.session.delete(row)


# A form's key is drawn for each form: two of them are never the same.
RULES: dict[str, Rule] = {
    "messages": as_they_are(Base.metadata.tables["messages"].c.participant_id),
    "notes": as_they_are(Base.metadata.tables["notes"].c.participant_id),
    "participant_tags": once_each("participant_tags", "tag_id"),
    "field_values": fields,
    "spending": added_up,
}


def _leave_journey(who: Participant) -> None:
    """What they have begun and not ended is not gone on with: one is in one journey."""
    under_way = StageVisit.participant_id == who.id, StageVisit.completed_at.is_(None)
    left = update(StageVisit).where(*under_way, StageVisit.superseded_at.is_(None))
    db.session.execute(left.values(superseded_at=utcnow()))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
