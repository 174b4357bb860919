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


FAMILY = "👨‍👩‍👧‍👦"


def test_what_people_see_as_one_character_is_not_cut():
    found = text.parts("a" + FAMILY * 300)
    assert "".join(found) == "a" + FAMILY * 300
    assert all(part.replace("a", "").replace(FAMILY, "") == "" for part in found)


def test_emoji_count_as_what_they_are_in_utf_16():
    assert [len(part) for part in text.parts("😀" * 1600)] == [750, 750, 100]


@pytest.mark.parametrize("before", ["Veja ", "Uma frase. " * 40])
def test_an_address_is_not_cut(before):
    address = "https://example.com/" + "caminho/" * 170
    found = text.parts(f"{before}{address} e mais.")
    assert any(address in part for part in found)
    assert " ".join(found) == f"{before}{address} e mais."


@pytest.mark.parametrize("number", range(1, 40))
def test_no_part_is_too_long_or_empty_and_nothing_is_lost(number):
    whole = " ".join(f"p{n}{'😀' * (n % number)}{'.' if n % 7 == 0 else ''}" for n in range(700))
    found = text.parts(whole)
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= text.MOST_UNITS for part in found)
    assert " ".join(found).split() == whole.split()
