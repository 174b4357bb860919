"""Search by words alone, as it is without a key, on each database."""

import json

import pytest

from tests.knowledge import stock
from wa_assistant.database import db, transaction
from wa_assistant.knowledge.evaluate import measure
from wa_assistant.knowledge.reading.split import Piece, tokens
from wa_assistant.knowledge.search import Thresholds, for_answer, index, is_empty, search
from wa_assistant.knowledge.search.fusion import MOST_TOKENS
from wa_assistant.knowledge.search.thresholds import of_model
from wa_assistant.models import Passage

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]

BAKERY = {
    "horarios.txt": "A padaria abre de segunda a sábado, das seis às vinte horas.",
    "entregas.txt": "Entregamos pães e bolos em todo o bairro, com taxa de cinco reais.",
    "trocas.txt": "A devolução de encomendas é aceita até vinte e quatro horas antes.",
    "returns.txt": "Orders can be refunded until the day before they are delivered.",
}


@pytest.fixture
def bakery():
    for name, text in BAKERY.items():
        stock.document(name, text)


def names(query: str, **options) -> list[str]:
    return [each.document for each in search(query, **options)]


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("que horas abrem?", "horarios.txt"),
        ("voces ENTREGAM pao?", "entregas.txt"),
        ("posso devolver uma encomenda?", "trocas.txt"),
        ("como faco a devolucao", "trocas.txt"),
        ("is my order refundable", "returns.txt"),
    ],
)
def test_words_are_found_in_any_form_and_without_accents(bakery, query, document):
    assert names(query)[0] == document


def test_ranks_count_from_one_and_scores_fall(bakery):
    found = search("horas de entrega da padaria")
    assert [each.rank for each in found] == list(range(1, len(found) + 1))
    scores = [each.score for each in found]
    assert len(found) > 1
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("query", ["", "?!", "🙂", "de a o", "xyzzy", "'\" OR * NEAR("])
def test_what_has_no_known_word_finds_nothing(bakery, query):
    assert search(query) == []


def test_no_more_than_asked_for(bakery):
    assert len(names("horas", limit=1)) == 1


def test_what_is_not_active_is_not_found(bakery):
    with transaction():
        passage = db.session.query(Passage).filter(Passage.text.contains("padaria")).one()
        index.take([passage])
        db.session.delete(passage)
    assert "horarios.txt" not in names("padaria abre segunda")


def test_it_is_empty_until_something_is_found():
    assert is_empty()
    stock.document("um.txt", "Abrimos às seis.")
    assert not is_empty()


def test_coverage_is_the_share_of_the_rarer_words(bakery):
    whole = search("taxa de entrega no bairro")[0]
    part = search("taxa de entrega em Marte, Saturno e Plutão")[0]
    assert whole.document == part.document == "entregas.txt"
    assert whole.coverage == pytest.approx(1)
    assert 0 < part.coverage < 0.5
    assert (whole.is_above(Thresholds(0, 0.5)), part.is_above(Thresholds(0, 0.5))) == (True, False)


def test_an_answer_rests_on_what_is_above_the_threshold_and_fits():
    each = "bolo " * 700
    stock.document("bolos.txt", *(f"{each} receita {number}" for number in range(5)))
    found = search("receita de bolo")
    chosen = for_answer(found, Thresholds(0, 0.5))
    assert len(found) == 5
    assert 0 < sum(result.tokens for result in chosen) <= MOST_TOKENS
    assert for_answer(found, Thresholds(0, 1.1)) == []


def test_room_in_a_prompt_is_counted_as_it_is_told_with_heading_and_name():
    heading = "Receitas > " * 26
    pieces = [Piece(f"bolo {number}", heading, "", 2) for number in range(40)]
    stock.documents([("bolos.txt", pieces)])
    chosen = for_answer(search("bolo", 40), Thresholds(0, 0))
    told = "".join(json.dumps(each.quoted(1), ensure_ascii=False) for each in chosen)
    assert 0 < len(chosen) < 40
    assert tokens(told) <= MOST_TOKENS


def test_thresholds_are_of_the_model():
    assert of_model("intfloat/multilingual-E5-small").similarity > of_model(None).similarity


def test_documents_are_measured_not_passages():
    stock.document("a.txt", *["pão de queijo"] * 3)
    stock.document("b.txt", "bolo de pão e queijo com muitas outras coisas")
    measured = measure([("pão de queijo", "b.txt"), ("pão de queijo", "a.txt"), ("pão", "c.txt")])
    assert measured.ranks == [2, 1, None]
    assert measured.recall(1) == pytest.approx(1 / 3)
    assert measured.recall(5) == pytest.approx(2 / 3)
    assert measured.mrr == pytest.approx(0.5)


def run(app, *arguments: str, stdin: str = ""):
    result = app.test_cli_runner().invoke(args=["knowledge", *arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_shell_prints_a_list(app, bakery):
    found = json.loads(run(app, "search", "padaria abre", "--json"))
    assert set(found[0]) == {"document", "heading", "text", "score", "rank"}
    assert (found[0]["document"], found[0]["rank"]) == ("horarios.txt", 1)


def test_the_shell_answers_each_line(app, bakery):
    output = run(app, "search", "-", "--json", stdin="padaria\nxyzzy\n\nbairro\n")
    lists = [json.loads(line) for line in output.splitlines()]
    first = [each[0]["document"] if each else None for each in lists]
    assert first == ["horarios.txt", None, None, "entregas.txt"]


def test_the_shell_measures(app, bakery, tmp_path):
    file = tmp_path / "golden.jsonl"
    lines = [("padaria abre", "horarios.txt"), ("padaria", "entregas.txt")]
    file.write_text(
        "\n".join(json.dumps({"question": q, "document": d}) for q, d in lines), "utf-8"
    )
    output = run(app, "evaluate", str(file), "--json")
    assert json.loads(output)["R@1"] == 0.5


@pytest.mark.parametrize("line", ["", "{", "[1]", '{"question": "a"}'])
def test_the_shell_says_what_is_wrong_with_the_file(app, tmp_path, line):
    file = tmp_path / "golden.jsonl"
    file.write_text(line)
    result = app.test_cli_runner().invoke(args=["knowledge", "evaluate", str(file)])
    assert result.exit_code == 1
    assert "Error:" in result.output
    assert "Traceback" not in result.output
