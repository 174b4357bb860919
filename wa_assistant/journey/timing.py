"""When a stage begins by a time: from the event's date, or from when another stage was left."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from .. import settings
from ..database import db
from ..models import JourneyVersion, Participant, StageVisit
from .definition import After, Stage

# The hour of the event's day from which stages after it count: nobody is written to at midnight.
COUNTS_FROM = time(10)


class Due(NamedTuple):
    stage: str
    at: datetime


def next_due(
    participant: Participant, version: JourneyVersion, stages: Sequence[Stage], at_index: int
) -> Due | None:
    """Of the stages from `at_index` on the first one whose time is known and lies ahead."""
    for stage in stages[at_index:]:
        at = time_of(participant, version, stages, stage)
        if at is not None and at > participant.now():
            return Due(stage.key, at)
    return None


def latest_due(
    participant: Participant, version: JourneyVersion, stages: Sequence[Stage], at_index: int
) -> int:
    """The index of the last stage whose time has come, where that of the one at `at_index` has:
    a stage is over when a later one's time has come."""
    for index in range(len(stages) - 1, at_index, -1):
        at = time_of(participant, version, stages, stages[index])
        if at is not None and at <= participant.now():
            return index
    return at_index


def time_of(
    participant: Participant, version: JourneyVersion, stages: Sequence[Stage], stage: Stage
) -> datetime | None:
    """None while it is not known, and for a stage that begins at once after the one before."""
    begins = stage.begins
    if begins.after == After.PREVIOUS:
        return None
    if begins.after == After.STAGE:
        left = _left(participant, version, [each.key for each in stages], begins.stage)
        return left and left + begins.delay
    if version.event_date is None:
        return None
    zone = ZoneInfo(settings.current().time_zone)
    return datetime.combine(version.event_date, COUNTS_FROM, zone) + begins.delay


def _left(
    participant: Participant, version: JourneyVersion, keys: list[str], stage: str
) -> datetime | None:
    """When they completed `stage`; where a later one came before that, when that began."""
    visits = select(func.max(StageVisit.completed_at), func.min(StageVisit.begun_at)).where(
        StageVisit.participant_id == participant.id, StageVisit.version_id == version.id
    )
    completed, _ = db.session.execute(visits.where(StageVisit.stage == stage)).one()
    if completed is not None or stage not in keys:
        return completed
    later = keys[keys.index(stage) + 1 :]
    _, overtaken = db.session.execute(visits.where(StageVisit.stage.in_(later))).one()
    return overtaken
