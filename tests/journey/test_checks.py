"""What a journey may say, and what is wrong with it where."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wa_assistant.journey.checks import Problem, problems, publishing_problems
from wa_assistant.journey.definition import After, Begins, Question, Stage, Unit, read, written
from wa_assistant.models.answer import Kind

WHO = Question("role", required=True, hint="What do you do?")
INTRO = Stage("intro", "Intro", "Get to know them.", "Hello!", (WHO,))
PARTY = "\N{PARTY POPPER}"  # two, as WhatsApp counts
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
        ([INTRO, WEEK, DAY], {"stages.2.begins": Problem.TOO_EARLY}),
        ([DAY], {"stages.0.begins": Problem.FIRST_IS_TIMED}),
        ([replace(INTRO, name="Int\x00ro")], {"stages.0.name": Problem.NOT_KEPT}),
        ([replace(INTRO, purpose="\x00")], {"stages.0.purpose": Problem.NOT_KEPT}),
        ([replace(INTRO, opening=PARTY * 751)], {"stages.0.opening": Problem.TOO_LONG}),
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


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"name": "ro\x00le"}, {"name": Problem.NOT_KEPT}),
        ({"hint": "x" * 1500}, {}),
        ({"hint": "x" * 1501}, {"hint": Problem.TOO_LONG}),
        ({"hint": "Which?", "options": ("x" * 740, "y" * 740)}, {}),
        (
            {"hint": "Which?", "options": ("x" * 750, "y" * 750)},
            {"options": Problem.TOO_LONG_TOGETHER},
        ),
        ({"hint": "x" * 1500, "options": ("a", "b")}, {"options": Problem.TOO_LONG_TOGETHER}),
        ({"options": ("a", "\x00")}, {"options": Problem.NOT_KEPT}),
    ],
)
def test_what_one_asks_fits_into_one_message(answer, found):
    kind = Kind.CHOICE if "options" in answer else Kind.TEXT
    stage = replace(INTRO, answers=(replace(WHO, kind=kind, **answer),))
    assert problems([stage]) == {f"stages.0.answers.0.{name}": each for name, each in found.items()}


def after(key: str, stage: str, days: int) -> Stage:
    what = After.STAGE if stage else After.EVENT
    return Stage(key, key.title(), begins=Begins(what, stage, days, Unit.DAYS))


@pytest.mark.parametrize(
    ("stages", "too_early"),
    [
        ([after("b", "intro", 5), after("c", "b", 5), after("d", "intro", 7)], 3),
        ([after("b", "intro", 5), after("c", "b", 5), after("d", "intro", 10)], None),
        ([after("e", "", 1), after("f", "e", 10), after("g", "", 2)], 3),
        ([after("e", "", 1), after("f", "e", 10), after("g", "", 11)], None),
        ([after("b", "intro", 9), after("e", "", 1)], None),
        ([after("b", "intro", 5), Stage("p", "P"), after("d", "p", 1), after("g", "intro", 5)], 4),
        ([after("b", "intro", 5), Stage("p", "P"), after("g", "intro", 5)], None),
    ],
)
def test_delays_add_up_along_the_stages_they_follow(stages, too_early):
    found = {} if too_early is None else {f"stages.{too_early}.begins": Problem.TOO_EARLY}
    assert problems([INTRO, *stages]) == found


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1), date.max])
def test_an_event_is_at_a_date_that_can_be_reckoned_with(day):
    assert publishing_problems([INTRO, DAY], day) == {"event_date": Problem.FAR_DATE}
    sound = date(2099, 12, 31)
    assert publishing_problems([INTRO, DAY], sound) == {}
    assert sound + timedelta(days=5000) < date.max


def test_a_stage_may_follow_another_by_a_time():
    later = replace(DAY, begins=Begins(After.STAGE, "intro", 2, Unit.DAYS))
    assert problems([INTRO, later]) == {}


def test_an_event_needs_a_date_to_be_published():
    assert problems([INTRO, DAY]) == {}
    assert publishing_problems([INTRO, DAY], None) == {"event_date": Problem.NO_EVENT_DATE}
