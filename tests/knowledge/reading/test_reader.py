"""What comes out of the process that reads, and how much of it may."""

from collections.abc import Iterator

import psutil
import pytest

from tests.support.eventually import eventually
from wa_assistant.knowledge.reading import reader
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.split import MOST_PASSAGES
from wa_assistant.knowledge.reasons import REASONS
from wa_assistant.models import Defect


def test_a_document_has_no_more_passages_than_can_be_let_in_at_once(tmp_path):
    path = tmp_path / "faq.csv"
    path.write_text("Pergunta;Resposta\n" + "Abre?;Sim\n" * MOST_PASSAGES)
    assert len(reader.read("csv", path).passages) == MOST_PASSAGES
    path.write_text("Pergunta;Resposta\n" + "Abre?;Sim\n" * (MOST_PASSAGES + 1))
    with pytest.raises(Unreadable) as caught:
        reader.read("csv", path)
    assert caught.value.defect == Defect.TOO_MANY_PASSAGES
    assert f"{MOST_PASSAGES:,}" in str(REASONS[Defect.TOO_MANY_PASSAGES])


@pytest.mark.parametrize("defect", Defect)
def test_each_reason_is_in_words(defect):
    assert str(REASONS[defect]).endswith(".")


@pytest.fixture
def impatient(monkeypatch) -> Iterator[reader.Reader]:
    """One that ends its process as soon as there is no file to read."""
    monkeypatch.setattr(reader, "IDLE_SECONDS", 0.0)
    made = reader.Reader()
    yield made
    made.close()


def children() -> set[psutil.Process]:
    return set(psutil.Process().children())


def test_a_process_that_has_no_file_to_read_ends_and_is_started_anew(impatient, tmp_path):
    path = tmp_path / "horas.txt"
    path.write_text("Abrimos às 9 h.")
    before = children()
    for _ in range(2):
        assert impatient.read("text", path).passages[0]["text"] == "Abrimos às 9 h."
        eventually(lambda: children() <= before)


def test_a_process_is_there_for_the_next_file(tmp_path):
    path = tmp_path / "horas.txt"
    path.write_text("Abrimos às 9 h.")
    made = reader.Reader()
    before = children()
    found = []
    for _ in range(2):
        made.read("text", path)
        found.append(children() - before)
    made.close()
    assert found[0] == found[1] != set()


def test_an_end_that_comes_too_late_leaves_the_process_to_the_file_that_came_before_it(tmp_path):
    path = tmp_path / "horas.txt"
    path.write_text("Abrimos às 9 h.")
    made = reader.Reader()
    before = children()
    made.read("text", path)
    made._rest()  # by a thread that is no longer the one that waits
    assert children() - before
    made.close()
