"""What comes out of the process that reads, and how much of it may."""

import pytest

from wa_assistant.knowledge.reading import reader
from wa_assistant.knowledge.reading.blocks import Unreadable
from wa_assistant.knowledge.reading.split import MOST_PASSAGES
from wa_assistant.knowledge.reasons import REASONS
from wa_assistant.models import Defect


def test_a_document_has_no_more_passages_than_can_be_let_in_at_once(tmp_path):
    path = tmp_path / "faq.csv"
    path.write_text("Pergunta;Resposta\n" + "Abre?;Sim\n" * MOST_PASSAGES)
    assert len(reader.read("csv", path)) == MOST_PASSAGES
    path.write_text("Pergunta;Resposta\n" + "Abre?;Sim\n" * (MOST_PASSAGES + 1))
    with pytest.raises(Unreadable) as caught:
        reader.read("csv", path)
    assert caught.value.defect == Defect.TOO_MANY_PASSAGES
    assert f"{MOST_PASSAGES:,}" in str(REASONS[Defect.TOO_MANY_PASSAGES])


@pytest.mark.parametrize("defect", Defect)
def test_each_reason_is_in_words(defect):
    assert str(REASONS[defect]).endswith(".")
