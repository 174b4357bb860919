"""The hours of a week as owners write them, and as they were stored when a day had one span."""

import pytest

from wa_assistant.settings import week
from wa_assistant.settings.problem import Problem
from wa_assistant.settings.week import BACKWARDS, NO_TIME, OVERLAP, TOO_MANY

REST = [None] * 6


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9-12, 13-18", "09:00–12:00, 13:00–18:00"),
        ("9h – 12h; 13h às 18h30", "09:00–12:00, 13:00–18:30"),
        ("das 9h às 12h e das 13h às 18h", "09:00–12:00, 13:00–18:00"),
        ("6 am to 2 pm and 3pm to 5pm", "06:00–14:00, 15:00–17:00"),
        ("9-12 13-18", "09:00–12:00, 13:00–18:00"),
        ("13-18, 9-12", "09:00–12:00, 13:00–18:00"),
        ("9-12, 12-18", "09:00–18:00"),
        ("6-7 8-9 10-11 22-24", "06:00–07:00, 08:00–09:00, 10:00–11:00, 22:00–24:00"),
        ("00:00-24:00", "00:00–24:00"),
        ("fechado", ""),
        (" - ", ""),
    ],
)
def test_a_day_is_a_text_with_its_hours(written, kept):
    found = week.read([written, *REST])
    assert found.written()[0] == kept
    assert week.read(found.written()) == week.read(found.stored()) == found


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("9", NO_TIME),
        ("9-12-13", NO_TIME),
        ("nine to five", NO_TIME),
        ("9-25", NO_TIME),
        ("22-2", BACKWARDS),
        ("9-12, 11-13", OVERLAP),
        ("1-2 3-4 5-6 7-8 9-10", TOO_MANY),
    ],
)
def test_what_cannot_be_is_refused_with_its_own_sentence(written, sentence):
    with pytest.raises(Problem) as caught:
        week.read([None, written, *REST[1:]])
    assert caught.value.places == {"1": sentence}


def test_what_was_stored_when_a_day_had_one_span_is_read():
    found = week.read([["09:00", "18:00"], ["22:00", "00:00"], *[None] * 5])
    assert found.stored() == [[["09:00", "18:00"]], [["22:00", "00:00"]], *[[]] * 5]


@pytest.mark.parametrize("stored", [[1] * 7, [[["9"]]] * 7, [{"a": 1}] * 7, [True] * 7, None])
def test_what_is_no_week_is_refused(stored):
    with pytest.raises(Problem):
        week.read(stored)
