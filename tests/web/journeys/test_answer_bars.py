"""What was answered to a question is shown in bars: of each value, or of several numbers."""

from collections import Counter

import pytest

from wa_assistant.journey.definition import Question
from wa_assistant.journey.together import Column, Summary
from wa_assistant.models.answer import Kind
from wa_assistant.web.journeys.answer_bars import bars


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def shown(kind, values, *options):
    question = Question("years", kind, options=options)
    counted = Counter(values)
    found = bars(Summary(Column(0, "first", "First", question), counted.total(), 0, counted))
    return [(each.words, each.number, each.share, each.value) for each in found]


def test_each_option_has_one_also_where_nobody_chose_it():
    assert shown(Kind.CHOICE, {"B": 3, "gone": 1}, "A", "B") == [
        ("A", 0, 0, "A"),
        ("B", 3, 75, "B"),
        ("gone", 1, 25, "gone"),
    ]


def test_a_few_numbers_have_one_each():
    assert shown(Kind.NUMBER, {"10": 1, "2.5": 3}) == [
        ("2.5", 3, 75, "2.5"),
        ("10", 1, 25, "10"),
    ]


def test_of_many_numbers_each_is_of_several():
    found = shown(Kind.NUMBER, {str(number): 1 for number in range(-5, 20)})
    assert [(words, number) for words, number, _, _ in found] == [
        ("-5 to under 0", 5),
        ("0 to under 5", 5),
        ("5 to under 10", 5),
        ("10 to under 15", 5),
        ("15 to under 20", 5),
    ]
    assert {value for *_, value in found} == {None}


def test_yes_and_no_are_told_in_words():
    assert [each[0] for each in shown(Kind.YES_NO, {"yes": 1})] == ["Yes", "No"]


def test_texts_have_none():
    assert shown(Kind.TEXT, {"": 5}) == []
