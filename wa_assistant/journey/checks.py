"""What is wrong with a journey: where, so that a page can say it there, and why."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from ..models.answer import Kind
from .definition import After, Begins, Question, Stage

KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")
MOST_STAGES = 40
MOST_ANSWERS = 20
MOST_CHARACTERS = 1500  # of opening words, of a question with its options: what one message holds
LONGEST_NAME = 120
LONGEST_PURPOSE = 4000
LONGEST_ANSWER_NAME = 60
# What is due long after an event must still be a moment that can be reckoned with.
EARLIEST_EVENT, LATEST_EVENT = date(2000, 1, 1), date(2099, 12, 31)
UNKEPT = "\x00"  # Postgres keeps none in a text

EVENT = "the event"  # beside the keys of stages, what delays count from


class Problem(StrEnum):
    """What is wrong with a definition; the words for it are the page's."""

    NO_STAGE = "no stage"
    TOO_MANY = "too many"
    MISSING = "missing"
    TOO_LONG = "too long"
    TOO_LONG_TOGETHER = "too long together"
    NOT_KEPT = "not kept"
    NOT_A_KEY = "not a key"
    TWICE = "twice"
    NO_OPTIONS = "no options"
    NOT_A_NUMBER = "not a number"
    UNKNOWN_STAGE = "unknown stage"
    TOO_EARLY = "too early"
    FIRST_IS_TIMED = "first is timed"
    NO_EVENT_DATE = "no event date"
    NOT_A_DATE = "not a date"
    FAR_DATE = "far date"


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
    found = problems(stages) | event_problems(event_date)
    if event_date is None and any(stage.begins.after == After.EVENT for stage in stages):
        found["event_date"] = Problem.NO_EVENT_DATE
    return found


def event_problems(day: date | None) -> dict[str, Problem]:
    sound = day is None or EARLIEST_EVENT <= day <= LATEST_EVENT
    return {} if sound else {"event_date": Problem.FAR_DATE}


def name_problems(name: str) -> dict[str, Problem]:
    """What keeps a journey from being called so."""
    found = text_problem(name, LONGEST_NAME, needed=True)
    return {"name": found} if found else {}


def text_problem(text: str, most: int, *, needed: bool = False) -> Problem | None:
    if needed and not text.strip():
        return Problem.MISSING
    if UNKEPT in text:
        return Problem.NOT_KEPT
    return Problem.TOO_LONG if _length(text.strip()) > most else None


def _length(text: str) -> int:
    """As WhatsApp counts: most emoji are two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _of_stage(stage: Stage, before: Sequence[Stage]) -> dict[str, Problem]:
    found = {
        "name": text_problem(stage.name, LONGEST_NAME, needed=True),
        "purpose": text_problem(stage.purpose, LONGEST_PURPOSE),
        "opening": text_problem(stage.opening, MOST_CHARACTERS),
        "begins": _of_beginning(stage.begins, before),
    }
    if not KEY.fullmatch(stage.key):
        found["key"] = Problem.NOT_A_KEY if stage.key else Problem.MISSING
    elif stage.key in {each.key for each in before}:
        found["key"] = Problem.TWICE
    if len(stage.answers) > MOST_ANSWERS:
        found["answers"] = Problem.TOO_MANY
    return {name: problem for name, problem in found.items() if problem}


def _of_beginning(begins: Begins, before: Sequence[Stage]) -> Problem | None:
    if begins.amount < 0:
        return Problem.NOT_A_NUMBER
    if begins.after == After.STAGE and begins.stage not in {each.key for each in before}:
        return Problem.UNKNOWN_STAGE
    if not begins.is_timed:
        return None
    if not before:
        return Problem.FIRST_IS_TIMED
    earliest = _delays(before)
    mine = _delay(begins, before[-1].key, earliest)
    earlier = (
        mine[root] < delay
        for other in earliest.values()
        for root, delay in other.items()
        if root in mine
    )
    return Problem.TOO_EARLY if any(earlier) else None


def _delays(stages: Iterable[Stage]) -> dict[str, dict[str, timedelta]]:
    """How long after what each stage begins at the earliest: after the event, and after the end of
    each stage that it follows, be it over others."""
    found: dict[str, dict[str, timedelta]] = {}
    previous = ""
    for stage in stages:
        found[stage.key] = _delay(stage.begins, previous, found)
        previous = stage.key
    return found


def _delay(
    begins: Begins, previous: str, known: dict[str, dict[str, timedelta]]
) -> dict[str, timedelta]:
    if begins.after == After.EVENT:
        return {EVENT: begins.delay}
    root = begins.stage if begins.after == After.STAGE else previous
    if not root:
        return {}
    # What it follows ends when it has begun at the earliest: its own delays come on top.
    over = {other: delay + begins.delay for other, delay in known.get(root, {}).items()}
    return over | {root: begins.delay}


def _of_answer(answer: Question, others: Sequence[str]) -> dict[str, Problem]:
    found = {
        "name": text_problem(answer.name, LONGEST_ANSWER_NAME, needed=True),
        "hint": text_problem(answer.hint, MOST_CHARACTERS),
        "options": text_problem("".join(answer.options), MOST_CHARACTERS),
    }
    if answer.name.strip() and answer.name in others:
        found["name"] = Problem.TWICE
    if answer.kind == Kind.CHOICE and len(answer.options) < 2:
        found["options"] = Problem.NO_OPTIONS
    elif not found["hint"] and _length(answer.wording) > MOST_CHARACTERS:
        found["options"] = Problem.TOO_LONG_TOGETHER
    return {name: problem for name, problem in found.items() if problem}
