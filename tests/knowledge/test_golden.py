"""The golden set: what the search should find, and whether it got worse at it."""

import pytest

from tests.cast import rows
from wa_assistant.knowledge import documents, golden
from wa_assistant.models import AuditEntry, Document, GoldenQuestion

from . import stock

EVA = "eva@example.com"
pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]


def ranks() -> dict[str, tuple[int | None, int | None]]:
    return {each.question: (each.rank_before, each.rank) for each in golden.everything()}


def test_a_question_is_in_the_set_once():
    golden.add(EVA, "Quando  abre?", "a.txt")
    golden.add(EVA, "Quando abre?", "b.txt")
    assert [each.document for each in rows(GoldenQuestion)] == ["b.txt"]
    assert [each.actor for each in rows(AuditEntry)] == [EVA, EVA]


def test_before_it_is_measured_there_is_no_result():
    golden.add(EVA, "Quando abre?", "a.txt")
    assert golden.last() is None
    assert not golden.got_worse(golden.everything()[0])


def test_ranks_are_kept_beside_those_before():
    stock.document("padaria.txt", "A padaria abre às seis.")
    golden.add(EVA, "Quando a padaria abre?", "padaria.txt")
    golden.add(EVA, "Tem bolo?", "bolos.txt")
    measured = golden.run()
    assert (measured.recall(1), measured.mrr) == (0.5, 0.5)
    assert ranks() == {"Quando a padaria abre?": (None, 1), "Tem bolo?": (None, None)}
    last = golden.last()
    assert last is not None
    assert last.recall(1) == 0.5


def test_what_got_worse_comes_first():
    stock.document("padaria.txt", "A padaria abre às seis.")
    stock.document("bolos.txt", "Temos bolo de milho.")
    golden.add(EVA, "Tem bolo?", "bolos.txt")
    golden.add(EVA, "A padaria abre?", "padaria.txt")
    golden.run()
    gone = next(each for each in rows(Document) if each.name == "padaria.txt")
    documents.delete(EVA, gone.id)
    golden.run()
    first, second = golden.everything()
    assert (first.question, golden.got_worse(first)) == ("A padaria abre?", True)
    assert (second.rank, golden.got_worse(second)) == (1, False)


def test_what_is_taken_out_is_gone():
    found = golden.add(EVA, "Tem bolo?", "bolos.txt")
    assert golden.remove(EVA, found.id)
    assert not golden.remove(EVA, found.id)
    assert golden.everything() == []
