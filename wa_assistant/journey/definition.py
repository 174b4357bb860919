"""What a journey's version says: its stages in order, read from its JSON and checked.

A stage is {key, name, purpose, opening, answers, begins}; an answer {name, kind, required, hint,
options}; begins is {after: "previous" | "event" | "stage", stage, amount, unit}.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ..models.answer import Kind

KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")
MOST_STAGES = 40
MOST_ANSWERS = 20
MOST_CHARACTERS = 1500  # of opening words: what one message holds
LONGEST_NAME = 120
LONGEST_PURPOSE = 4000


class After(StrEnum):
    PREVIOUS = "previous"  # at once after the one before
    EVENT = "event"
    STAGE = "stage"


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


class Problem(StrEnum):
    """What is wrong with a definition; the words for it are the page's."""

    NO_STAGE = "no stage"
    TOO_MANY = "too many"
    MISSING = "missing"
    TOO_LONG = "too long"
    NOT_A_KEY = "not a key"
    TWICE = "twice"
    NO_OPTIONS = "no options"
    NOT_A_NUMBER = "not a number"
    UNKNOWN_STAGE = "unknown stage"
    TOO_EARLY = "too early"
    NO_EVENT_DATE = "no event date"
    NOT_A_DATE = "not a date"


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


def problems(stages: Sequence[Stage]) -> dict[str, Problem]:
    """What keeps `stages` from being saved, by the field: "stages.2.answers.0.options"."""
    if not stages:
        return {"stages": Problem.NO_STAGE}
    if len(stages) > MOST_STAGES:
        return {"stages": Problem.TOO_MANY}
    found: dict[str, Problem] = {}
    for number, stage in enumerate(stages):
        place, before = f"stages.{number}", stages[:number]
        found |= {f"{place}.{name}": problem for name, problem in _of_stage(stage, before).items()}
        for position, answer in enumerate(stage.answers):
            others = [each.name for each in stage.answers[:position]]
            for name, problem in _of_answer(answer, others).items():
                found[f"{place}.answers.{position}.{name}"] = problem
    return found


def publishing_problems(stages: Sequence[Stage], event_date: date | None) -> dict[str, Problem]:
    """What keeps a draft from being published."""
    found = problems(stages)
    if event_date is None and any(stage.begins.after == After.EVENT for stage in stages):
        found["event_date"] = Problem.NO_EVENT_DATE
    return found


def _of_stage(stage: Stage, before: Sequence[Stage]) -> dict[str, Problem]:
    found = {}
    if not KEY.fullmatch(stage.key):
        found["key"] = Problem.NOT_A_KEY if stage.key else Problem.MISSING
    elif stage.key in {each.key for each in before}:
        found["key"] = Problem.TWICE
    if not stage.name.strip():
        found["name"] = Problem.MISSING
    most = {"name": LONGEST_NAME, "purpose": LONGEST_PURPOSE, "opening": MOST_CHARACTERS}
    for name, length in most.items():
        if len(getattr(stage, name)) > length:
            found[name] = Problem.TOO_LONG
    if len(stage.answers) > MOST_ANSWERS:
        found["answers"] = Problem.TOO_MANY
    if problem := _of_beginning(stage.begins, before):
        found["begins"] = problem
    return found


def _of_beginning(begins: Begins, before: Sequence[Stage]) -> Problem | None:
    if begins.amount < 0:
        return Problem.NOT_A_NUMBER
    if begins.after == After.STAGE and begins.stage not in {each.key for each in before}:
        return Problem.UNKNOWN_STAGE
    same = [
        each.begins.delay
        for each in before
        if begins.is_timed
        and each.begins.after == begins.after
        and each.begins.stage == begins.stage
    ]
    return Problem.TOO_EARLY if same and begins.delay < max(same) else None


def _of_answer(answer: Question, others: Sequence[str]) -> dict[str, Problem]:
    found = {}
    if not answer.name.strip():
        found["name"] = Problem.MISSING
    elif len(answer.name) > 60:
        found["name"] = Problem.TOO_LONG
    elif answer.name in others:
        found["name"] = Problem.TWICE
    if answer.kind == Kind.CHOICE and len(answer.options) < 2:
        found["options"] = Problem.NO_OPTIONS
    return found


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
