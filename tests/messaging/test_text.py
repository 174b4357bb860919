"""A text too long for one message goes out in parts."""

import pytest

from tests.cast import ANA, inbound, outbound, write
from wa_assistant.messaging import text

WORD = "palavra"


@pytest.mark.parametrize("seam", ["\n\n", "\n", ". ", " "])
def test_it_is_cut_at_a_seam_and_nothing_is_lost(seam):
    whole = seam.join([WORD] * 800)
    found = text.parts(whole)
    assert len(found) > 1
    assert all(len(part) <= text.MOST_UNITS for part in found)
    assert "".join(found).count(WORD) == 800
    assert all(part.startswith(WORD) and part.rstrip(".").endswith(WORD) for part in found)


def test_paragraphs_are_kept_whole_before_sentences_and_words():
    paragraph = "Uma frase. " * 70 + "Fim."
    found = text.parts(f"{paragraph}\n\n{paragraph}\n\n{paragraph}")
    assert found == [paragraph] * 3


def test_what_fits_is_left_as_it_is():
    assert text.parts("a" * text.MOST_UNITS) == ["a" * text.MOST_UNITS]


def test_what_has_no_seam_is_cut_where_it_must():
    assert [len(part) for part in text.parts("a" * 3100)] == [1500, 1500, 100]


@pytest.mark.usefixtures("context")
def test_a_long_answer_arrives_in_parts_and_in_order(openai, twilio, work):
    openai.reply = lambda _: "Uma frase que diz algo. " * 120
    write(ANA, "Conte tudo")
    work()
    assert len(twilio.messages) == 2
    assert [each.body for each in twilio.messages] == [each.body for each in outbound()]
    assert [message.answered_by_id for message in inbound()] == [outbound()[0].id]
