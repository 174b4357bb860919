"""Counts messages one by one, for a while that is short: what is kept of older ones is made so."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import case, select

from ..database import db
from ..models import Author, Direction, Message
from ..models.message import FAILURES
from . import conditions
from .times import Between, slot_of
from .waits import bin_of


class Name(StrEnum):
    """What is counted, each in parts."""

    CAME_IN = "came in"
    STATUS = "status"  # of what goes out
    FAILURE = "failure"  # by the provider's code, or our reason
    ASKED = "asked"  # "yes" for what is answered, or "no"
    WAIT = "wait"  # for the assistant's first answer, by its bin
    WAIT_FOR_PERSON = "wait for person"


class Piece(NamedTuple):
    """In the step that begins `at` (seconds since 1970), `number` are `part` of what is `name`."""

    at: int
    name: str
    part: str
    number: int


YES, NO = "yes", "no"
COLUMNS = (
    Message.created_at,
    Message.direction,
    Message.author,
    Message.status,
    case((conditions.FAILED, conditions.WHY)).label("why"),
    case((conditions.ANSWERED, 2), (conditions.ASKED, 1), else_=0).label("asked"),
    conditions.SAID_AT.label("said_at"),
    conditions.ASKED_AT.label("asked_at"),
)


def pieces(betweens: Sequence[Between]) -> list[Piece]:
    """What real participants and we have said meanwhile, by slots."""
    counted = Counter[tuple[int, str, str]]()
    for between in betweens:
        if between.since < between.until:
            found = db.session.execute(conditions.of_real(select(*COLUMNS), between))
            counted.update(_parts(found))
    return [Piece(*key, number) for key, number in counted.items()]


def _parts(rows: Iterable[Any]) -> Iterator[tuple[int, str, str]]:
    """Each row of COLUMNS, by all that it counts for."""
    for created_at, direction, author, status, why, asked, said_at, asked_at in rows:
        at = slot_of(created_at)
        if direction == Direction.INBOUND:
            yield at, Name.CAME_IN, ""
            if asked:
                yield at, Name.ASKED, YES if asked == 2 else NO
            continue
        yield at, Name.STATUS, status
        if status in FAILURES:
            yield at, Name.FAILURE, why
        if asked_at is not None:
            name = Name.WAIT if author == Author.ASSISTANT else Name.WAIT_FOR_PERSON
            yield at, name, str(bin_of((said_at - asked_at).total_seconds()))
