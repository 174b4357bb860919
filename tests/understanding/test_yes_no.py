"""A yes or a no to a prompt of ours, by the whole of the message. See also test_table.py."""

import pytest

from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.commands import YesNo, heard


@pytest.mark.parametrize(
    "words", ["sim\nconcordo", "oi\n\nsim", "\u200fsim\u200f", "si\u200bm", "sim\n"]
)
def test_lines_and_what_is_not_seen_change_nothing(words):
    assert heard(words) is YesNo.YES


@pytest.mark.parametrize("words", ["na\u0303o", "na\u0303o, obrigado"])
def test_accents_that_come_apart_are_the_same_accents(words):
    assert heard(words) is YesNo.NO


@pytest.mark.parametrize("words", ["no", "No!", "NO NO", "no.\nno"])
def test_a_no_in_english_alone_is_none_in_portuguese(words):
    assert heard(words, "en") is YesNo.NO
    assert heard(words, "pt") is YesNo.UNCLEAR


@pytest.mark.parametrize("words", ["não", "no, obrigado", "No, thanks", "no, não quero", "nope"])
def test_who_says_no_with_more_than_that_is_understood_in_every_language(words):
    assert {heard(words, language) for language in ("en", "pt")} == {YesNo.NO}


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_surprised_person_refuses_nothing_however_the_accent_is_written(language):
    for words in ("nó", "NÓÓÓ!", "no\u0301", "nô"):
        assert heard(words, language) is YesNo.UNCLEAR


@pytest.mark.parametrize("beside", ["não", "nunca", "talvez", "se", "nem", "ainda não"])
def test_a_yes_that_is_taken_back_is_none(beside):
    for phrase in vocabulary.YES | vocabulary.FINE | vocabulary.BEGIN:
        for words in (f"{beside} {phrase}", f"{phrase} {beside}", f"{phrase}, {beside}"):
            assert heard(words) is not YesNo.YES, words
