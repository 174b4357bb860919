"""`flask --app wsgi doctor model`: whether participants would be answered, and how."""

import re

import pytest

from tests.doubles import objections as say
from tests.doubles.servers import KINDS, Kind, Kinds
from wa_assistant.clients import learned

WEB_SERVER = Kind("a web server", always=say.text(404, say.PORTAL, "text/html"))


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def servers():
    with Kinds() as double:
        yield double


@pytest.fixture
def doctor(servers, make_app):
    """Let it look at a server of a kind; what it ended with, and what it said."""

    def run(name: str, *arguments: str, **environment: str) -> tuple[int, str]:
        servers.become(next(kind for kind in (*KINDS, WEB_SERVER) if kind.name == name))
        app = make_app(OPENAI_BASE_URL=servers.base_url, **environment)
        with app.app_context():
            learned.forget(app.config["OPENAI_MODEL"])
        result = app.test_cli_runner().invoke(args=["doctor", *arguments])
        return result.exit_code, result.output

    return run


def test_each_form_is_asked_once_with_time_and_tokens(doctor, servers):
    code, told = doctor("OpenAI", "model")
    assert code == 0
    for form in ("json_schema", "json_object", "words"):
        assert re.search(rf"^{form} +yes +\d+\.\d s  \d+ \+ \d+ tokens", told, re.M), told
    assert len(servers.calls) == 3
    assert "The best form it takes: json_schema." in told


def test_a_form_it_does_not_know_is_said(doctor):
    code, told = doctor("DeepSeek", "model")
    assert code == 0
    assert re.search(r"^json_schema +no .*unavailable now", told, re.M)
    assert "The best form it takes: json_object." in told


def test_an_answer_among_the_thoughts_is_read_as_a_reply_s_is(doctor):
    code, told = doctor("vLLM, Qwen 3.5, all of it among the thoughts", "model")
    assert (code, "json_schema  yes" in told) == (0, True), told


def test_what_was_learned_on_the_way_is_said(doctor):
    _, told = doctor("Gemini Pro", "model")
    assert "learned: reasoning_effort is low" in told


def test_it_is_said_in_the_words_of_the_page(doctor):
    _, told = doctor("Mistral's API", "model")
    assert "learned: max_completion_tokens is called max_tokens." in told


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("a key that is refused", "look at OPENAI_API_KEY"),
        ("a model that is not there", "look at OPENAI_MODEL"),
        ("a captive portal", "look at OPENAI_BASE_URL"),
        ("DeepSeek, out of credit", "out of credit"),
        ("llama.cpp, while it loads", "still loading"),
    ],
)
def test_who_would_answer_nobody_ends_with_one_and_a_remedy(doctor, kind, words):
    code, told = doctor(kind, "model")
    assert code == 1
    assert "Participants would get no answer of this model." in told
    assert words in told


def test_of_a_web_page_none_is_shown(doctor):
    code, told = doctor("a web server", "model")
    assert code == 1
    assert "404 : a web page" in told
    assert "look at OPENAI_BASE_URL (most end in /v1)" in told
    assert "<" not in told


def test_a_server_that_counts_no_tokens_is_fine(doctor):
    code, told = doctor("llama.cpp, Qwen 3.6", "model")
    assert code == 0
    assert "tokens not counted" in told


def test_without_a_command_all_are_run(doctor):
    assert doctor("OpenAI")[0] == 0
    assert doctor("a key that is refused")[0] == 1


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_without_a_model_that_is_what_it_says(app):
    result = app.test_cli_runner().invoke(args=["doctor", "model"])
    assert (result.exit_code, result.output) == (
        1,
        "No model is connected: set OPENAI_API_KEY.\n",
    )
