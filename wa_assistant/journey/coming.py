"""How far those have come who are in a version: who has been in each stage, and who stands there.

Of the same people as the table of their answers, so that each number leads to them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from ..database import db
from ..models import JourneyVersion, Participant, StageVisit
from .definition import Stage, read
from .together import Wanted, meant, visits


class Reached(NamedTuple):
    """A stage: so many `came` to it, and so many stand there now, or wait until it begins."""

    stage: Stage
    came: int
    stand: int


def reached(version: JourneyVersion, wanted: Wanted) -> Sequence[Reached]:
    """Each stage in its place. A stage that the filter names is passed over: of all the others."""
    people = meant(version, replace(wanted, stage=None, came=None))
    came = (
        select(StageVisit.stage, func.count(StageVisit.participant_id.distinct()))
        .join(Participant, visits(version))
        .where(*people)
        .group_by(StageVisit.stage)
    )
    place = func.coalesce(Participant.stage, Participant.next_stage)
    stand = select(place, func.count()).where(*people).group_by(place)
    by_came = _numbers(came)
    by_stand = _numbers(stand)
    return [
        Reached(each, by_came.get(each.key, 0), by_stand.get(each.key, 0))
        for each in read(version.stages)
    ]


def _numbers(found: Select[Any, int]) -> dict[str, int]:
    return {key: number for key, number in db.session.execute(found) if key}
