"""The page on which owners choose how the assistant answers, and try it before they save."""

import re
from html import unescape

import pytest

from tests.cast import acting, only, rows
from tests.chosen import choose
from tests.journey.people import GOAL, INTRO, published
from tests.web.people import csrf_token
from wa_assistant import settings
from wa_assistant.assistant import rules
from wa_assistant.models import Setting, Trial

pytestmark = pytest.mark.usefixtures("context")

PAGE = "/settings/assistant"
PORTUGUESE = {"Accept-Language": "pt-BR"}


def send(client, action="", **typed):
    """The fields of the page with these in them, to where a button of it sends them."""
    page = client.get(PAGE)
    seen = re.findall(r'name="(seen\.\w+)" value="(\w+)"', page.text)
    data = {"csrf_token": csrf_token(page), **dict(seen), **typed}
    return client.post(f"{PAGE}{action}", data=data)


def prompt(page) -> str:
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page.text, re.DOTALL)
    assert found
    return unescape(found[1])


@pytest.mark.environment(REPLY_DELAY_SECONDS=2.5, OPENAI_MODEL="llama-of-ours")
def test_what_is_empty_is_as_the_environment_says_and_the_page_says_so(caio):
    page = caio.get(PAGE, headers=PORTUGUESE).text
    assert "Vazio: llama-of-ours, como diz o ambiente." in page
    assert "Vazio: 2,5, como diz o ambiente." in page
    assert "Vazio: 0,7." in page
    assert f"pede no máximo {rules.REPLY_CHARACTERS} caracteres" in page
    assert "Vazio: 500." in page
    assert send(caio, model=" gpt-6-sol ", temperature="0.25", reply_delay="0").status_code == 303
    page = caio.get(PAGE, headers=PORTUGUESE).text
    assert 'value="gpt-6-sol"' in page
    assert 'value="0,25"' in page
    assert settings.current().reply_delay == 0


def test_the_prompt_is_shown_as_it_would_be_sent_in_a_stage_with_what_is_typed(caio):
    version = published(acting("bia"), INTRO, GOAL)
    page = caio.get(PAGE)
    assert prompt(page) == rules.SYSTEM
    choose(company="Escola do Bairro")
    stage = f"{version.id}:goal"
    assert f'<option value="{stage}"' in page.text
    shown = send(caio, "/prompt", tone="Alegre", stage=stage, question="Oi?")
    assert shown.status_code == 200
    told = prompt(shown)
    assert told.startswith(rules.SYSTEM)
    assert "Company: Escola do Bairro" in told
    assert "Your tone: Alegre" in told
    assert f"Stage: {GOAL.name}" in told
    assert f'<option value="{stage}" selected' in shown.text
    assert "Alegre</textarea>" in shown.text
    assert "Oi?</textarea>" in shown.text
    assert settings.current().tone == ""
    assert prompt(send(caio, "/prompt", stage="7:nothing")) == prompt(caio.get(PAGE))


def test_a_question_is_answered_with_what_is_typed_and_nothing_is_saved(caio, openai, work):
    choose(tone="Sério")
    version = published(acting("bia"), INTRO, GOAL)
    typed = {"tone": "Sério", "rules": "Sem preços", "temperature": "0,1", "answer_tokens": "200"}
    page = send(caio, "/trials", question="Oi?", stage=f"{version.id}:goal", **typed)
    assert page.status_code == 200
    trial = only(Trial)
    assert trial.settings == {"rules": "Sem preços", "temperature": 0.1, "answer_tokens": 200}
    assert f"/knowledge/trials/{trial.id}/result" in page.text
    assert "Sem preços</textarea>" in page.text
    work()
    call = openai.calls[-1]
    assert (call["temperature"], call["max_completion_tokens"]) == (0.1, 700)
    assert "The company's rules: Sem preços" in call["messages"][0]["content"]
    assert f"Stage: {GOAL.name}" in call["messages"][0]["content"]
    assert only(Trial).draft
    shown = caio.get(f"/knowledge/trials/{trial.id}")
    assert "With settings that were not saved" in shown.text
    assert settings.current().rules == ""
    assert [row.name for row in rows(Setting)] == ["tone"]


def test_what_is_wrong_is_said_and_nothing_is_asked(caio):
    for action in ("/trials", "/prompt", ""):
        refused = send(caio, action, question="Oi?", temperature="warm", tone="Alegre")
        assert refused.status_code == 422, action
        assert "Write a number like" in refused.text
        assert "Alegre</textarea>" in refused.text
    for question in (" ", "x" * 501):
        assert send(caio, "/trials", question=question).status_code == 422
    assert rows(Trial) == rows(Setting) == []


def test_a_trial_asked_here_leaves_a_colleague_s_change_to_be_seen(caio):
    page = caio.get(PAGE)
    seen = dict(re.findall(r'name="(seen\.\w+)" value="(\w+)"', page.text))
    choose(tone="De um colega")
    typed = {"csrf_token": csrf_token(page), "tone": "Meu", **seen}
    shown = caio.post(f"{PAGE}/prompt", data=typed)
    still = dict(re.findall(r'name="(seen\.\w+)" value="(\w+)"', shown.text))
    assert caio.post(PAGE, data={**typed, **still}).status_code == 422
    assert settings.current().tone == "De um colega"
