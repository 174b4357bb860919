"""The page that tells participants about their data: open to everybody, made from the settings."""

import re

import pytest

from tests.cast import CAIO, only
from wa_assistant import settings
from wa_assistant.models import User
from wa_assistant.understanding.commands import Command, command
from wa_assistant.web.public.privacy import link

PORTUGUESE = {"Accept-Language": "pt-BR"}

pytestmark = pytest.mark.usefixtures("context")


def choose(caio, **given):
    seen = settings.marks(settings.current())
    settings.change(given, seen, only(User, User.email == CAIO))


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_until_an_owner_chooses_it_is_whole_in_neutral_words(client, language):
    page = client.get("/privacy", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    words = re.sub(r"<[^>]+>", "", page.text)
    assert "%(" not in words
    assert "None" not in words
    assert "<script" not in page.text
    for said in ("LGPD", "ANPD", "WhatsApp"):
        assert said in words


def test_it_is_made_from_the_settings(caio, client):
    choose(
        caio,
        company="Escola <do> Bairro",
        purpose="Para ajudar você.\n\nE só.",
        privacy_contact="dados@escola.com.br",
        countries="Brasil e Estados Unidos.",
        hours=[["08:00", "12:00"], *[None] * 6],
    )
    words = client.get("/privacy", headers=PORTUGUESE).text
    assert "Como Escola &lt;do&gt; Bairro trata o que você escreve" in words
    assert "Para ajudar você.\n\nE só." in words
    assert '<a href="mailto:dados@escola.com.br"' in words
    assert "Os dados são tratados em: Brasil e Estados Unidos." in words
    assert "A equipe atende segunda, das 8h ao meio-dia." in words
    assert "fora do Brasil" not in words


def test_it_tells_how_long_data_is_kept_and_on_what_basis(caio, client):
    neutral = client.get("/privacy", headers=PORTUGUESE).text
    assert "Por quanto tempo guardamos" in neutral
    assert "Base legal" in neutral
    choose(caio, retention="dois anos após a última mensagem.", legal_basis="consentimento")
    words = client.get("/privacy", headers=PORTUGUESE).text
    assert "Por este prazo: dois anos após a última mensagem." in words
    assert "Base legal: consentimento." in words


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_it_says_nothing_of_hours_that_nobody_entered(caio, client, language):
    choose(caio, company="Escola do Bairro")
    words = client.get("/privacy", headers={"Accept-Language": language}).text
    assert "A equipe atende" not in words
    assert "Our team is there" not in words


def test_it_says_nothing_of_hours_there_are_not(caio, client):
    choose(caio, hours=[None] * 7)
    assert "A equipe atende" not in client.get("/privacy", headers=PORTUGUESE).text


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_the_words_it_tells_people_to_write_are_understood(client, language):
    page = client.get("/privacy", headers={"Accept-Language": language}).text
    told = re.findall(r"<dt><code>(\w+)</code></dt>", page)
    assert [command(word) for word in told] == [Command.STOP, Command.RETURN, Command.PERSON]


def test_its_address_may_ask_for_a_language_which_holds_for_no_other_page(client):
    page = client.get("/privacy?language=pt_BR", headers={"Accept-Language": "en"})
    assert "Os seus direitos" in page.text
    assert 'href="/privacy?language=en"' in page.text
    assert "Your rights" in client.get("/privacy?language=xx").text
    assert '<html lang="en">' in client.get("/sign-in?language=pt_BR").text


@pytest.mark.parametrize(
    ("contact", "to"),
    [
        ("dados@escola.com.br", "mailto:dados@escola.com.br"),
        ("a&b?c@x.com", "mailto:a%26b%3Fc@x.com"),
        ("https://escola.com.br/privacidade", "https://escola.com.br/privacidade"),
        ("(11) 3333-4444", "tel:+551133334444"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("Rua das Flores, 12", None),
        ("", None),
    ],
)
def test_a_contact_leads_where_it_can(contact, to):
    assert link(contact) == to


def test_who_is_signed_in_sees_it_too_and_owners_find_it(caio, davi):
    assert davi.get("/privacy").status_code == 200
    assert 'href="/privacy"' in caio.get("/settings/privacy").text
