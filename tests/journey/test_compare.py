"""What differs between two versions is told by stage and field."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import BIA
from wa_assistant.journey import drafts
from wa_assistant.journey.compare import Change, What, compare
from wa_assistant.journey.definition import Question

from .people import GOAL, INTRO, WEEK, content, published, user

pytestmark = pytest.mark.usefixtures("context")
SIZE = INTRO.answers[1]


def difference(*stages, **changes) -> list[Change]:
    """From intro and goal to `stages`."""
    bia = user(BIA)
    old = published(bia, INTRO, GOAL)
    new = drafts.start_draft(bia, old.journey_id)
    return compare(old, drafts.save(bia, new.id, new.revision, content(*stages, **changes)))


def test_two_that_are_alike_differ_in_nothing():
    assert difference(INTRO, GOAL) == []


def test_the_settings_come_first():
    day = date(2026, 12, 5)
    assert difference(INTRO, GOAL, event_date=day, consent="ask") == [
        Change(What.CHANGED, field="event_date", old=None, new=day),
        Change(What.CHANGED, field="consent", old="notify", new="ask"),
    ]


def test_a_stage_is_added_removed_or_moved():
    assert difference(INTRO, WEEK) == [
        Change(What.ADDED, "week", "A week later", new=WEEK),
        Change(What.REMOVED, "goal", "Goal", old=GOAL),
    ]


def test_only_what_was_moved_is_told_and_not_what_it_passed():
    bia = user(BIA)
    stages = [replace(INTRO, key=key, name=key) for key in ("one", "two", "three", "four")]
    old = published(bia, *stages)
    draft = drafts.start_draft(bia, old.journey_id)
    moved = content(stages[3], *stages[:3])
    new = drafts.save(bia, draft.id, draft.revision, moved)
    assert compare(old, new) == [Change(What.MOVED, "four", "four", old=4, new=1)]


def test_a_field_has_its_words_before_and_after():
    assert difference(replace(INTRO, name="First", opening="Hi!"), GOAL) == [
        Change(What.CHANGED, "intro", "First", "", "name", "Intro", "First"),
        Change(What.CHANGED, "intro", "First", "", "opening", "Hello!", "Hi!"),
    ]


def test_an_answer_is_known_by_its_name():
    more = Question("city")
    larger = replace(SIZE, required=True, options=("Small", "Large", "Huge"))
    assert difference(replace(INTRO, answers=(larger, more)), GOAL) == [
        Change(What.CHANGED, "intro", "Intro", "size", "required", False, True),
        Change(What.CHANGED, "intro", "Intro", "size", "options", SIZE.options, larger.options),
        Change(What.ADDED, "intro", "Intro", "city", new=more),
        Change(What.REMOVED, "intro", "Intro", "role", old=INTRO.answers[0]),
    ]
