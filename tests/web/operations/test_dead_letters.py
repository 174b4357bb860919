"""The page of what was set aside: seen by all, acted on by editors, told in a sentence."""

import html
import re
import traceback
from urllib.parse import urlencode

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.cast import ANA, only, participant, say, write
from tests.doubles.webhooks import Webhooks
from tests.web.people import submit
from wa_assistant.database import db, transaction
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.models import Kind, Message, Reason, Settlement, State, Status, Webhook
from wa_assistant.web.operations.dead_letters import last_line

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
    """The path of the actions on a webhook that was set aside."""
    form = Webhooks().inbound(ANA, MARKUP)
    webhook_log.receive(Kind.INBOUND, urlencode(form).encode())
    for _ in range(4):
        webhook_log.process(only(Webhook).id)
    return f"/set-aside/webhooks/{only(Webhook).id}"


@pytest.fixture
def talk() -> str:
    """The path of the actions on a conversation whose message was set aside."""
    write(ANA, MARKUP)
    with transaction():
        message = db.session.get_one(Message, only(Message).id)
        message.settlement, message.faults = Settlement.DEAD_LETTER, 5
        message.settled_at, message.error = message.created_at, "LookupError\n  a.py:1 answer"
    return f"/set-aside/conversations/{participant(ANA).id}"


@pytest.fixture
def unsent() -> str:
    """The path of the actions on a message of ours that could not be sent."""
    write(ANA)
    message_id = say(ANA, MARKUP)
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.status, message.reason, message.faults = Status.FAILED, Reason.FAULT, 6
        message.settlement, message.error = Settlement.DEAD_LETTER, "LookupError\n  a.py:1 send"
    return f"/set-aside/messages/{message_id}"


def act(client, path: str) -> str:
    """What the page says after the action."""
    response = submit(client, "/set-aside", path)
    assert (response.status_code, response.location) == (303, "/set-aside")
    told = re.search(r'<div class="flashes".*?</div></div>', client.get("/set-aside").text, re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", told[0])).strip() if told else ""


def test_with_nothing_there_the_page_says_so_and_no_page_speaks_of_it(bia):
    assert "Nothing is set aside" in bia.get("/set-aside").text
    assert 'href="/set-aside"' not in bia.get("/").text


def test_a_webhook_is_shown_raw_and_harmless(bia, webhook):
    page = bia.get("/set-aside").text
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


def test_every_page_leads_to_what_was_set_aside(bia, webhook):
    for path in ("/", "/preferences", "/simulator", "/nothing"):
        assert 'href="/set-aside">Look at it' in bia.get(path).text


def test_a_replay_says_how_it_went(bia, webhook, fault):
    assert act(bia, f"{webhook}/replay") == "It failed again, as its error tells. It stays here."
    assert only(Webhook).dead_at
    fault.undo()
    assert act(bia, f"{webhook}/replay") == "The webhook was processed: it has taken effect."
    assert only(Message).body == MARKUP
    assert "Nothing is set aside" in bia.get("/set-aside").text


def test_a_webhook_is_dismissed_with_one_click(bia, webhook):
    page = bia.get("/set-aside").text
    assert f'action="{webhook}/dismiss"' in page
    assert act(bia, f"{webhook}/dismiss") == "The webhook was dismissed: it takes no effect."
    assert only(Webhook).state == State.DISMISSED


def test_a_conversation_is_replayed_and_answered(bia, talk, twilio, work):
    work()
    assert twilio.messages == []
    page = bia.get("/set-aside").text
    assert f'href="/conversations/{participant(ANA).id}"' in page
    assert html.escape(MARKUP, quote=False).replace('"', "&#34;") in page
    assert "1 message ·" in page
    assert "tried 5 times" in page
    assert "tries once more" in act(bia, f"{talk}/replay")
    work()
    assert len(twilio.messages) == 1


def test_a_conversation_is_dismissed(bia, talk):
    assert act(bia, f"{talk}/dismiss").startswith("Dismissed:")
    assert only(Message).settlement == Settlement.WITH_A_PERSON


def test_a_message_that_was_not_sent_is_shown_and_its_thread_leads_there(bia, unsent):
    page = bia.get("/set-aside").text
    assert "Messages not sent" in page
    assert "LookupError" in page
    assert "<script>alert" not in page
    thread = bia.get(f"/conversations/{participant(ANA).id}").text
    assert f'href="/set-aside#unsent-{unsent.rpartition("/")[2]}"' in thread
    assert "our own code failed on it again and again" in thread
    assert "LookupError" not in thread


def test_a_message_is_replayed_or_dismissed_with_one_click(bia, unsent):
    assert act(bia, f"{unsent}/replay").startswith("It is sent once more")
    assert act(bia, f"{unsent}/dismiss").startswith("This is set aside no more")


def test_a_message_that_was_dismissed_stays_unsent(bia, unsent):
    assert act(bia, f"{unsent}/dismiss") == "Dismissed: the message is not sent again by itself."
    assert "Nothing is set aside" in bia.get("/set-aside").text


@pytest.mark.parametrize("action", ["replay", "dismiss"])
@pytest.mark.parametrize("noun", ["webhooks", "conversations", "messages"])
def test_what_somebody_has_seen_to_is_said_to_be_gone(bia, webhook, noun, action):
    assert act(bia, f"/set-aside/{noun}/4711/{action}").startswith("This is set aside no more")


def test_a_viewer_sees_all_and_has_no_buttons(davi, webhook):
    page = davi.get("/set-aside").text
    assert "LookupError" in page
    assert "Replay" not in page
    assert "Dismiss" not in page


def test_an_older_page_that_is_empty_leads_back(bia):
    page = bia.get("/set-aside", query_string={"webhooks": "1"}).text
    assert "There is nothing older." in page


@pytest.mark.parametrize("query", ["webhooks=0", "conversations=x", "messages=99999999999"])
def test_an_address_that_means_nothing_is_the_first_page(bia, webhook, query):
    assert "tried 5 times" in bia.get(f"/set-aside?{query}").text
