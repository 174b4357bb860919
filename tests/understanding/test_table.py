"""What people write, and what is made of it: nobody agrees or leaves by mistake."""

import pytest

from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.commands import Command, YesNo, command, heard
from wa_assistant.understanding.matcher import LONGEST

from .said import PLAIN
from .traps import TRAPS


def lines(table: str) -> list[tuple[str, str, str]]:
    split = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [(words, agreed, asked) for words, agreed, asked in split]


EVERY = lines(PLAIN) + lines(TRAPS)


@pytest.mark.parametrize(("words", "agreed", "asked"), EVERY, ids=[each[0] for each in EVERY])
def test_the_table(words, agreed, asked):
    assert (heard(words), command(words) or "-") == (agreed, asked)


def test_the_table_is_long_enough_and_half_of_it_traps():
    assert len({each[0] for each in EVERY}) == len(EVERY) >= 400
    assert len(lines(TRAPS)) * 2 >= len(EVERY)


@pytest.mark.parametrize("words", ["", "   ", "\n", "...", "?", "\u200b", "🙂", "\x00"])
def test_nothing_said_is_nothing_decided(words):
    assert (heard(words), command(words)) == (YesNo.UNCLEAR, None)


def test_who_writes_at_length_decides_nothing():
    assert command("pare! " * 10) is Command.STOP
    assert command("pare! " * LONGEST) is None
    assert heard("sim " * LONGEST) is YesNo.UNCLEAR


def test_a_stop_is_never_a_yes():
    stops = vocabulary.STOP | vocabulary.MAYBE_STOP
    for phrase in stops | vocabulary.RETURN | vocabulary.PERSON:
        assert heard(phrase) is YesNo.UNCLEAR, phrase
    for phrase in vocabulary.STOP:
        assert command(phrase) is Command.STOP, phrase
