"""One's own language and theme, over what the browser asks for."""

import re
from typing import Any

import pytest

from tests.cast import DAVI, only, rows
from tests.web.people import csrf_token, submit
from wa_assistant.models import Action, AuditEntry, Role, User

PORTUGUESE = {"Accept-Language": "pt-BR,pt;q=0.9,en;q=0.8"}


def save(client, **fields):
    return submit(client, "/preferences", "/preferences", **fields)


def opened(response) -> str:
    """The tag that opens the page."""
    found = re.search(r"<html[^>]*>", response.text)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("pt-BR,pt;q=0.9", "pt-BR"),
        ("pt", "pt-BR"),
        ("pt-PT,en;q=0.5", "pt-BR"),
        ("fr,pt;q=0.7,en;q=0.9", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("\u00e9;;q=x", "en"),
    ],
)
def test_the_browser_s_language_is_spoken(client, asked, language):
    page = client.get("/sign-in", headers={"Accept-Language": asked})
    assert opened(page) == f'<html lang="{language}">'
    assert ("Entrar" if language == "pt-BR" else "Sign in") in page.text


def test_what_one_chose_is_spoken_whatever_the_browser_asks(davi, bia):
    assert save(davi, language="pt_BR", theme="dark").location == "/preferences"
    page = davi.get("/preferences")
    assert opened(page) == '<html lang="pt-BR" data-theme="dark">'
    assert "Suas preferências foram salvas." in page.text
    assert "Suas preferências" not in davi.get("/preferences").text
    assert opened(bia.get("/")) == '<html lang="en">'
    save(davi, language="en", theme="light")
    assert opened(davi.get("/", headers=PORTUGUESE)) == '<html lang="en" data-theme="light">'


def test_what_is_chosen_is_marked_and_can_be_given_back(davi):
    save(davi, language="pt_BR", theme="dark")
    chosen = re.findall(r'value="(\w*)" checked', davi.get("/preferences").text)
    assert chosen == ["pt_BR", "dark"]
    save(davi, language="", theme="")
    assert re.findall(r'value="(\w*)" checked', davi.get("/preferences").text) == ["", ""]
    assert opened(davi.get("/", headers=PORTUGUESE)) == '<html lang="pt-BR">'


def test_one_s_own_name_is_one_s_own_to_change_and_colleagues_see_it(davi, bia, context):
    def rename(name: str) -> Any:
        return submit(davi, "/preferences", "/preferences/name", name=name, role="owner")

    assert rename(" Davi\u202e  Prado ").location == "/preferences"
    assert "Saved." in davi.get("/preferences").text
    assert "Davi Prado" in bia.get("/team").text
    entry = only(AuditEntry, AuditEntry.action == Action.CHANGED)
    assert (entry.actor, entry.subject_id) == (DAVI, DAVI)
    assert (entry.before, entry.after) == ({"name": ""}, {"name": "Davi Prado"})
    refused = rename("D" * 201)
    assert refused.status_code == 422
    assert "At most 200 characters." in refused.text
    assert "D" * 201 in refused.text
    rename("Davi Prado")
    rename("")
    assert 'class="one-line">davi<' in bia.get("/team").text
    assert len(rows(AuditEntry, AuditEntry.action == Action.CHANGED)) == 2
    assert only(User, User.email == DAVI).role == Role.VIEWER


@pytest.mark.parametrize(
    "fields", [{"language": "fr"}, {"theme": "pink"}, {"language": "../x", "theme": "dark"}]
)
def test_what_there_is_not_cannot_be_chosen(davi, fields):
    assert save(davi, **fields).status_code == 400
    assert opened(davi.get("/")) == '<html lang="en">'


def test_errors_speak_the_reader_s_language(davi, client):
    assert "Não há nada aqui" in client.get("/nothing", headers=PORTUGUESE).text
    save(davi, language="pt_BR")
    assert "Seu papel não permite isto." in davi.get("/simulator").text
    form = {"csrf_token": "forged"}
    assert "Este formulário está desatualizado." in davi.post("/preferences", data=form).text


def test_numbers_and_plurals_are_written_as_the_language_has_them(bia, monkeypatch):
    monkeypatch.setattr("wa_assistant.intake.simulator.read", lambda _: 2)
    path = submit(bia, "/simulator", "/simulator", name="Ivo", body="Oi").location
    form = {"csrf_token": csrf_token(bia.get(path))}
    page = bia.post(f"{path}/reading", data=form, headers=PORTUGUESE, follow_redirects=True)
    assert "2 mensagens foram lidas." in page.text
