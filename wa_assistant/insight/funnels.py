"""How far those have come who began a journey: counts, and who they are, of one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from ..database import db
from ..journey import definition
from ..models import Journey, JourneyVersion, Participant, StageVisit, VersionState
from .times import Between

NOWHERE = -1  # in stages alone that the journey no longer has


@dataclass(frozen=True)
class Course:
    """A journey as it is published now: its stages' keys and names, in their order."""

    journey_id: int
    name: str
    stages: list[tuple[str, str]]
    is_endless: bool  # the last stage collects nothing: who is in it has come to the end


class Reached(NamedTuple):
    """So many have come to the stage or a later one, and so many of them no further."""

    key: str
    name: str
    number: int
    left: int


@dataclass(frozen=True)
class Funnel:
    """Of those who began: how many have come to the end, and to each stage."""

    journey_id: int
    name: str
    began: int
    completed: int
    stages: Sequence[Reached]


def read(kept: Mapping[str, Any]) -> Funnel:
    """What JSON has held."""
    return Funnel(**{**kept, "stages": [Reached(*each) for each in kept["stages"]]})


def funnels(between: Between) -> list[Funnel]:
    """Of each journey that somebody began meanwhile, where most began first."""
    courses = {each.journey_id: each for each in _courses()}
    far = _far(between, list(courses.values())).subquery()
    grouped = (far.c.journey_id, far.c.furthest, far.c.completed)
    found: dict[int, dict[tuple[int, int], int]] = {}
    for id_, furthest, completed, number in db.session.execute(
        select(*grouped, func.count()).group_by(*grouped)
    ):
        found.setdefault(id_, {})[furthest, completed] = number
    made = [_funnel(courses[id_], numbers) for id_, numbers in found.items()]
    return sorted(made, key=lambda each: (-each.began, each.journey_id))


def participants(between: Between, part: str) -> Select[Any] | None:
    """The ids of those whom a funnel counts: "7" for who began the journey, "7:end" for who came to
    its end, "7:goal" for who reached a stage, "7:goal:left" for who came no further; None where
    there is no such journey or stage."""
    journey, _, rest = part.partition(":")
    key, _, left = rest.partition(":")
    course = next((each for each in _courses() if str(each.journey_id) == journey), None)
    if course is None:
        return None
    far = _far(between, [course]).subquery()
    ids = select(far.c.participant_id)
    keys = [each for each, _ in course.stages]
    if key == "end":
        return ids.where(far.c.completed == 1)
    if key and key not in keys:
        return None
    if left:
        return ids.where(far.c.furthest == keys.index(key), far.c.completed == 0)
    return ids.where(far.c.furthest >= keys.index(key)) if key else ids


def _courses() -> list[Course]:
    """Of each journey its newest published version; of those that have an end alone: who is in the
    one stage of a support desk stays there."""
    newest = (
        select(func.max(JourneyVersion.number))
        .where(
            JourneyVersion.journey_id == Journey.id, JourneyVersion.state == VersionState.PUBLISHED
        )
        .correlate(Journey)
        .scalar_subquery()
    )
    found = db.session.scalars(
        select(JourneyVersion).join(Journey).where(JourneyVersion.number == newest)
    )
    courses = [_course(each) for each in found]
    return [each for each in courses if len(each.stages) > 1 or not each.is_endless]


def _course(version: JourneyVersion) -> Course:
    stages = definition.read(version.stages)
    names = [(each.key, each.name) for each in stages]
    is_endless = not (stages and stages[-1].answers)
    return Course(version.journey_id, version.journey.name, names, is_endless)


def _far(between: Between, courses: Sequence[Course]) -> Select[Any]:
    """Each real participant who began one of the journeys meanwhile: the index of the furthest
    stage they have been in, and whether they have come to the end."""
    began = _began(between, [each.journey_id for each in courses]).subquery()
    visit, version = aliased(StageVisit), aliased(JourneyVersion)
    index = [
        (and_(began.c.journey_id == each.journey_id, visit.stage == key), place)
        for each in courses
        for place, (key, _) in enumerate(each.stages)
    ]
    ends = [(_ends(began.c.journey_id, visit, each), 1) for each in courses if each.stages]
    furthest = case(*index, else_=NOWHERE) if index else NOWHERE
    completed = case(*ends, else_=0) if ends else 0
    return (
        select(
            began.c.journey_id,
            began.c.participant_id,
            func.max(furthest).label("furthest"),
            func.max(completed).label("completed"),
        )
        .join(visit, visit.participant_id == began.c.participant_id)
        .join(version, version.id == visit.version_id)
        .where(version.journey_id == began.c.journey_id)
        .group_by(began.c.journey_id, began.c.participant_id)
    )


def _ends(journey_id: Any, visit: Any, course: Course) -> ColumnElement[bool]:
    is_last = and_(journey_id == course.journey_id, visit.stage == course.stages[-1][0])
    return is_last if course.is_endless else and_(is_last, visit.completed_at.is_not(None))


def _began(between: Between, journeys: Sequence[int]) -> Select[int, int]:
    """Who was in a stage of a journey for the first time meanwhile."""
    earlier, its_version = aliased(StageVisit), aliased(JourneyVersion)
    before = (
        select(earlier.id)
        .join(its_version, its_version.id == earlier.version_id)
        .where(
            earlier.participant_id == StageVisit.participant_id,
            earlier.id < StageVisit.id,
            its_version.journey_id == JourneyVersion.journey_id,
        )
        .correlate(StageVisit, JourneyVersion)
    )
    return (
        select(StageVisit.participant_id, JourneyVersion.journey_id)
        .join(JourneyVersion, JourneyVersion.id == StageVisit.version_id)
        .join(Participant, Participant.id == StageVisit.participant_id)
        .where(
            StageVisit.begun_at >= between.since,
            StageVisit.begun_at < between.until,
            Participant.simulated.is_(False),
            JourneyVersion.journey_id.in_(journeys),
            ~before.exists(),
        )
    )


def _funnel(course: Course, numbers: dict[tuple[int, int], int]) -> Funnel:
    stages = [
        Reached(
            key,
            name,
            sum(number for (furthest, _), number in numbers.items() if furthest >= place),
            numbers.get((place, 0), 0),
        )
        for place, (key, name) in enumerate(course.stages)
    ]
    completed = sum(number for (_, done), number in numbers.items() if done)
    began = sum(numbers.values())
    return Funnel(course.journey_id, course.name, began, completed, stages)
