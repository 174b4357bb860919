"""What differs between two versions of a journey, stage by stage and field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from ..models import JourneyVersion
from .definition import Question, Stage, read

SETTINGS = ("language", "event_date", "consent")


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # a stage that stands elsewhere in the order: `old` and `new` count from 1


@dataclass(frozen=True)
class Change:
    """One difference. `stage` is the key and `title` the name it goes by, both "" for the
    journey's own settings; `answer` is "" for what belongs to the stage itself; `field` is ""
    where the whole of it was added or removed.
    """

    what: What
    stage: str = ""
    title: str = ""
    answer: str = ""
    field: str = ""
    old: Any = None
    new: Any = None


def compare(old: JourneyVersion, new: JourneyVersion) -> list[Change]:
    """From `old` to `new`, in the order of `new`; what was removed comes last."""
    found = [
        Change(What.CHANGED, field=name, old=getattr(old, name), new=getattr(new, name))
        for name in SETTINGS
        if getattr(old, name) != getattr(new, name)
    ]
    return [*found, *_stages(read(old.stages), read(new.stages))]


def _stages(old: Sequence[Stage], new: Sequence[Stage]) -> Iterator[Change]:
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    stayed = _in_order([key for key in before if key in after], list(after))
    for key, stage in after.items():
        if key not in before:
            yield Change(What.ADDED, key, stage.name, new=stage)
            continue
        if key not in stayed:
            places = list(before).index(key) + 1, list(after).index(key) + 1
            yield Change(What.MOVED, key, stage.name, "", "", *places)
        yield from _fields(key, stage.name, before[key], stage)
        yield from _answers(key, stage.name, before[key].answers, stage.answers)
    for key, stage in before.items():
        if key not in after:
            yield Change(What.REMOVED, key, stage.name, old=stage)


def _in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """As many of `old` as stand in the same order in `new`: the others were moved."""
    longest: list[list[str]] = []  # of those that end with each key so far
    for key in old:
        before = [run for run in longest if new.index(run[-1]) < new.index(key)]
        longest.append([*_longest(before), key])
    return set(_longest(longest))


def _longest(runs: Sequence[list[str]]) -> list[str]:
    return sorted(runs, key=len)[-1] if runs else []


def _answers(
    key: str, title: str, old: Sequence[Question], new: Sequence[Question]
) -> Iterator[Change]:
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    for name, answer in after.items():
        if name in before:
            yield from _fields(key, title, before[name], answer, name)
        else:
            yield Change(What.ADDED, key, title, name, new=answer)
    for name, answer in before.items():
        if name not in after:
            yield Change(What.REMOVED, key, title, name, old=answer)


def _fields(key: str, title: str, old: Any, new: Any, answer: str = "") -> Iterator[Change]:
    for field in fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was != now and field.name not in ("key", "answers"):
            yield Change(What.CHANGED, key, title, answer, field.name, was, now)
