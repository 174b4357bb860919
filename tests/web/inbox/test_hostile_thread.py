"""A thread of marks, quotes, lists and links that open and never close."""

import re
import time

import pytest

from tests.cast import ANA, inbound, participant, write
from wa_assistant.models.message import Message

pytestmark = pytest.mark.usefixtures("context")

PIECES = ("```a` ", "> * 1. ", "[a](http://", "www.a.b.", "_*~`\u200b")
LONGEST = 4_096  # characters that WhatsApp lets through
SECONDS = 2.0  # of a processor


def body(number: int) -> str:
    piece = PIECES[number % len(PIECES)]
    return (piece * LONGEST)[:LONGEST]


def test_it_is_shown_in_good_time_and_nothing_of_it_becomes_a_link_to_nowhere(davi):
    for number in range(25):
        write(ANA, body(number))
    kept: list[Message] = inbound()
    assert [each.body for each in kept] == [body(number) for number in range(25)]
    path = f"/conversations/{participant(ANA).id}"
    davi.get(path)
    started = time.process_time()
    page = davi.get(path).text
    assert time.process_time() - started < SECONDS
    assert page.count('id="message-') == 25
    assert not re.findall(r'href="https?:/*"', page)
