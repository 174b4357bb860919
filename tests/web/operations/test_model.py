"""What was learned about the model's server is shown to owners, who can have it forgotten."""

import pytest

from tests.cast import ANA, CAIO, only, write
from tests.web.people import csrf_token
from wa_assistant.clients import learned
from wa_assistant.models import Action, AuditEntry, Subject

pytestmark = pytest.mark.usefixtures("context")


def forget(client):
    token = csrf_token(client.get("/model"))
    return client.post("/model/forget", data={"csrf_token": token}, follow_redirects=True).text


def test_what_the_server_refused_is_shown_and_forgotten(caio, app, openai, work):
    openai.refuse("temperature")
    write(ANA)
    work()
    page = caio.get("/model").text
    assert "temperature is left out." in page
    assert "gpt-6-luna" in page
    assert "It is forgotten." in forget(caio)
    assert learned.of("gpt-6-luna") == {}
    entry = only(AuditEntry, AuditEntry.action == Action.FORGOT)
    assert (entry.actor, entry.subject) == (CAIO, Subject.MODEL_SERVER)
    assert entry.subject_id == openai.base_url
    assert entry.before == {"gpt-6-luna": {"temperature": ""}}


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"response_format": "json_object"}, "The form is json_object"),
        ({"thinks": "2000"}, "It thinks: an answer may have 2000 tokens more."),
        ({"context": "4096"}, "The context holds 4096 tokens."),
        ({"reasoning_effort": "low"}, "reasoning_effort is low."),
        ({"max_completion_tokens": ""}, "max_completion_tokens is called max_tokens."),
    ],
)
def test_each_fact_says_what_is_done(caio, fact, words):
    learned.remember("gpt-6-luna", fact)
    assert words in caio.get("/model").text


def test_with_nothing_learned_there_is_nothing_to_forget(caio, openai, work):
    write(ANA)
    work()
    assert "Nothing was refused" in caio.get("/model").text
    assert "There was nothing to forget." in forget_without_a_button(caio)


def forget_without_a_button(client):
    token = csrf_token(client.get("/settings/company"))
    return client.post("/model/forget", data={"csrf_token": token}, follow_redirects=True).text


def test_without_redis_the_page_is_there(caio, valkey):
    valkey.stop()
    assert "has not answered yet" in caio.get("/model").text


def test_of_a_model_that_never_answered_nothing_is_known(caio, openai, work):
    assert "has not answered yet" in caio.get("/model").text
    openai.fail_next(9, status=401, path="/v1/chat/completions")
    write(ANA)
    work()
    page = caio.get("/model").text
    assert "has not answered yet" in page
    assert "Nothing was refused" not in page


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_without_a_model_nothing_is_said_of_one(caio):
    main = caio.get("/model").text.partition("<main")[2]
    assert "No model is connected." in main
    assert "Nothing was refused" not in main
    assert "api.openai.com" not in main


@pytest.mark.parametrize("path", ["/model"])
def test_it_is_for_owners(bia, path):
    assert bia.get(path).status_code == 403
