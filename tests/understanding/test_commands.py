"""A stop or a call for a person is obeyed only where plainly meant. See also test_table.py."""

import pytest

from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.commands import command


@pytest.mark.parametrize("before", ["não", "nunca", "não quero", "don't", "vamos", "acho que"])
def test_a_wish_that_is_taken_back_or_told_of_is_none(before):
    for phrase in vocabulary.STOP | vocabulary.PERSON:
        assert command(f"{before} {phrase}") is None, phrase
