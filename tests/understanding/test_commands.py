"""What people write, and what is made of it: nobody agrees or leaves by mistake."""

import pytest

from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.commands import LONGEST, Command, Consent, Kind, command, consent
from wa_assistant.understanding.normalise import spelt, squeezed

from .said import PLAIN
from .traps import TRAPS


def lines(table: str) -> list[tuple[str, str, str]]:
    split = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [(words, agreed, asked) for words, agreed, asked in split]


EVERY = lines(PLAIN) + lines(TRAPS)


@pytest.mark.parametrize(("words", "agreed", "asked"), EVERY, ids=[each[0] for each in EVERY])
def test_the_table(words, agreed, asked):
    assert (consent(words), command(words) or "-") == (agreed, asked)


def test_the_table_is_long_enough_and_half_of_it_traps():
    assert len({each[0] for each in EVERY}) == len(EVERY) >= 400
    assert len(lines(TRAPS)) * 2 >= len(EVERY)


@pytest.mark.parametrize("words", ["", "   ", "\n", "...", "?", "\u200b", "🙂", "\x00"])
def test_nothing_said_is_nothing_decided(words):
    assert (consent(words), command(words)) == (Consent.UNCLEAR, None)


@pytest.mark.parametrize(
    "words", ["sim\nconcordo", "oi\n\nsim", "\u200fsim\u200f", "si\u200bm", "sim\n"]
)
def test_lines_and_what_is_not_seen_change_nothing(words):
    assert consent(words) is Consent.YES


@pytest.mark.parametrize("words", ["na\u0303o", "na\u0303o, obrigado"])
def test_accents_that_come_apart_are_the_same_accents(words):
    assert consent(words) is Consent.NO


def test_who_writes_at_length_decides_nothing():
    assert command("pare! " * 10) is Command.STOP
    assert command("pare! " * LONGEST) is None
    assert consent("sim " * LONGEST) is Consent.UNCLEAR


@pytest.mark.parametrize("words", ["no", "No!", "NO NO", "no.\nno"])
def test_a_no_in_english_alone_is_none_in_portuguese(words):
    assert consent(words, "en") is Consent.NO
    assert consent(words, "pt") is Consent.UNCLEAR


@pytest.mark.parametrize("words", ["não", "no, obrigado", "No, thanks", "no, não quero", "nope"])
def test_who_says_no_with_more_than_that_is_understood_in_every_language(words):
    assert {consent(words, language) for language in ("en", "pt")} == {Consent.NO}


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_surprised_person_refuses_nothing_however_the_accent_is_written(language):
    for words in ("nó", "NÓÓÓ!", "no\u0301", "nô"):
        assert consent(words, language) is Consent.UNCLEAR


def test_no_phrase_means_two_things():
    everything = [phrase for kind in Kind for phrase in getattr(vocabulary, kind.name)]
    assert len(everything) == len(set(everything))


def test_every_phrase_is_written_as_it_is_compared():
    for kind in Kind:
        for phrase in getattr(vocabulary, kind.name):
            assert " ".join(spelt(phrase)) == squeezed(phrase)


def test_a_stop_is_never_a_yes():
    for phrase in vocabulary.STOP | vocabulary.ASK | vocabulary.RETURN | vocabulary.PERSON:
        assert consent(phrase) is Consent.UNCLEAR, phrase
    for phrase in vocabulary.STOP:
        assert command(phrase) is Command.STOP, phrase


@pytest.mark.parametrize("before", ["não", "nunca", "não quero", "don't", "vamos", "acho que"])
def test_a_wish_that_is_taken_back_or_told_of_is_none(before):
    for phrase in vocabulary.STOP | vocabulary.PERSON:
        assert command(f"{before} {phrase}") is None, phrase


@pytest.mark.parametrize("beside", ["não", "nunca", "talvez", "se", "nem", "ainda não"])
def test_a_yes_that_is_taken_back_is_none(beside):
    for phrase in vocabulary.YES | vocabulary.FINE | vocabulary.BEGIN:
        for words in (f"{beside} {phrase}", f"{phrase} {beside}", f"{phrase}, {beside}"):
            assert consent(words) is not Consent.YES, words
