"""The page of dead letters: seen by all, acted on by editors, told in a sentence."""

import html
import re
import traceback
from typing import Any
from urllib.parse import urlencode

import pytest
from flask_babel import force_locale
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.cast import ANA, TWILIO, only, participant, say, write
from tests.doubles.webhooks import Webhooks
from tests.web.people import submit
from tests.work.left_to_do import make
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.models import Kind, Message, Settlement, State, Webhook
from wa_assistant.operations import dead_letters
from wa_assistant.operations.kinds import KINDS
from wa_assistant.web.operations.labels import WORDS, last_line
from wa_assistant.work import claims
from wa_assistant.work.claims import Kind as WorkKind

pytestmark = pytest.mark.usefixtures("context")

MARKUP = '<script>alert("1")</script>'


@pytest.fixture
def fault(monkeypatch):
    def fail(*_, **__):
        raise LookupError(MARKUP)

    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", fail)
        yield patch


@pytest.fixture
def webhook(fault) -> str:
    """The path of the actions on a webhook that is a dead letter."""
    form = Webhooks().inbound(ANA, MARKUP)
    webhook_log.keep(Kind.INBOUND, urlencode(form).encode())
    webhook_log.understand()
    for _ in range(4):
        webhook_log.process(only(Webhook).id)
    return f"/dead-letters/webhook/{only(Webhook).id}"


@pytest.fixture
def talk() -> str:
    """The path of the actions on a conversation whose message could not be answered."""
    write(ANA, MARKUP)
    bury(ANSWERS, participant(ANA).id)
    return f"/dead-letters/answer/{participant(ANA).id}"


@pytest.fixture
def unsent() -> str:
    """The path of the actions on a message of ours that could not be sent."""
    write(ANA)
    message_id = say(ANA, MARKUP)
    bury(MESSAGES, message_id)
    return f"/dead-letters/message/{message_id}"


def bury(kind: WorkKind[Any], row_id: int) -> None:
    with transaction():
        row = db.session.get_one(kind.table, row_id)
        row.faults, row.fault = 5, "LookupError\n  a.py:1 f"
        claims.bury(kind, row)


