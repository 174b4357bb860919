"""What a journey may say, and what is wrong with it where."""

from dataclasses import replace
from datetime import date

import pytest

from wa_assistant.journey.definition import (
    After,
    Begins,
    Problem,
    Question,
    Stage,
    Unit,
    problems,
    publishing_problems,
    read,
    written,
)
from wa_assistant.models.answer import Kind

WHO = Question("role", required=True, hint="What do you do?")
INTRO = Stage("intro", "Intro", "Get to know them.", "Hello!", (WHO,))
DAY = Stage("day", "A day later", begins=Begins(After.EVENT, amount=24))
WEEK = Stage("week", "A week later", begins=Begins(After.EVENT, amount=7, unit=Unit.DAYS))


def test_what_is_written_is_read_again():
    stages = [INTRO, DAY, WEEK]
    assert read(written(stages)) == stages


def test_nothing_is_wrong_with_a_sound_one():
    assert publishing_problems([INTRO, DAY, WEEK], date(2026, 12, 5)) == {}


@pytest.mark.parametrize(
    ("stages", "found"),
    [
        ([], {"stages": Problem.NO_STAGE}),
        ([INTRO, INTRO], {"stages.1.key": Problem.TWICE}),
        ([replace(INTRO, key="")], {"stages.0.key": Problem.MISSING}),
        ([replace(INTRO, key="Two words")], {"stages.0.key": Problem.NOT_A_KEY}),
        ([replace(INTRO, name=" ")], {"stages.0.name": Problem.MISSING}),
        ([replace(INTRO, opening="x" * 1501)], {"stages.0.opening": Problem.TOO_LONG}),
        ([WEEK, DAY], {"stages.1.begins": Problem.TOO_EARLY}),
        (
            [INTRO, replace(DAY, begins=Begins(After.STAGE, "week"))],
            {"stages.1.begins": Problem.UNKNOWN_STAGE},
        ),
        (
            [replace(INTRO, answers=(WHO, WHO))],
            {"stages.0.answers.1.name": Problem.TWICE},
        ),
        (
            [replace(INTRO, answers=(Question("size", Kind.CHOICE, required=True),))],
            {"stages.0.answers.0.options": Problem.NO_OPTIONS},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(stages, found):
    assert problems(stages) == found


def test_a_stage_may_follow_another_by_a_time():
    later = replace(DAY, begins=Begins(After.STAGE, "intro", 2, Unit.DAYS))
    assert problems([INTRO, later]) == {}


def test_an_event_needs_a_date_to_be_published():
    assert problems([INTRO, DAY]) == {}
    assert publishing_problems([INTRO, DAY], None) == {"event_date": Problem.NO_EVENT_DATE}
