"""What people send besides words, as the team sees and hears it."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, participant, rows
from tests.support.browser import findings, photograph
from tests.support.eventually import eventually
from tests.support.samples import HTML, PDF, png, send, wav
from wa_assistant.intake import simulator
from wa_assistant.models import Media, Role

from .pages import CAMILA, of_looks, opened

pytestmark = pytest.mark.usefixtures("context", "ids")


@pytest.fixture
def sent(context, ids, twilio, openai, work) -> None:
    """Camila sends a voice note, a photo, a contract and something that is none of these."""
    openai.hears = (
        "Oi, bom dia! Então, eu queria saber se ainda tem vaga na turma de quinta à noite, "
        "porque eu mudei de horário no trabalho."
    )
    send(twilio, CAMILA, wav(), "audio/wav", kind="audio", ProfileName="Camila Ferreira")
    work()
    picture = png(640, 480)
    name = {"ProfileName": "Camila Ferreira"}
    send(twilio, CAMILA, picture, "image/png", body="Este é o meu comprovante", **name)
    send(twilio, CAMILA, PDF, "application/pdf", kind="document", body="contrato-2026.pdf", **name)
    send(twilio, CAMILA, HTML, "image/jpeg", **name)
    work()


@pytest.mark.usefixtures("sent")
def test_a_voice_note_plays_and_goes_on_when_the_thread_is_fetched_anew(bia, work, twilio):
    page = opened(bia, CAMILA)
    player = page.locator("audio")
    expect(page.locator(".transcript")).to_contain_text("ainda tem vaga")
    eventually(lambda: page.evaluate("document.querySelector('audio').readyState >= 1"))
    assert page.evaluate("document.querySelector('audio').duration") == pytest.approx(2, abs=0.1)
    player.evaluate("player => { player.loop = true; player.muted = true; return player.play(); }")
    eventually(lambda: page.evaluate("document.querySelector('audio').currentTime > 0"))
    send(twilio, CAMILA, b"BEGIN:VCARD", "text/vcard", kind="contacts")
    work()
    expect(page.locator(".thread .file")).to_have_count(2)
    # It begins anew every two seconds: it may be at its beginning just now.
    eventually(lambda: player.evaluate("player => !player.paused && player.currentTime > 0"))


@pytest.mark.usefixtures("sent")
def test_a_picture_is_seen_and_opens_as_a_page_that_can_do_nothing(bia):
    page = opened(bia, CAMILA)
    eventually(lambda: page.evaluate("document.querySelector('.picture img').naturalWidth === 640"))
    page.locator(".picture").click()
    page.wait_for_url(re.compile("/media/"))
    assert page.evaluate("window.origin") == "null"


@pytest.mark.usefixtures("sent")
def test_a_document_is_saved_under_its_name(bia):
    page = opened(bia, CAMILA)
    with page.expect_download() as download:
        page.locator("a.file").click()
    assert download.value.suggested_filename == "contrato-2026.pdf"
    assert download.value.path().read_bytes() == PDF


def test_a_photo_appears_by_itself_when_it_has_come(bia, twilio, work):
    page = opened(bia, CAMILA)
    send(twilio, CAMILA, png(), "image/png")
    expect(page.get_by_text("Being fetched")).to_be_visible()
    work()
    expect(page.locator(".picture img")).to_be_visible()
    expect(page.get_by_text("Being fetched")).to_have_count(0)


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("sent")
def test_files_are_looked_at_and_axe_finds_nothing(visit, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    page = bia.open(f"/conversations/{participant(CAMILA).id}")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    # It is fetched as it comes in sight.
    page.locator(".picture img").scroll_into_view_if_needed()
    eventually(lambda: page.evaluate("document.querySelector('.picture img').naturalWidth > 0"))
    assert len(rows(Media)) == 4
    for name, place in (("top", "0"), ("end", "1e6")):
        page.evaluate(f"document.querySelector('.thread').scrollTop = {place}")
        photograph(page, f"media-{name}-{size['width']}-{theme}-{locale}")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_file_chosen_on_the_pretended_phone_is_sent_and_seen_by_the_team(visit, work):
    bia = visit(BIA, Role.EDITOR)
    ivo = simulator.write(simulator.new_address(), "Ivo", "Olá")
    page = bia.open(f"/simulator/{ivo.id}")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    chosen = {"name": "contrato.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#attached").set_input_files([chosen])
    expect(page.locator(".toast")).to_have_text("The file was sent.")
    work()
    expect(page.locator(".bench-team a.file")).to_contain_text("contrato.pdf")
    assert findings(page) == []
