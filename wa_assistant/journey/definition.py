"""What a journey's version says: its stages in order, read from its JSON. checks.py has what may be
wrong with them.

A stage is {key, name, purpose, opening, answers, begins}; an answer {name, kind, required, hint,
options}; begins is {after: "previous" | "event" | "stage", stage, amount, unit}.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from ..models.answer import Kind


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
