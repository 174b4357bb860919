"""A message is made of known phrases, or it is not known."""

import pytest

from wa_assistant.understanding.grammar import anywhere
from wa_assistant.understanding.matcher import Matcher

KNOWN = {"yes": {"sim", "quero"}, "no": {"nao", "nao quero"}, "person": {"atendente"}}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("", frozenset()),
        ("sim", frozenset({"yes"})),
        ("sim sim quero", frozenset({"yes"})),
        ("sim nao", frozenset({"yes", "no"})),
        ("sim senhor", None),
        ("simples", None),
    ],
)
def test_the_whole_is_made_of_phrases(words, meant):
    assert Matcher(KNOWN).read(words.split()) == meant


def test_the_longest_phrase_is_taken():
    assert Matcher(KNOWN).read(["nao", "quero"]) == frozenset({"no"})


def test_a_long_phrase_is_not_given_back_for_a_shorter_one():
    greedy = Matcher({"a": {"um", "um dois"}, "b": {"dois tres"}})
    assert greedy.read(["um", "dois", "tres"]) is None


def test_a_slip_is_mended_only_where_that_is_wished():
    assert Matcher(KNOWN, mends_slips=True).read(["atendnte"]) == frozenset({"person"})
    assert Matcher(KNOWN).read(["atendnte"]) is None


def test_phrases_are_compared_without_doubled_letters():
    assert Matcher({"hello": {"hello"}}).read(["helo"]) == frozenset({"hello"})


def test_anywhere_finds_whole_words_and_the_longest_phrase_first():
    found = anywhere({"thank you", "thank you very much", "oi"})
    assert found.sub("-", "oi, thank you very much; coisa") == "-, -; coisa"
