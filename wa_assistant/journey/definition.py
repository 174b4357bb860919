"""What a journey's version says: its stages in order, read from its JSON, and when each begins.

Where a stage begins by a time, that counts from the event's date, or from when another stage was
left. checks.py has what may be wrong with them.

A stage is {key, name, purpose, opening, answers, begins}; an answer {name, kind, required, hint,
options}; begins is {after: "previous" | "event" | "stage", stage, amount, unit}.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from .. import settings
from ..database import db
from ..models import JourneyVersion, Participant, StageVisit
from ..models.answer import Kind

# The hour of the event's day from which stages after it count: nobody is written to at midnight.
COUNTS_FROM = time(10)


class After(StrEnum):
    PREVIOUS = "previous"  # at once after the one before
    EVENT = "event"
    STAGE = "stage"


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True)
class Begins:
    """When a stage begins: so long after what."""

    after: After = After.PREVIOUS
    stage: str = ""
    amount: int = 0
    unit: Unit = Unit.HOURS

    @property
    def delay(self) -> timedelta:
        return timedelta(**{str(self.unit): self.amount})

    @property
    def is_timed(self) -> bool:
        return self.after != After.PREVIOUS


@dataclass(frozen=True)
class Question:
    """An answer that a stage collects. `hint` is how one would ask for it."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    hint: str = ""
    options: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """How it is asked word for word: a number answers where there are options."""
        options = (f"{number}. {each}" for number, each in enumerate(self.options, 1))
        return "\n".join([self.hint or self.name, *options])


@dataclass(frozen=True)
class Stage:
    key: str
    name: str
    purpose: str = ""
    opening: str = ""
    answers: tuple[Question, ...] = ()
    begins: Begins = field(default_factory=Begins)

    @property
    def required(self) -> set[str]:
        return {each.name for each in self.answers if each.required}


def read(stages: Sequence[Mapping[str, Any]]) -> list[Stage]:
    """The stages in a version's JSON, which has been checked."""
    return [_stage(each) for each in stages]


def written(stages: Sequence[Stage]) -> list[dict[str, Any]]:
    """The JSON of `stages`, alike to what is read from a database."""
    return [dict(json.loads(json.dumps(asdict(stage)))) for stage in stages]


def _stage(said: Mapping[str, Any]) -> Stage:
    begins = said.get("begins") or {}
    return Stage(
        key=said["key"],
        name=said["name"],
        purpose=said.get("purpose", ""),
        opening=said.get("opening", ""),
        answers=tuple(_question(each) for each in said.get("answers", ())),
        begins=Begins(
            After(begins.get("after", After.PREVIOUS)),
            begins.get("stage", ""),
            begins.get("amount", 0),
            Unit(begins.get("unit", Unit.HOURS)),
        ),
    )


def _question(said: Mapping[str, Any]) -> Question:
    return Question(
        name=said["name"],
        kind=Kind(said.get("kind", Kind.TEXT)),
        required=said.get("required", False),
        hint=said.get("hint", ""),
        options=tuple(said.get("options", ())),
    )


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
        left = _left_at(participant, version, [each.key for each in stages], begins.stage)
        return left and left + begins.delay
    if version.event_date is None:
        return None
    zone = ZoneInfo(settings.current().time_zone)
    return datetime.combine(version.event_date, COUNTS_FROM, zone) + begins.delay


def _left_at(
    participant: Participant, version: JourneyVersion, keys: list[str], stage: str
) -> datetime | None:
    """When they completed `stage`; where a later one came before that, when that began."""
    visits = select(func.max(StageVisit.completed_at), func.min(StageVisit.begun_at)).where(
        StageVisit.participant_id == participant.id,
        StageVisit.version_id == version.id,
        StageVisit.superseded_at.is_(None),
    )
    completed, _ = db.session.execute(visits.where(StageVisit.stage == stage)).one()
    if completed is not None or stage not in keys:
        return completed
    later = keys[keys.index(stage) + 1 :]
    _, overtaken = db.session.execute(visits.where(StageVisit.stage.in_(later))).one()
    return overtaken
