"""The words of the pages that Brazilians stumbled over."""

import json
import re

import pytest
from flask_babel import force_locale, gettext

from tests.support.processes import ROOT
from wa_assistant.conversation.fixed_texts import FIXED_TEXTS, PORTUGUESE
from wa_assistant.web.knowledge.labels import cosine, place

CATALOGUE = ROOT / "translations" / "pt_BR" / "LC_MESSAGES" / "messages.po"
STUMBLED_OVER = (
    r"Parte das palavras a partir",
    r"Semelhança a partir",
    r"\bachad[oa]s?\b",
    r"\b[Pp]ostos? de lado\b",
    r"próprio código",
    r'"A caminho"',
    r'"De fora"',
    r'"Paradas"',
    r"terminação do nome",
    r"\b(a|da|à|na|pela|uma) assistente\b",
)


@pytest.fixture
def portuguese(app):
    with app.test_request_context(), force_locale("pt_BR"):
        yield


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("Share of words from", "Mínimo de palavras em comum"),
        ("Similarity from", "Semelhança mínima"),
        ("Left out", "Não usado"),
        ("Dead letters", "Com erro"),
        ("our own code failed on it again and again", "falha do sistema, repetidas vezes"),
        ("Under way", "Em andamento"),
        ("Parked", "Aguardando janela"),
        ("Fill in", "Preencher"),
        ("Answer", "Resposta"),
        ("Wants no more messages", "Não quer mais mensagens"),
    ],
)
def test_a_field_is_called_as_people_call_it(english, words):
    assert gettext(english) == words


@pytest.mark.parametrize("words", STUMBLED_OVER)
def test_none_of_the_words_comes_back(words):
    said = json.dumps([list(FIXED_TEXTS[PORTUGUESE].values())], ensure_ascii=False)
    assert not re.search(words, CATALOGUE.read_text() + said, re.IGNORECASE)


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("l. 3", "linha 3"),
        ("p. 3", "página 3"),
        ("p. 3-4", "páginas 3-4"),
        ("§ 7", "parágrafo 7"),
        ("", ""),
        ("slide 2", "slide 2"),
    ],
)
def test_a_place_in_a_document_is_said_in_words(kept, words):
    assert place(kept) == words


@pytest.mark.usefixtures("portuguese")
@pytest.mark.parametrize(
    ("value", "words"),
    [(-0.0001, "0,00"), (-0.0, "0,00"), (-0.004, "0,00"), (0.7351, "0,74"), (-0.42, "-0,42")],
)
def test_next_to_nothing_has_no_sign(value, words):
    assert cosine(value) == words
