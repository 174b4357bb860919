"""Measuring the search from a shell: what a file may look like, and what is said of the result."""

import json
import unicodedata

import pytest
from click.testing import Result

from . import stock

pytestmark = pytest.mark.usefixtures("context")
without_a_key = pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)


@pytest.fixture
def bakery(openai):
    stock.document("horários.txt", "A padaria abre de segunda a sábado, das seis às vinte horas.")
    stock.document("entregas.txt", "Entregamos pães e bolos em todo o bairro.")


@pytest.fixture
def evaluate(app, tmp_path):
    """Measure by a file of this text; with "-" it is given on standard input."""

    def run(text: str | bytes, name: str = "golden.jsonl", *options: str) -> Result:
        content = text if isinstance(text, bytes) else text.encode()
        file = tmp_path / "golden.jsonl"
        file.write_bytes(content)
        arguments = ["knowledge", "evaluate", name if name == "-" else str(file), *options]
        result: Result = app.test_cli_runner().invoke(args=arguments, input=content)
        return result

    return run


def line(document: str, named: str = "document", question: str = "Quando abre a padaria?") -> str:
    return json.dumps({"question": question, named: document}, ensure_ascii=False)


def figures(result: Result) -> dict[str, str]:
    assert result.exit_code == 0, result.output
    return {each[:13].strip(): each[13:] for each in result.stdout.splitlines()}


@without_a_key
@pytest.mark.parametrize("named", ["document", "expected_document", "expected"])
def test_a_document_is_expected_under_either_name(bakery, evaluate, named):
    found = figures(evaluate(line("horários.txt", named)))
    assert {name: found[name] for name in ("R@1", "R@5", "MRR")} == dict.fromkeys(
        ("R@1", "R@5", "MRR"), "1.0"
    )
    assert float(found["milliseconds"]) > 0


@without_a_key
def test_questions_come_by_standard_input(bakery, evaluate):
    assert figures(evaluate("\ufeff" + line("horários.txt") + "\r\n\r\n", "-"))["R@1"] == "1.0"


@without_a_key
def test_only_a_line_s_end_ends_a_line(bakery, evaluate):
    question = "Quando\u2028abre\u0085a padaria?"
    found = figures(evaluate(line("horários.txt", question=question)))
    assert (found["questions"], found["R@1"]) == ("1", "1.0")


@without_a_key
def test_names_are_compared_however_their_accents_are_written(bakery, evaluate):
    name = unicodedata.normalize("NFD", "pasta/horários.txt")
    assert figures(evaluate(line(name)))["R@1"] == "1.0"


@without_a_key
def test_a_document_that_is_not_there_is_said_to_be_missing(bakery, evaluate):
    result = evaluate(line("horários.txt") + "\n" + line("bolos.txt"))
    assert "1 of 2 questions name a document that is not in the knowledge base" in result.stderr
    assert figures(result)["missing"] == "1"
    found = json.loads(evaluate(line("horários.txt"), "golden.jsonl", "--json").stdout)
    assert (found["missing"], found["R@1"], found["found by"]) == (0, 1.0, "words alone")


@pytest.mark.parametrize(
    "text",
    [b"\xff\xfe{", '{"question": null, "document": "a"}', '{"question": "a", "expected": 1}'],
)
def test_what_is_no_question_is_said(bakery, evaluate, text):
    result = evaluate(text)
    assert result.exit_code == 1
    assert "Error:" in result.output
    assert "Traceback" not in result.output


def test_it_is_said_whether_vectors_served(bakery, evaluate, openai):
    model = figures(evaluate(line("horários.txt")))["found by"]
    assert model == "text-embedding-3-small"
    openai.fail_next(1, status=400)
    both = evaluate(line("horários.txt") + "\n" + line("entregas.txt"))
    assert figures(both)["found by"] == "words alone in part"
    openai.fail_next(1, status=503)
    assert figures(evaluate(line("horários.txt")))["found by"] == "words alone"
