"""A question that goes on from the one before is looked for together with it."""

import pytest

from tests.cast import ANA, outbound, participant, rows, write
from tests.knowledge import stock
from wa_assistant.assistant import retrieval
from wa_assistant.models import Attention, Citation

no_model = pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)


@pytest.fixture
def school(context):
    stock.document("secretaria.md", "A secretaria abre às oito. Aos sábados, às nove.")
    stock.document("cantina.md", "A cantina serve almoço. Aos sábados, feijoada.")
    stock.document("vagas.md", "Há estacionamento em frente.")


@pytest.fixture
def ask(school, work):
    """What Ana's answers rest on, by the documents' names."""

    def asked(*questions: str) -> list[str]:
        for each in questions:
            write(ANA, each)
            work()
        return [each.document for each in rows(Citation)]

    return asked


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("e aos sábados?", True),
        ("E quanto?", True),
        ("and on Saturdays?", True),
        ("aos sábados?", True),
        ("Estão abertos aos sábados?", False),
        ("é caro o curso?", False),
        ("e aí?", False),
        ("E aí, tudo bem?", False),
        ("Obrigado", False),
        ("?", False),
        ("", False),
    ],
)
def test_what_goes_on_begins_with_and_or_says_one_word(question, does):
    assert retrieval.goes_on(question) == does


@no_model
@pytest.mark.parametrize("question", ["e aos sábados?", "Aos sábados?"])
@pytest.mark.parametrize(
    ("first", "document"),
    [("Quando abre a secretaria?", "secretaria.md"), ("O que serve a cantina?", "cantina.md")],
)
def test_it_is_about_what_was_asked_before(ask, first, document, question):
    assert ask(first, question) == [document] * 2
    assert "Aos sábados" in outbound()[-1].body


@no_model
def test_the_one_before_is_the_last_that_says_what_it_asks(ask):
    cited = ask("Quando abre a secretaria?", "E o estacionamento?", "Obrigada!", "e aos sábados?")
    assert cited == ["secretaria.md", "vagas.md", "secretaria.md"]
    said = ["Obrigada!", "e quanto custa?", "Tem estacionamento?", "Quando abre a secretaria?"]
    assert retrieval.whole(said) == "Tem estacionamento?"


@no_model
def test_one_that_begins_with_something_else_is_looked_for_alone(ask):
    assert ask("Quando abre a secretaria?", "Estacionamento?") == ["secretaria.md", "vagas.md"]


@no_model
def test_what_no_document_tells_is_no_answer_to_the_one_before(ask):
    assert ask("Quando abre a secretaria?", "e piscina?") == ["secretaria.md"]
    assert participant(ANA).attention == Attention.NO_MODEL


def test_the_model_is_told_what_fits_both(openai, ask):
    ask("Quando abre a secretaria?", "e aos sábados?")
    assert openai.embedded[-1]["input"] == ["Quando abre a secretaria?\ne aos sábados?"]
    messages = openai.calls[-1]["messages"]
    assert messages[-1]["content"].endswith("\n</documents>\n\ne aos sábados?")
    assert "secretaria.md" in str(messages)
