"""What a provider refuses is said on every page, with what to do for who can do it."""

import re
from html import unescape

import pytest
from sqlalchemy import event

from tests.cast import BIA, CAIO
from tests.support.work import forget_what_was_read
from tests.web import people
from wa_assistant.clients.failures import Failure
from wa_assistant.database import db
from wa_assistant.models import Provider, Role
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")

PAGES = ("/", "/simulator", "/preferences", "/dead-letters", "/nothing")
NO_CREDIT = "The model's account has no credit."
AT_ONCE = "answered at once from the documents, or told that a person will answer."
REFUSED = "Twilio refuses to send."


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def alarms(client, path: str = "/") -> str:
    return text(alarm(client, path))


def alarm(client, path: str = "/") -> str:
    found = re.search(r'<div id="notices".*?(?=<main)', client.get(path).text, re.S)
    assert found
    return found[0]


def test_with_nothing_wrong_nothing_is_said(bia, client):
    assert alarms(bia) == ""
    circuit.break_(Provider.MODEL, "no credit")
    assert "no credit" not in client.get("/sign-in").text


def test_that_nobody_is_answered_is_told_on_every_page_with_its_reason(bia, engine, valkey):
    engine.register_death()
    for path in PAGES:
        told = alarms(bia, path)
        assert told.startswith("Nobody is being answered. No engine runs")
        assert "no room" not in told
    valkey.stop()
    assert "Nobody is being answered. Redis is away" in alarms(bia)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_on_every_page_and_gone_once_there_is_room(make_app, disk, databases):
    url = databases.clean("sqlite", disk.path / "wa_assistant.sqlite3")
    app = make_app(DATA_DIR=disk.path, DATABASE_URL=url)
    bia, caio = (people.signed_in(app, *who) for who in ((BIA, Role.EDITOR), (CAIO, Role.OWNER)))
    disk.fill()
    for path in PAGES:
        told = alarms(bia, path)
        assert "There is no room on the disk. Messages that come in are refused" in told
        assert "Nobody is being answered. The database takes nothing in" in told
        assert "An owner has to see to it." in told
    assert "Delete or move what else fills the disk" in alarms(caio)
    disk.make_room()
    assert alarms(bia) == ""


def test_a_full_disk_beside_the_database_keeps_no_files_but_answers(make_app, disk):
    app = make_app(DATA_DIR=disk.path)
    bia = people.signed_in(app, BIA, Role.EDITOR)
    disk.fill()
    told = alarms(bia)
    assert "There is no room on the disk. Messages come in, but files cannot be kept." in told
    assert "Nobody is being answered" not in told


def test_a_model_without_credit_is_told_on_every_page_until_it_answers(bia):
    circuit.break_(Provider.MODEL, "insufficient_quota")
    for path in PAGES:
        told = alarms(bia, path)
        assert NO_CREDIT in told
        assert AT_ONCE in told
        assert re.search(r"Tried again at \d+:\d\d", told)
        assert "In the provider's words: insufficient_quota" in told
    circuit.close(Provider.MODEL)
    assert alarms(bia) == ""


def test_a_model_that_fails_again_and_again_is_told_with_its_reason(bia, caio):
    circuit.warn(Provider.MODEL, "401: no such key", "key")
    for path in PAGES:
        told = alarms(bia, path)
        assert "The model does not answer: the server refused the key." in told
        assert "Tried again with the next message." in told
        assert "no such key" not in told, "it may show a part of the key"
        assert "So it was three times in a row or more, since" in told
    assert "doctor model" not in alarms(bia)
    assert ".venv/bin/flask --app wsgi doctor model" in alarms(caio)
    assert 'href="/settings/connections"' in alarm(caio)
    assert 'href="/settings' not in alarm(bia)
    circuit.close(Provider.MODEL)
    assert alarms(bia) == ""


def test_what_participants_get_meanwhile_is_told(bia):
    """At once where it is left alone, and after a wait where it is asked too often."""
    circuit.break_(Provider.MODEL, "ConnectError", failure=Failure.UNREACHABLE)
    told = alarms(bia)
    assert "The model does not answer: the server cannot be reached." in told
    assert AT_ONCE in told
    assert "They wait for nothing. From time to time one message tries the model" in told
    assert re.search(r"Tried again at \d+:\d\d", told)
    assert "three times in a row" not in told
    circuit.close(Provider.MODEL)
    circuit.warn(Provider.MODEL, "429", Failure.BUSY)
    told = alarms(bia)
    assert AT_ONCE not in told
    assert "Participants wait for it, two minutes at most" in told


def test_of_what_we_have_no_plain_words_for_the_provider_s_are_quoted(bia):
    circuit.warn(Provider.MODEL, "400: a strange thing", "request")
    assert "In the provider's words: 400: a strange thing" in alarms(bia)


@pytest.mark.parametrize("failure", ["credit", None])
def test_an_account_without_credit_keeps_its_sentence(caio, failure):
    circuit.break_(Provider.MODEL, "insufficient_quota", failure=failure)
    assert NO_CREDIT in alarms(caio)
    assert "Add credit" in alarms(caio)


def test_when_its_pause_is_over_no_time_is_named_that_has_passed(bia, work):
    circuit.break_(Provider.MODEL, "insufficient_quota")
    work.pass_time(circuit.REST[Provider.MODEL].total_seconds() + 1)
    assert "Tried again with the next message." in alarms(bia)


@pytest.mark.parametrize(
    ("code", "reason", "remedy"),
    [
        (20003, "Twilio refused our account's token", "Check TWILIO_ACCOUNT_SID"),
        (63007, "Twilio does not know our WhatsApp number", "Check that TWILIO_WHATSAPP_NUMBER"),
        (63051, "WhatsApp has locked our account", "Meta has locked"),
        (None, "HTTP 401: who are you?", "Look at the account in Twilio's console"),
    ],
)
def test_what_twilio_refuses_is_told_in_words_and_an_owner_what_to_do(
    bia, caio, code, reason, remedy
):
    circuit.break_(Provider.TWILIO, "HTTP 401: who are you?", code)
    for client in (bia, caio):
        assert f"{REFUSED} Messages wait, none is lost." in alarms(client)
        assert f"Reason: {reason}." in alarms(client)
    assert remedy in alarms(caio)
    assert remedy not in alarms(bia)
    assert "An owner has to see to it." in alarms(bia)


def test_both_are_told_and_each_means_what_it_is(bia):
    circuit.break_(Provider.TWILIO, "no", 20003)
    circuit.break_(Provider.MODEL, "<b>no</b>")
    page = bia.get("/").text
    assert re.findall(r'class="alarm (alarm-\w+)"', page) == ["alarm-failure", "alarm-attention"]
    assert "<b>no</b>" not in page


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_of_a_model_that_is_no_longer_connected_only_that_is_said(bia):
    circuit.break_(Provider.MODEL, "insufficient_quota")
    assert alarms(bia) == ""
    assert "No model is connected." in bia.get("/").text


def test_a_page_asks_twice_for_them_and_of_tables_that_are_nearly_empty(app, bia):
    asked: list[str] = []

    def note(connection, cursor, statement, *_):
        asked.append(statement)

    forget_what_was_read()
    event.listen(db.engine, "before_cursor_execute", note)
    bia.get("/preferences")
    event.remove(db.engine, "before_cursor_execute", note)
    theirs = [each for each in asked if "circuits" in each or "dead_at" in each]
    assert len(theirs) == 2
