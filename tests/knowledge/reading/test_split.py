"""Passages are of a size, end where a reader would pause, and know where they stand."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from wa_assistant.knowledge.reading.blocks import LINE, PAGE, Block
from wa_assistant.knowledge.reading.split import MOST, OVERLAP, split, tokens

SENTENCE = "A matrícula custa cento e vinte reais e vale por um ano inteiro, sem mais nada. "


def sentences(count: int) -> str:
    return "".join(f"{number}. {SENTENCE}" for number in range(count)).strip()


def test_a_long_text_is_passages_of_five_to_eight_hundred_tokens():
    pieces = list(split([Block(sentences(200))]))
    assert len(pieces) > 5
    assert all(500 <= piece.tokens <= MOST for piece in pieces[:-1])


def test_many_short_paragraphs_are_packed_together():
    pieces = list(split(Block(f"{n}: {SENTENCE}", at=n, unit=LINE) for n in range(1, 200)))
    assert all(500 <= piece.tokens <= MOST for piece in pieces[:-1])
    assert pieces[0].place == "l. 1"
    assert "\n" in pieces[0].text


def test_nothing_is_lost_and_neighbours_share_their_edge():
    text = sentences(100)
    pieces = list(split([Block(text)]))
    assert all(f"{number}. A matr" in " ".join(p.text for p in pieces) for number in range(100))
    for one, other in pairwise(pieces):
        shared = other.text[: len(SENTENCE) // 2]
        assert shared in one.text
        assert one.text.endswith(".")
        assert tokens(one.text[one.text.rindex(shared) :]) <= OVERLAP + 40


def test_a_heading_begins_a_passage_and_shares_nothing():
    first, second = Block(sentences(15), ("Preços",)), Block("Das 9 às 18.", ("Horários",))
    one, other = split([first, second])
    assert (one.heading, other.heading) == ("Preços", "Horários")
    assert other.text == "Das 9 às 18."


def test_short_sections_stay_together_with_their_headings():
    (piece,) = split([Block("Um.", ("A", "B")), Block("Dois.", ("A", "C"))])
    assert piece.heading == "A > B"
    assert piece.text == "Um.\n\nC\nDois."


def test_what_is_above_a_heading_is_written_with_it_once():
    (piece,) = split(
        [
            Block("Um.", ("A", "B")),
            Block("Dois.", ("C", "D")),
            Block("Três.", ("C", "E")),
            Block("F", ("C",)),
        ]
    )
    assert piece.heading == "A > B"
    assert piece.text == "Um.\n\nC\nD\nDois.\n\nE\nTrês.\n\nF"


@pytest.mark.parametrize("count", range(20, 60))
def test_wherever_a_section_was_cut_the_next_takes_nothing_over(count):
    before = Block(sentences(count), ("Preços",))
    *_, last = split([before, Block("Das 9 às 18.", ("Horários",), 2)])
    assert (last.heading, last.text, last.place) == ("Horários", "Das 9 às 18.", "§ 2")


def test_a_passage_speaks_of_what_its_heading_says():
    sizes = [(7 * number) % 40 + 1 for number in range(60)]
    blocks = [
        Block(f"S{number}. {SENTENCE}", (f"S{number}",), number)
        for number, size in enumerate(sizes)
        for _ in range(size)
    ]
    headed = set()
    for piece in split(blocks):
        told = Counter(re.findall(r"S\d+(?=\.)", piece.text))
        headed |= {piece.heading, *(line for line in piece.text.split("\n") if line in told)}
        assert len(told) == 1 or sum(told.values()) < 15, "only short sections share a passage"
        assert piece.heading == next(iter(told))
    assert headed == {f"S{number}" for number in range(60)}


def test_a_question_and_its_answer_stand_alone():
    rows = [Block(f"Pergunta {n}\nSim.", (f"Pergunta {n}",), n, LINE, alone=True) for n in (2, 3)]
    assert [piece.place for piece in split(rows)] == ["l. 2", "l. 3"]


def test_pages_are_told_from_to():
    blocks = [Block(sentences(10), at=page, unit=PAGE) for page in (3, 4)]
    assert next(split(blocks)).place == "p. 3-4"


@pytest.mark.parametrize("text", ["palavra " * 260_000, "a" * 2_000_000, "a b. " * 100_000])
def test_one_line_without_end_is_cut_all_the_same(text):
    pieces = list(split([Block(text.strip())]))
    assert all(0 < piece.tokens <= MOST for piece in pieces)
    assert sum(len(piece.text) for piece in pieces) >= len(text) * 0.95


@pytest.mark.parametrize("text", ["ção " * 3000, "🚀" * 3000, "漢字" * 5000])
def test_letters_of_several_bytes_are_counted_as_such(text):
    assert all(piece.tokens <= MOST for piece in split([Block(text.strip())]))


def test_nothing_gives_nothing():
    assert list(split([])) == []
