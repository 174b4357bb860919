"""A suggestion and a summary, asked for and shown by plain forms."""

import pytest

from tests.cast import ANA, only, participant
from tests.web.people import comes_in, submit
from wa_assistant.models import Aid

pytestmark = pytest.mark.usefixtures("context")
no_model = pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)


@pytest.fixture
def path(client, twilio, work) -> str:
    comes_in(twilio, client, ANA, "Oi, vocês abrem hoje?", ProfileName="Ana")
    work()
    return f"/conversations/{participant(ANA).id}"


def test_a_suggestion_is_asked_for_and_used(bia, path, openai, work):
    openai.reply = lambda body: "Abrimos <b>hoje</b>."
    asked = submit(bia, path, f"{path}/suggestion", body="Um momento")
    assert asked.location == path
    page = bia.get(path).text
    assert "The model is writing …" in page
    assert "Um momento</textarea>" in page
    work()
    page = bia.get(path).text
    assert "Abrimos &lt;b&gt;hoje&lt;/b&gt;." in page
    assert "It rests on no passage of the documents" in page
    used = bia.get(f"{path}?suggestion={only(Aid).id}").text
    assert "Abrimos &lt;b&gt;hoje&lt;/b&gt;.</textarea>" in used


def test_a_suggestion_for_what_was_said_before_is_shown_no_more(bia, path, openai, work, twilio):
    submit(bia, path, f"{path}/suggestion")
    work()
    assert "Suggested reply" in bia.get(path).text
    comes_in(twilio, bia, ANA, "E amanhã?")
    assert "Suggested reply" not in bia.get(path).text


def test_a_summary_stays_and_says_that_more_was_said(bia, path, openai, work, twilio):
    openai.reply = lambda body: "- Ana quer vir hoje."
    assert submit(bia, f"{path}/summary", f"{path}/summary").location == f"{path}/summary"
    work()
    page = bia.get(f"{path}/summary").text
    assert "- Ana quer vir hoje." in page
    assert "Sum it up" not in page
    comes_in(twilio, bia, ANA, "E amanhã?")
    page = bia.get(f"{path}/summary").text
    assert "more was said since" in page
    assert "Sum it up again" in page


def test_why_there_is_none_is_said(bia, path, openai, work):
    openai.reply = lambda body: "https://mal.example/x"
    submit(bia, path, f"{path}/suggestion")
    work()
    assert "The model found nothing to say." in bia.get(path).text


@no_model
def test_without_a_model_nothing_is_offered(bia, path):
    assert "/suggestion" not in bia.get(path).text
    assert "No model is connected that could sum it up." in bia.get(f"{path}/summary").text
