"""How many participants stand where: MOST_COUNTED at most of each, so that no page counts them all.

The index over version, stage and next stage is asked for each stage there is, and no further.
"""

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from ..conversation.selection import REAL
from ..database import db
from ..models import JourneyVersion, Participant

MOST_COUNTED = 1000
NOWHERE = ""  # not begun yet, or past the last stage
NO_STAGE = Participant.stage.is_(None)


def standing(version_id: int, *, real: bool = False) -> dict[str, int]:
    """Participants of the version by their stage; who waits for one is counted there. `real`: but
    for those who are pretended.

    NOWHERE counts those who have not begun, or are past the last one.
    """
    here: list[ColumnElement[bool]] = [Participant.journey_version_id == version_id]
    if real:
        here.append(REAL)
    stages = _by(Participant.stage, *here), _by(Participant.next_stage, *here, NO_STAGE)
    found = Counter[str]()
    for query in stages:
        for key, number in db.session.execute(query):
            found[key] += number
    nowhere = _some(*here, NO_STAGE, Participant.next_stage.is_(None))
    others: int = db.session.scalar(select(_number(nowhere))) or 0
    return {**found, NOWHERE: others} if others else dict(found)


def under_way() -> dict[int, int]:
    """Real participants in a stage, or waiting for one, by journey."""
    here = and_(Participant.journey_version_id == JourneyVersion.id, REAL)
    begun = _some(here, Participant.stage.is_not(None)).correlate(JourneyVersion)
    waiting = _some(here, NO_STAGE, Participant.next_stage.is_not(None)).correlate(JourneyVersion)
    numbers = select(JourneyVersion.journey_id, _number(begun) + _number(waiting))
    found = Counter[int]()
    for journey_id, number in db.session.execute(numbers):
        found[journey_id] += number
    return dict(found)


def _by(
    column: "InstrumentedAttribute[str | None]", *where: ColumnElement[bool]
) -> Select[str, int]:
    """What stands in `column`, each with the number of its participants."""
    first = select(func.min(column).label("key")).where(*where).cte(recursive=True)
    following = select(func.min(column)).where(*where, column > first.c.key).correlate(first)
    keys = first.union_all(
        select(following.scalar_subquery()).where(first.c.key.is_not(None)),
    )
    theirs = _some(*where, column == keys.c.key).correlate(keys)
    return select(keys.c.key, _number(theirs)).where(keys.c.key.is_not(None))


def _some(*where: ColumnElement[bool]) -> Select[int]:
    return select(literal(1)).select_from(Participant).where(*where).limit(MOST_COUNTED)


def _number(some: Select[Any]) -> Any:
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
