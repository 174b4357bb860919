"""Whom a search in the list means: by a part of their name or of their number.

The table `index_people`, which triggers keep in step with the participants, has what is said of
each in a line, and finds those who are few: by FTS5's pieces of three letters on SQLite, by an
array of them on Postgres. Where many fit, the list soon has a page of them by looking at each.
"""

import re
import unicodedata

from sqlalchemy import ColumnElement, Integer, Text, and_, column, func, or_, select, table
from sqlalchemy.dialects.postgresql import ARRAY

from ..database import db
from ..models import Participant
from ..models.participant import folded
from . import phone

LONGEST = 100
PEOPLE = table(
    "index_people",
    column("rowid", Integer),  # on SQLite the participant's id
    column("participant_id", Integer),
    column("said", Text),
    column("pieces", ARRAY(Text)),
)
MANY = 1000  # participants
PIECE = 3  # letters; what is shorter no index knows
Found = tuple[ColumnElement[int], ColumnElement[bool]]  # the participant's id, and whether they fit
SHORTEST_DIALLED = 8  # digits of a number that somebody would dial with zeros before it


def condition(search: str) -> ColumnElement[bool] | None:
    """Who fits `search`; None where it says nothing. One or two letters begin a word of the name,
    one or two digits the number, with its country or at home; more may stand anywhere."""
    parts = _parts(search[:LONGEST])
    if not parts:
        return None
    on_postgres = db.session().get_bind().dialect.name == "postgresql"
    id_, found = (_on_postgres if on_postgres else _on_sqlite)(parts)
    ids = db.session.scalars(select(id_).where(found).limit(MANY + 1)).all()
    if len(ids) <= MANY:
        return Participant.id.in_(ids)
    return select(id_).where(id_ == Participant.id, or_(*_said(parts, on_postgres))).exists()


def _parts(search: str) -> list[str]:
    """Of which one is said of whoever is meant."""
    words = folded(search)
    parts = {words if len(words) >= PIECE else f" {words}"} if words else set()
    for digits in _numbers(words):
        is_long = len(digits) >= PIECE
        parts |= {digits} if is_long else {f"+{digits}", f"{phone.HOME_CODE}{digits}"}
    if whole := phone.typed(search):
        parts.add(whole)
    return sorted(parts)


def _said(parts: list[str], on_postgres: bool) -> list[ColumnElement[bool]]:
    position = func.strpos if on_postgres else func.instr
    return [position(PEOPLE.c.said, part) > 0 for part in parts]


def _on_sqlite(parts: list[str]) -> Found:
    if any(len(part) < PIECE for part in parts):
        return PEOPLE.c.rowid, or_(*_said(parts, on_postgres=False))
    quoted = ['"' + part.replace('"', '""') + '"' for part in parts]
    return PEOPLE.c.rowid, PEOPLE.c.said.op("MATCH")(" OR ".join(quoted))


def _on_postgres(parts: list[str]) -> Found:
    found = []
    for part, is_said in zip(parts, _said(parts, on_postgres=True), strict=True):
        pieces = [part[place : place + PIECE] for place in range(len(part) - PIECE + 1)]
        found.append(and_(PEOPLE.c.pieces.contains(pieces), is_said) if pieces else is_said)
    return PEOPLE.c.participant_id, or_(*found)


def _numbers(words: str) -> set[str]:
    """The digits that `words` may mean where they are a number, however it is written."""
    digits = "".join(str(unicodedata.digit(each)) for each in words if each.isdigit())
    if not digits or re.search(r"[^\W\d_]", words):
        return set()
    # Who dials 0 11 or 00 55 leaves it out of the number: no country's begins with a zero.
    dialled = digits.lstrip("0")
    return {digits, dialled} if len(dialled) >= SHORTEST_DIALLED else {digits}
