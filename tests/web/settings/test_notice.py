"""The privacy notice is read, published, and open to everybody, with its earlier versions."""

import re

import pytest

from tests.cast import rows
from tests.web.people import csrf_token
from wa_assistant.models import NoticeVersion

from .test_settings import PORTUGUESE, form, save

pytestmark = pytest.mark.usefixtures("context")

PATH = "/settings/privacy/notice"


def publish(caio, page=None, **fields):
    page = page or caio.get(PATH)
    seen = form(page)["seen"]
    return caio.post(PATH, data={"csrf_token": csrf_token(page), "seen": seen, **fields})


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_until_it_is_published_participants_read_what_the_settings_say(caio, client):
    save(caio, "privacy", countries="Brasil", notice_extra="Não vendemos <dados>.\nNunca.")
    page = client.get("/privacy", headers=PORTUGUESE).text
    assert "Os dados são tratados em: Brasil." in page
    assert "Não vendemos &lt;dados&gt;.\nNunca." in page
    assert "Versões" not in page
    assert "No version is published yet" in caio.get("/settings/privacy").text


def test_what_is_published_stays_as_it_is_until_the_next_version(caio, client):
    save(caio, "privacy", countries="Brasil")
    assert publish(caio).status_code == 303
    told = words(caio.get("/settings/privacy"))
    assert "Participants read version 1, published by caio," in told
    assert "nobody reads it yet" not in told
    save(caio, "privacy", countries="Chile")
    assert "still read what stood here before" not in words(caio.get("/settings/company"))
    save(caio, "company", company="Escola")
    assert "still read what stood here before" in words(caio.get("/settings/company"))
    assert "nobody reads it yet" in words(caio.get("/settings/privacy"))
    assert "tratados em: Brasil." in words(client.get("/privacy", headers=PORTUGUESE))
    assert "processed in: Chile." in words(caio.get(PATH))
    assert "tratados em: Chile." in words(caio.get(f"{PATH}?text=pt_BR"))
    assert publish(caio, change="Agora <b>no</b> Chile").status_code == 303
    assert "still read what stood here before" not in words(caio.get("/settings/company"))
    page = client.get("/privacy", headers=PORTUGUESE)
    assert "tratados em: Chile." in words(page)
    assert "Agora &lt;b&gt;no&lt;/b&gt; Chile" in page.text
    assert "earlier version" not in words(client.get("/privacy/2"))
    first = client.get("/privacy/1?language=en")
    assert "processed in: Brasil." in words(first)
    assert "This is an earlier version." in words(first)
    assert 'href="/privacy/1?language=pt_BR"' in first.text
    assert client.get("/privacy/3").status_code == 404


def test_what_was_not_read_or_says_nothing_new_is_not_published(caio, sign_in):
    before = caio.get(PATH)
    save(caio, "privacy", countries="Chile")
    refused = publish(caio, before)
    assert refused.status_code == 422
    assert "It has changed meanwhile: read it once more" in words(refused)
    assert publish(caio, refused).status_code == 303
    assert "Participants read this very text already." in words(caio.get(PATH))
    save(caio, "privacy", countries="Peru")
    silent = publish(caio)
    assert silent.status_code == 422
    assert "Say in a line what is different" in words(silent)
    assert len(rows(NoticeVersion)) == 1


def test_hours_are_as_they_are_now_beside_a_text_that_stays(caio, client):
    publish(caio)
    assert "A equipe atende" not in words(client.get("/privacy", headers=PORTUGUESE))
    save(caio, "hours", **{"hours.5": "9-12, 13-15"})
    page = words(client.get("/privacy", headers=PORTUGUESE))
    assert "sábado, das 9h ao meio-dia e das 13h às 15h." in page
    assert "nobody reads it yet" not in words(caio.get("/settings/privacy"))
