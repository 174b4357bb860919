"""Whom a search in the list means: by a part of their name or of their number.

The table `index_people`, which triggers keep in step with the participants, has what is said of
each in a line, and finds those who are few: by FTS5's pieces of three letters on SQLite, by an
array of them on Postgres. Where many fit, the list soon has a page of them by looking at each.
"""

import re
import unicodedata
from collections.abc import Sequence

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
WORD = re.compile(r"[^\s,;.()/-]+")  # a comma or a hyphen is left out as an accent is
LETTER = re.compile(r"[^\W\d_]")
Way = list[str]  # parts of which each is said of whoever is meant
Found = tuple[ColumnElement[int], ColumnElement[bool]]  # the participant's id, and whether they fit
CHANNEL = "whatsapp:"
NAMED = re.compile(rf"(?:{CHANNEL})?[A-Z]{{2}}\.\d{{8,}}", re.IGNORECASE)  # a BSUID, whole
SHORTEST_DIALLED = 8  # digits of a number that somebody would dial with zeros before it


def condition(search: str) -> ColumnElement[bool] | None:
    """Who fits `search`; None where it says nothing. Words may stand apart in the name and in any
    order. One or two letters begin a word of the name, one or two digits the number, with its
    country or at home; more may stand anywhere. A BSUID has to be whole."""
    if NAMED.fullmatch(typed := search[:LONGEST].strip()):
        named = typed.rpartition(":")[2].upper()
        return Participant.external_user_id.in_((named, f"{CHANNEL}{named}"))
    ways = _ways(search[:LONGEST])
    if not ways:
        return None
    on_postgres = db.session().get_bind().dialect.name == "postgresql"
    id_, found = (_on_postgres if on_postgres else _on_sqlite)(ways)
    ids = db.session.scalars(select(id_).where(found).limit(MANY + 1)).all()
    if len(ids) <= MANY:
        return Participant.id.in_(ids)
    return select(id_).where(id_ == Participant.id, _said(ways, on_postgres)).exists()


def people(search: str, limit: int, *, simulated: bool = False) -> Sequence[Participant]:
    """Who fits `search`, who was active last first; nobody where it says nothing."""
    fits = condition(search)
    if fits is None:
        return ()
    which = Participant.simulated if simulated else Participant.simulated.is_(False)
    by_activity = (Participant.last_activity_at.desc(), Participant.id.desc())
    found = select(Participant).where(fits, which).order_by(*by_activity).limit(limit)
    return db.session.scalars(found).all()


def _ways(search: str) -> list[Way]:
    """Of which one is said of whoever is meant: as it is typed, as words, or as a number."""
    typed = folded(search)
    ways = {frozenset({_begun(typed)})} if typed else set()
    if LETTER.search(typed):
        ways.add(frozenset(_begun(word) for word in WORD.findall(typed)))
    for digits in _numbers(typed):
        is_long = len(digits) >= PIECE
        parts = {digits} if is_long else {f"+{digits}", f"{phone.HOME_CODE}{digits}"}
        ways |= {frozenset({part}) for part in parts}
    if whole := phone.typed(search):
        ways.add(frozenset({whole}))
    return [sorted(way) for way in sorted(ways, key=sorted)]


def _begun(words: str) -> str:
    """What is too short to stand anywhere begins a word, which a blank stands before."""
    return words if len(words) >= PIECE else f" {words}"


def _said(ways: list[Way], on_postgres: bool) -> ColumnElement[bool]:
    position = func.strpos if on_postgres else func.instr
    return or_(*(and_(*(position(PEOPLE.c.said, part) > 0 for part in way)) for way in ways))


def _on_sqlite(ways: list[Way]) -> Found:
    known = [_known(way) for way in ways]
    said = _said(ways, on_postgres=False)
    if not all(known):
        return PEOPLE.c.rowid, said
    quoted = [['"' + part.replace('"', '""') + '"' for part in way] for way in known]
    matched = " OR ".join("(" + " AND ".join(way) + ")" for way in quoted)
    found = PEOPLE.c.said.op("MATCH")(matched)
    return PEOPLE.c.rowid, found if known == ways else and_(found, said)


def _on_postgres(ways: list[Way]) -> Found:
    found = []
    for way in ways:
        pieces = [
            part[place : place + PIECE]
            for part in _known(way)
            for place in range(len(part) - PIECE + 1)
        ]
        is_said = _said([way], on_postgres=True)
        found.append(and_(PEOPLE.c.pieces.contains(pieces), is_said) if pieces else is_said)
    return PEOPLE.c.participant_id, or_(*found)


def _known(way: Way) -> Way:
    """Its parts that the index knows."""
    return [part for part in way if len(part) >= PIECE]


def _numbers(words: str) -> set[str]:
    """The digits that `words` may mean where they are a number, however it is written."""
    digits = "".join(str(unicodedata.digit(each)) for each in words if each.isdigit())
    if not digits or LETTER.search(words):
        return set()
    # Who dials 0 11 or 00 55 leaves it out of the number: no country's begins with a zero.
    dialled = digits.lstrip("0")
    return {digits, dialled} if len(dialled) >= SHORTEST_DIALLED else {digits}
