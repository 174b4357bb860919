"""What a row of the list tells: their words, what became of our answer, and what is to be known."""

import re
from datetime import timedelta

import pytest

from tests.cast import ANA, BIA, BRUNO, known, only, participant, say, write
from tests.web.people import comes_in, is_reported
from wa_assistant.conversation import outbox, reading, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import starters
from wa_assistant.models import (
    UNTIL_RESUMED,
    Author,
    Direction,
    Message,
    Participant,
    Status,
    User,
)

pytestmark = pytest.mark.usefixtures("context")

HTMX = {"HX-Request": "true"}
FILTERS = re.compile(r'<nav class="filters".*?</nav>', re.DOTALL)


def row(browser, path: str = "/conversations", **options) -> str:
    """The words of the one row, as they are read out."""
    (found,) = re.findall(r'<li class="row-item.*?</li>', browser.get(path, **options).text, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_what_they_asked_is_read_and_not_the_line_about_privacy(davi, client, twilio, work):
    starters.install()
    comes_in(twilio, client, ANA, "Quanto custa o intensivo?", ProfileName="Ana")
    work()
    assert "assistente virtual" in twilio.messages[0].body
    for path in ("/conversations", "/conversations/list"):
        told = row(davi, path)
        assert "Assistant answered: Quanto custa o intensivo?" in told
        assert "assistente virtual" not in told
        assert "/privacy" not in told


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("text", "*Oi*, tem vaga?", "Oi, tem vaga?"),
        ("image", "", "Photo"),
        ("image", "Segue o comprovante", "Photo: Segue o comprovante"),
        ("document", "contrato.pdf", "Document: contrato.pdf"),
    ],
)
def test_it_is_their_words_whoever_spoke_last(bia, davi, kind, body, words):
    write(ANA, body, MessageType=kind)
    colleague = only(User, User.email == BIA)
    with transaction():
        ana = db.session.get_one(Participant, participant(ANA).id)
        said = outbox.put(ana, "Recebido, obrigada!", Author.USER)
        said.user_id, said.status = colleague.id, Status.DELIVERED
    assert f"You answered: {words}" in row(bia)
    assert f"{colleague.label} answered: {words}" in row(davi)
    assert "Recebido" not in row(davi)


def test_of_several_answers_they_are_the_words_before(davi):
    write(ANA, "Primeira")
    write(ANA, "Segunda")
    for words in ("Um momento", "Achei", "É quinta"):
        say(ANA, words)
    assert "waiting to be sent: Segunda" in row(davi)


def test_what_did_not_arrive_is_told_before_their_words(davi, client, twilio, work):
    comes_in(twilio, client, ANA, "O boleto não chegou")
    work()
    is_reported(twilio, client, twilio.messages[0].sid, "undelivered", 63024)
    assert "not delivered: O boleto não chegou" in row(davi)


def test_who_has_written_nothing_is_shown_by_what_was_said_to_them(davi):
    known(ANA)
    say(ANA, "Bom dia!")
    assert "Assistant: Bom dia!" in row(davi)


def test_all_previews_come_with_two_statements_however_many_they_are(statements):
    for number in range(5):
        write(f"whatsapp:+551190000000{number}", "Oi")
        say(f"whatsapp:+551190000000{number}", "Olá")
    ids = [each.id for each in db.session.query(Participant)]
    db.session.rollback()
    statements.clear()
    found = reading.last_messages(ids)
    assert {(each.said.body, each.heard and each.heard.body) for each in found.values()} == {
        ("Olá", "Oi")
    }
    tables = [re.findall(r"\nFROM (\w+)", each)[0] for each in statements]
    assert tables == ["messages", "media"]


def test_a_participant_s_words_far_above_are_found_all_the_same():
    write(ANA, "Oi")
    ana = participant(ANA).id
    with transaction():
        for number in range(200):
            ours = {"direction": Direction.OUTBOUND, "author": Author.USER, "status": Status.READ}
            db.session.add(Message(participant_id=ana, body=str(number), **ours))
    last = reading.last_messages([ana])[ana]
    assert (last.said.body, last.heard and last.heard.body) == ("199", "Oi")


@pytest.mark.parametrize("word", ["SAIR", "parar", "STOP", "quero sair da lista"])
def test_who_stopped_is_seen_in_the_list_and_nothing_there_leads_back(bia, word):
    write(ANA, "Oi")
    write(ANA, word)
    told = row(bia)
    assert "Wants no more messages" in told
    ana = participant(ANA)
    assert ana.stopped_at
    with transaction():
        db.session.get_one(Participant, ana.id).paused_until = UNTIL_RESUMED
    assert "Paused" not in row(bia), "the pause says nothing beside it"
    head = bia.get(f"/conversations/{ana.id}/head").text
    assert "They want no more messages" in head
    assert 'class="stopped"' in head
    assert 'id="resume"' not in head
    assert "Pause the assistant" not in head


def test_who_came_back_is_like_everybody(bia):
    for words in ("Oi", "SAIR", "VOLTAR"):
        write(ANA, words)
    assert "Wants no more messages" not in row(bia)
    with transaction():
        ana = db.session.get_one(Participant, participant(ANA).id)
        ana.paused_until = utcnow() + timedelta(hours=1)
    assert "Paused until" in row(bia)
    assert 'id="resume"' in bia.get(f"/conversations/{participant(ANA).id}/head").text


def test_a_stopped_one_who_is_held_is_handed_back(bia):
    for words in ("Oi", "SAIR"):
        write(ANA, words)
    takeover.take_over(participant(ANA).id, only(User, User.email == BIA))
    assert "You hold it" in row(bia)
    assert 'id="hand-back"' in bia.get(f"/conversations/{participant(ANA).id}/head").text


@pytest.mark.parametrize("query", ["", "?show=unread", "?q=ana"])
def test_the_list_s_address_typed_is_a_page(davi, query):
    path = f"/conversations/list{query}"
    write(ANA, "Oi", ProfileName="Ana")
    page, fragment = davi.get(path).text, davi.get(path, headers=HTMX).text
    assert page.startswith("<!doctype html>")
    assert "<title>" in page
    assert "<html" not in fragment
    assert row(davi, path) == row(davi, path, headers=HTMX)


def test_a_page_of_a_search_typed_as_the_list_s_address_stays_that_page(davi):
    write(ANA, "Oi", ProfileName="Ana")
    write(BRUNO, "Oi", ProfileName="Ana")
    older = reading.Place(participant(BRUNO).last_activity_at, participant(BRUNO).id)
    page = davi.get("/conversations/list", query_string={"q": "ana", "before": str(older)}).text
    assert len(re.findall(r'id="row-', page)) == 1


@pytest.mark.parametrize("asked", ["", "?show=mine", "?q=ana", "?before=3"])
def test_another_filter_keeps_the_conversation_that_is_open(davi, asked):
    write(ANA, "Oi", ProfileName="Ana")
    path = f"/conversations/{participant(ANA).id}"
    (filters,) = FILTERS.findall(davi.get(path + asked).text)
    ways = re.findall(r'href="(/conv[^"]+)"', filters)
    assert len(ways) == 11  # nine lists, and two ways to sort them
    assert {way.partition("?")[0] for way in ways} == {path}
    assert ("q=ana" in ways[0]) == ("q=" in asked)
    (filters,) = FILTERS.findall(davi.get("/conversations" + asked.replace("before=3", "")).text)
    assert 'href="/conversations?' in filters