def act(client, path: str) -> str:
    """What the page says after the action."""
    response = submit(client, "/dead-letters", path)
    assert (response.status_code, response.location) == (303, "/dead-letters")
    told = re.search(r'<div class="flashes".*?</div></div>', client.get("/dead-letters").text, re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", told[0])).strip() if told else ""


def test_with_nothing_there_the_page_says_so_and_no_page_speaks_of_it(bia):
    assert "No dead letters" in bia.get("/dead-letters").text
    assert 'href="/dead-letters"' not in bia.get("/").text


def test_a_webhook_is_shown_raw_and_harmless(bia, webhook):
    page = bia.get("/dead-letters").text
    assert "<script>alert" not in page
    assert f"<code>Body</code></th><td>{html.escape(MARKUP, quote=False)}" in html.unescape(
        page
    ).replace(MARKUP, html.escape(MARKUP, quote=False))
    assert "tried 5 times" in page
    assert "LookupError" in page
    assert "in fail" in html.unescape(page)


def test_the_line_of_an_error_is_what_the_exception_says():
    try:
        db.session.execute(text("SELECT *\nFROM nowhere"))
    except DBAPIError:
        database = traceback.format_exc()
        db.session.rollback()
    assert "sqlalche.me" in database.splitlines()[-1]
    assert "nowhere" in last_line(database)
    assert last_line(database).startswith("sqlalchemy.exc.")
    assert last_line("LookupError\n  a.py:1 f\nKeyError\n  b.py:2 g") == "KeyError"
    assert last_line(None) == ""


def test_every_page_leads_to_dead_letters(bia, webhook):
    for path in ("/", "/preferences", "/simulator", "/nothing"):
        assert 'href="/dead-letters">Look at them' in bia.get(path).text


def test_a_replay_says_how_it_went(bia, webhook, fault):
    assert act(bia, f"{webhook}/replay") == "It failed again, as its error tells. It stays here."
    assert only(Webhook).dead_at
    fault.undo()
    assert act(bia, f"{webhook}/replay") == "The webhook was processed: it has taken effect."
    assert only(Message).body == MARKUP
    assert "No dead letters" in bia.get("/dead-letters").text


def test_a_webhook_is_dismissed_with_one_click(bia, webhook):
    page = bia.get("/dead-letters").text
    assert f'action="{webhook}/dismiss"' in page
    assert act(bia, f"{webhook}/dismiss") == "The webhook was dismissed: it takes no effect."
    assert only(Webhook).state == State.DISMISSED


def test_a_webhook_that_is_not_ours_is_told_as_that(bia):
    form = TWILIO.inbound(ANA, "Oi", To="whatsapp:+14155550199")
    webhook_log.keep(Kind.INBOUND, urlencode(form).encode())
    webhook_log.understand()
    page = bia.get("/dead-letters").text
    assert "It is for another sender or account than ours" in page
    assert "whatsapp:+14155550199" in page
    assert "Our own code" not in bia.get("/").text


def test_a_conversation_is_replayed_and_answered(bia, talk, twilio, work):
    work()
    assert twilio.messages == []
    page = bia.get("/dead-letters").text
    assert f'href="/conversations/{participant(ANA).id}"' in page
    assert html.escape(MARKUP, quote=False).replace('"', "&#34;") in page
    assert "<li>1 message</li>" in page
    assert "tried 5 times" in page
    assert "tries once more" in act(bia, f"{talk}/replay")
    work()
    assert len(twilio.messages) == 1


def test_a_conversation_is_dismissed(bia, talk):
    assert act(bia, f"{talk}/dismiss").startswith("Dismissed:")
    assert only(Message).settlement == Settlement.WITH_A_PERSON


def test_a_message_that_was_not_sent_is_shown_and_its_thread_leads_there(bia, unsent):
    page = bia.get("/dead-letters").text
    assert "Message not sent" in page
    assert "LookupError" in page
    assert "<script>alert" not in page
    thread = bia.get(f"/conversations/{participant(ANA).id}").text
    assert f'href="/dead-letters#dead-message-{unsent.rpartition("/")[2]}"' in thread
    assert "our own code failed on it again and again" in thread
    assert "LookupError" not in thread


def test_a_message_is_replayed_or_dismissed_with_one_click(bia, unsent):
    assert act(bia, f"{unsent}/replay").startswith("It is sent once more")
    assert act(bia, f"{unsent}/dismiss").startswith("This is no dead letter any more")


def test_a_message_that_was_dismissed_stays_unsent(bia, unsent):
    assert act(bia, f"{unsent}/dismiss") == "Dismissed: the message is not sent again by itself."
    assert "No dead letters" in bia.get("/dead-letters").text


@pytest.mark.parametrize("action", ["replay", "dismiss"])
@pytest.mark.parametrize("noun", [each.replace(" ", "-") for each in WORDS])
def test_what_somebody_has_seen_to_is_said_to_be_gone(bia, webhook, noun, action):
    assert act(bia, f"/dead-letters/{noun}/4711/{action}").startswith(
        "This is no dead letter any more"
    )


def test_a_viewer_sees_all_and_has_no_buttons(davi, webhook):
    page = davi.get("/dead-letters").text
    assert "LookupError" in page
    assert "Replay" not in page
    assert "Dismiss" not in page


def test_an_older_page_that_is_empty_leads_back(bia):
    page = bia.get(
        "/dead-letters", query_string={"before": "2020-01-01T00:00:00+00:00~webhook~1"}
    ).text
    assert "There is nothing older." in page


@pytest.mark.parametrize(
    "query",
    [
        "before=0",
        "before=2020-01-01T00:00:00~webhook~1",
        "before=2020-01-01T00:00:00%2B00:00~nothing~1",
        "before=2020-01-01T00:00:00%2B00:00~webhook~99999999999",
        "before=0001-01-01T00:00:00%2B23:00~webhook~1",
    ],
)
def test_an_address_that_means_nothing_is_the_first_page(bia, webhook, query):
    assert "tried 5 times" in bia.get(f"/dead-letters?{query}").text


def test_each_kind_of_work_has_its_words():
    assert list(WORDS) == [kind.policy.name for kind in KINDS]


@pytest.mark.parametrize("verb", ["replay", "dismiss"])
def test_each_kind_is_shown_and_seen_to_with_one_click(bia, verb):
    for kind in KINDS:
        row_id = make(kind)
        bury(kind, row_id)
        with force_locale("en"):
            what, replayed, dismissed = map(str, WORDS[kind.policy.name][1:])
        page = html.unescape(bia.get("/dead-letters").text)
        assert what in page
        assert "LookupError" in page
        told = act(bia, f"/dead-letters/{kind.policy.name.replace(' ', '-')}/{row_id}/{verb}")
        assert told == (replayed if verb == "replay" else dismissed)
    assert "No dead letters" in bia.get("/dead-letters").text


def test_older_ones_are_a_page_further(bia, monkeypatch):
    monkeypatch.setattr(dead_letters, "PAGE", 6)
    for kind in KINDS:
        bury(kind, make(kind))
    first = bia.get("/dead-letters").text
    (older,) = re.findall(r'href="(/dead-letters\?before=[^"]+)"', first)
    second = bia.get(html.unescape(older)).text
    of = re.compile(r'<article class="case" id="([^"]+)"')
    assert len({*of.findall(first), *of.findall(second)}) == len(KINDS)
    assert [len(of.findall(each)) for each in (first, second)] == [6, len(KINDS) - 6]
    assert ">Newest<" in second


def test_the_page_s_old_address_leads_there(bia):
    response = bia.get("/set-aside")
    assert (response.status_code, response.location) == (301, "/dead-letters")


@pytest.mark.parametrize("name", ["nothing", "vector%20set~", "webhooks"])
def test_of_a_kind_there_is_not_nothing_is_found(bia, webhook, name):
    assert submit(bia, "/dead-letters", f"/dead-letters/{name}/1/replay").status_code == 404
