"""A text too long for one message goes out in parts."""

import pytest

from tests.cast import ANA, inbound, outbound, write
from wa_assistant.conversation import outbox

WORD = "palavra"


@pytest.mark.parametrize("seam", ["\n\n", "\n", ". ", " "])
def test_it_is_cut_at_a_seam_and_nothing_is_lost(seam):
    whole = seam.join([WORD] * 800)
    found = outbox.parts(whole)
    assert len(found) > 1
    assert all(len(part) <= outbox.MOST_UNITS for part in found)
    assert "".join(found).count(WORD) == 800
    assert all(part.startswith(WORD) and part.rstrip(".").endswith(WORD) for part in found)


def test_paragraphs_are_kept_whole_before_sentences_and_words():
    paragraph = "Uma frase. " * 70 + "Fim."
    found = outbox.parts(f"{paragraph}\n\n{paragraph}\n\n{paragraph}")
    assert found == [paragraph] * 3


def test_what_fits_is_left_as_it_is():
    assert outbox.parts("a" * outbox.MOST_UNITS) == ["a" * outbox.MOST_UNITS]


def test_what_has_no_seam_is_cut_where_it_must():
    assert [len(part) for part in outbox.parts("a" * 3100)] == [1500, 1500, 100]


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
    found = outbox.parts("a" + FAMILY * 300)
    assert "".join(found) == "a" + FAMILY * 300
    assert all(part.replace("a", "").replace(FAMILY, "") == "" for part in found)


def test_emoji_count_as_what_they_are_in_utf_16():
    assert [len(part) for part in outbox.parts("😀" * 1600)] == [750, 750, 100]


@pytest.mark.parametrize("before", ["Veja ", "Uma frase. " * 40])
def test_an_address_is_not_cut(before):
    address = "https://example.com/" + "caminho/" * 170
    found = outbox.parts(f"{before}{address} e mais.")
    assert any(address in part for part in found)
    assert " ".join(found) == f"{before}{address} e mais."


@pytest.mark.parametrize("number", range(1, 40))
def test_no_part_is_too_long_or_empty_and_nothing_is_lost(number):
    whole = " ".join(f"p{n}{'😀' * (n % number)}{'.' if n % 7 == 0 else ''}" for n in range(700))
    found = outbox.parts(whole)
    assert all(0 < len(part.encode("utf-16-le")) // 2 <= outbox.MOST_UNITS for part in found)
    assert " ".join(found).split() == whole.split()


@pytest.mark.parametrize("mark", ["*", "_", "~"])
def test_what_is_marked_where_it_is_cut_is_marked_on_both_sides(mark):
    whole = f"{mark}{' '.join(['palavra'] * 250)}{mark} e mais."
    first, second = outbox.parts(whole)
    assert first.startswith(f"{mark}palavra ")
    assert first.endswith(f" palavra{mark}")
    assert second.startswith(f"{mark}palavra ")
    assert second.endswith(f" palavra{mark} e mais.")


def test_marks_within_each_other_are_closed_and_opened_in_turn():
    first, second = outbox.parts(f"*um _{' '.join(['palavra'] * 250)}_ dois*")
    assert first.endswith(" palavra_*")
    assert second.startswith("*_palavra ")


def test_what_is_marked_before_or_after_the_cut_is_left_as_it_is():
    sentence = "A taxa é de *R$ 90* por mês, 2 * 3 ou um_nome_longo. "
    found = outbox.parts(sentence * 60)
    assert len(found) > 1
    assert " ".join(found) == (sentence * 60).strip()


def test_a_block_of_code_is_closed_and_opened_again():
    lines = "\n".join(f"linha_{n} *x" for n in range(200))
    found = outbox.parts(f"Veja:\n```{lines}```\nPronto.")
    assert len(found) > 1
    assert all(part.count("```") == 2 for part in found)


@pytest.mark.parametrize("item", ["12. palavra", "3) palavra", "- palavra", "• palavra"])
@pytest.mark.parametrize("before", range(1480, 1500, 3))
def test_the_number_of_an_item_stays_with_it(item, before):
    whole = f"{'a' * before}\n{item} {'b' * 100}"
    found = outbox.parts(whole)
    assert any(part.startswith(item) for part in found)
    whole = f"Uma frase. {'a' * (before - 20)}\n{item} {'b ' * 100}"
    assert not any(part.endswith(item.removesuffix(" palavra")) for part in outbox.parts(whole))


def test_no_part_with_its_marks_is_more_than_twilio_takes():
    found = outbox.parts(f"*_~{'😀 ' * 3000}~_*")
    assert all(0 < outbox.units(part) < 1600 for part in found)
