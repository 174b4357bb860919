"""Search by words and meaning together, as it is with a key, on each database."""

import pytest

from tests.knowledge import stock
from wa_assistant.knowledge.search import (
    current_thresholds,
    query_vector,
    search,
    vector_sets,
)
from wa_assistant.knowledge.search.thresholds import SIMILARITY

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bakery():
    stock.document("horarios.txt", "A padaria abre de segunda a sábado, das seis às vinte horas.")
    stock.document("entregas.txt", "Entregamos pães e bolos em todo o bairro, por cinco reais.")


def test_meaning_finds_what_words_do_not(openai, bakery):
    """The double puts texts that share beginnings of words near each other."""
    stock.document("preco.txt", "Precificacao especial")
    found = search("precifixo")
    assert found[0].document == "preco.txt"
    assert (found[0].similarity or 0) > 0.5
    assert found[0].coverage == 0


def test_a_query_is_embedded_once_with_the_model_of_the_vector_set(openai, bakery):
    before = len(openai.embedded)
    found = search("que horas a padaria abre")
    assert len(openai.embedded) == before + 1
    assert openai.embedded[-1]["input"] == ["que horas a padaria abre"]
    assert found[0].document == "horarios.txt"
    assert all(each.similarity is not None for each in found)


def test_words_do_while_the_service_is_away_and_it_rests(openai, bakery):
    openai.fail_next(1, status=503)
    before = len(openai.embedded)
    assert search("padaria abre")[0].document == "horarios.txt"
    assert search("padaria abre")[0].similarity is None
    assert len(openai.embedded) == before + 1  # not asked again at once


def test_a_service_without_credit_rests_too(openai, bakery):
    openai.fail_next(1, status=429, code="insufficient_quota")
    before = len(openai.embedded)
    assert search("padaria abre")[0].similarity is None
    assert search("padaria abre")[0].similarity is None
    assert len(openai.embedded) == before + 1


def test_a_query_that_is_refused_is_searched_by_words_and_the_next_by_meaning(openai, bakery):
    openai.fail_next(1, status=400)
    assert search("padaria abre")[0].similarity is None
    assert search("padaria abre")[0].similarity is not None


def test_no_query_is_longer_than_a_model_takes(openai, bakery):
    search("🙂" * 4_000)
    (query,) = openai.embedded[-1]["input"]
    assert 0 < len(query.encode()) <= 8_192  # a token is a byte at the least


def test_another_model_s_vectors_are_never_compared(app, openai, bakery):
    app.config["OPENAI_EMBEDDING_MODEL"] = "another"
    assert search("padaria abre")[0].similarity is not None
    assert openai.embedded[-1]["model"] != "another"
    vector_sets.begin_shadow_set()
    assert search("padaria abre")[0].similarity is not None
    assert openai.embedded[-1]["model"] != "another"


def test_what_was_found_by_words_alone_is_found_with_a_key(app, openai, monkeypatch):
    monkeypatch.setitem(app.config, "OPENAI_CONNECTED", False)
    stock.document("um.txt", "A padaria abre às seis.")
    monkeypatch.setitem(app.config, "OPENAI_CONNECTED", True)
    assert query_vector.of("padaria") is None
    assert [each.document for each in search("padaria")] == ["um.txt"]


def test_passages_are_answered_from_by_the_threshold_of_the_model_that_found_them(
    app, openai, bakery
):
    app.config["OPENAI_EMBEDDING_MODEL"] = "multilingual-e5-small"
    assert current_thresholds().similarity == SIMILARITY
    vector_sets.begin_shadow_set()
    assert current_thresholds().similarity == SIMILARITY


VOUCHER = "One voucher is valid for each guest of the hotel, from noon on."
LODGING = "A precificação da hospedagem é feita na chegada, com todos os descontos."


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("o voucher precifixo vale quanto para hospedaria?", "hospedagem.txt"),
        ("voucher precifixo", "voucher.txt"),
        ("is the voucher valid for two guests of the hotel?", "voucher.txt"),
    ],
)
def test_a_word_both_languages_have_puts_no_other_language_first(openai, query, document):
    stock.document("voucher.txt", VOUCHER)
    stock.document("hospedagem.txt", LODGING)
    found = search(query)
    assert found[0].document == document
    assert [each.rank for each in found] == [1, 2]
    assert found[0].score > found[1].score


def test_what_is_nearest_in_the_same_language_does_not_overrule_words(openai):
    stock.document(
        "voucher.txt", "O voucher vale para cada hóspede do hotel, a partir do meio-dia."
    )
    stock.document("hospedagem.txt", LODGING)
    assert search("o voucher precifixo vale quanto para hospedaria?")[0].document == "voucher.txt"
