"""Quick replies by plain forms and links: the page of them, and one that is used."""

import re

import pytest

from tests.cast import ANA, only, outbound, participant
from tests.web.people import comes_in, submit
from wa_assistant.models import QuickReply
from wa_assistant.outreach import quick_replies

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def path(client, twilio) -> str:
    comes_in(twilio, client, ANA, "Oi", ProfileName="Ana <b>Lima</b>")
    return f"/conversations/{participant(ANA).id}"


def add(client, **fields):
    typed = {"shortcut": "preço", "body": "Olá {primeiro nome}!", "whose": "all", **fields}
    return submit(client, "/quick-replies", "/quick-replies", **typed)


def test_one_is_added_changed_and_removed(bia):
    assert add(bia).status_code == 303
    assert "/preço" in bia.get("/quick-replies").text
    page = f"/quick-replies/{only(QuickReply).id}"
    assert "Used 0 times." in bia.get(page).text
    seen = quick_replies.version(only(QuickReply))
    submit(bia, page, page, shortcut="oi", body="Oi!", whose="mine", as_seen=seen)
    assert (only(QuickReply).shortcut, only(QuickReply).user_id is None) == ("oi", False)
    assert submit(bia, page, f"{page}/removal").location == "/quick-replies"
    assert "No quick replies yet" in bia.get("/quick-replies").text


def test_who_changes_what_was_changed_or_removed_meanwhile_keeps_what_was_typed(bia, caio):
    add(bia)
    page = f"/quick-replies/{only(QuickReply).id}"
    before_one = bia.get(page).text
    seen = re.search(r'name="as_seen" value="([^"]+)"', before_one)
    typed = {"shortcut": "oi", "body": "Ours!", "whose": "all", "as_seen": seen and seen[1]}
    submit(caio, page, page, shortcut="oi", body="Theirs", as_seen=seen and seen[1])
    overtaken = submit(bia, page, page, **typed)
    assert overtaken.status_code == 409
    assert ">\nOurs!</textarea>" in overtaken.text
    assert "Theirs</p>" in overtaken.text
    assert only(QuickReply).body == "Theirs"
    submit(caio, page, f"{page}/removal")
    gone = submit(bia, "/quick-replies", page, **typed)
    assert gone.status_code == 409
    assert ">\nOurs!</textarea>" in gone.text
    assert "It was removed meanwhile" in gone.text
    assert 'action="/quick-replies"' in gone.text


def test_what_is_wrong_is_said_beside_what_was_typed(bia):
    refused = add(bia, shortcut="a b", body="Olá {nada}", whose="mine")
    assert refused.status_code == 422
    assert "A shortcut is one word of letters, numbers and hyphens." in refused.text
    assert "Nothing can be filled in for {nada}." in refused.text
    assert 'value="a b"' in refused.text
    assert '<option value="mine" selected>' in refused.text


def test_a_link_without_a_script_brings_the_text_and_sending_counts_it(bia, path):
    add(bia)
    reply = only(QuickReply)
    assert f"{path}?quick={reply.id}#body" in bia.get(f"{path}/quick-replies").text
    page = bia.get(f"{path}?quick={reply.id}").text
    assert "Olá Ana!</textarea>" in page
    assert f'name="quick_reply" value="{reply.id}"' in page
    fields = {"body": "Olá Ana!", "form_key": "a-key-of-a-form", "quick_reply": str(reply.id)}
    for _ in range(2):  # a double click
        submit(bia, path, f"{path}/messages", **fields)
    assert [each.body for each in outbound()] == ["Olá Ana!"]
    assert only(QuickReply).used == 1


def test_what_is_not_filled_in_is_not_sent(bia, path):
    fields = {"body": "Seu pedido {resposta: pedido}", "form_key": "a-key-of-a-form"}
    answer = bia.post(
        f"{path}/messages",
        data=fields | {"csrf_token": token(bia, path)},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "{resposta: pedido}" in answer.headers["HX-Trigger"]
    assert outbound() == []


def token(client, path):
    return client.get(path).text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_those_that_fit_are_offered_with_what_is_known(bia, path):
    add(bia)
    add(bia, shortcut="entrega", body="Em {campo: prazo} dias.")
    htmx = {"HX-Request": "true"}
    offered = bia.get(f"{path}/quick-replies?body=/pre", headers=htmx).text
    assert "/preço" in offered
    assert "Olá Ana!" in offered
    assert "/entrega" not in offered
    reply = only(QuickReply, QuickReply.shortcut == "entrega")
    used = bia.get(f"{path}/quick-replies/{reply.id}", headers=htmx)
    assert "{campo: prazo}" in used.headers["HX-Trigger"]
    assert (
        "No quick reply begins so." in bia.get(f"{path}/quick-replies?body=/zz", headers=htmx).text
    )
