"""Why the model did not answer stands at the message, in plain words."""

import re
from html import unescape

import pytest

from tests.cast import ANA, only, participant, write
from wa_assistant.clients.failures import Failure
from wa_assistant.database import db
from wa_assistant.models import AiCall
from wa_assistant.web.shell.labels import FAILURES

pytestmark = pytest.mark.usefixtures("context")

PORTUGUESE = {"Accept-Language": "pt-BR"}


def thread(client, headers=None) -> str:
    page = client.get(f"/conversations/{participant(ANA).id}", headers=headers or {}).text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ({"status": 401}, "the server refused the key."),
        ({"status": 402}, "the account is out of credit."),
        ({"status": 404}, "the server knows no such model"),
        (
            {"status": 500, "message": "Jinja Exception: roles must alternate"},
            "the model asks for another order of roles.",
        ),
    ],
)
def test_the_reason_stands_at_what_was_said_instead(davi, openai, work, failure, words):
    openai.fail_next(2, **failure)
    write(ANA)
    work()
    page = thread(davi)
    assert f"The model did not answer: {words}" in page
    assert "No model was asked" not in page
    assert "O modelo não respondeu:" in thread(davi, PORTUGUESE)


def test_where_none_was_asked_that_is_said(davi, openai, work):
    openai.fail_next(status=402)
    write("whatsapp:+5511977770000")
    work()
    write(ANA)
    work()
    page = thread(davi)
    assert "No model was asked" in page
    assert "left alone for a while: the account is out of credit." in page


def test_how_much_was_left_out_is_said(davi, work):
    write(ANA)
    work()
    only(AiCall).left_out = 3
    db.session.commit()
    assert "3 turns at the beginning were left out" in thread(davi)


def test_each_kind_has_its_words():
    assert set(FAILURES) == set(Failure)
