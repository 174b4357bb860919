"""Files, voice and replies as one writes them: dropped, pasted, recorded, taken away again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, outbound, participant, rows
from tests.support.browser import PHONE, findings, photograph
from tests.support.samples import PDF, png
from wa_assistant.intake import simulator
from wa_assistant.models import Media, Role

from .pages import CAMILA, from_a_colleague, of_looks, opened, squeezed

pytestmark = pytest.mark.usefixtures("context", "ids")

# Hands a file over as a mouse does when it lets go, or the clipboard when it is pasted.
HAND = """([name, selector, files]) => {
    const data = new DataTransfer();
    for (const [label, type, size] of files) {
        data.items.add(new File([new Uint8Array(size).fill(65)], label, { type }));
    }
    const target = document.querySelector(selector);
    const how = { bubbles: true, cancelable: true };
    target.dispatchEvent(name === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, ...how })
        : new DragEvent(name, { dataTransfer: data, ...how }));
}"""
CHOSEN: Any = [
    {"name": "planta do apartamento.png", "mimeType": "image/png", "buffer": png(640, 480)},
    {"name": "contrato-2026.pdf", "mimeType": "application/pdf", "buffer": PDF},
]


def test_files_are_chosen_one_is_taken_away_and_the_rest_is_sent_by_enter(bia):
    page = opened(bia, CAMILA)
    page.locator("#files").set_input_files(CHOSEN)
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator(".chip-size").last).to_have_text("48 kB")
    page.get_by_role("button", name="Remove contrato-2026.pdf").click()
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".by-user .picture img")).to_be_visible()
    expect(page.locator("#composer-files")).to_be_hidden()
    assert [each.kind for each in from_a_colleague()] == ["image"]
    assert page.evaluate("document.getElementById('files').files.length") == 0


def test_what_is_dropped_and_pasted_goes_with_the_text_under_the_first(bia):
    page = opened(bia, CAMILA)
    note = [["nota.vcf", "text/vcard", 10]]
    page.evaluate(HAND, ["dragenter", ".thread", note])
    expect(page.locator(".reading.dropping")).to_have_count(1)
    page.evaluate(HAND, ["drop", ".thread", note])
    expect(page.locator(".reading.dropping")).to_have_count(0)
    page.evaluate(HAND, ["paste", "#body", [["image.webp", "image/webp", 100]]])
    expect(page.locator(".chip").last).to_contain_text("sent as JPEG")
    assert page.evaluate("document.getElementById('files').files.length") == 2


def test_limits_are_told_before_anything_is_sent(bia):
    page = opened(bia, CAMILA)
    page.locator("#body").fill("o filme")
    page.evaluate(HAND, ["drop", ".thread", [["filme.mp4", "video/mp4", 17_000_000]]])
    expect(page.locator("#composer-problem")).to_have_text("“filme.mp4” is larger than 16 MB.")
    page.locator("#body").press("Enter")
    expect(page.locator("#composer-problem")).to_have_text("“filme.mp4” is larger than 16 MB.")
    page.get_by_role("button", name="Remove filme.mp4").click()
    expect(page.locator("#composer-problem")).to_be_empty()
    expect(page.locator("#body")).to_have_value("o filme")
    page.evaluate(HAND, ["drop", ".thread", [[f"{n}.pdf", "", 9] for n in range(11)]])
    expect(page.locator("#composer-problem")).to_have_text("10 files at once at most.")
    expect(page.locator(".chip")).to_have_count(10)
    assert from_a_colleague() == []


def test_what_the_server_refuses_stays_with_its_text(bia):
    bia.expected = ("422",)
    page = opened(bia, CAMILA)
    page.locator("#body").fill("veja isto")
    page.evaluate(HAND, ["drop", ".thread", [["foto.jpg", "image/jpeg", 100]]])
    page.locator("#body").press("Enter")
    expect(page.locator("#composer-problem")).to_contain_text("not the kind of file its name says")
    expect(page.locator("#body")).to_have_value("veja isto")
    expect(page.locator(".chip")).to_have_count(1)
    assert rows(Media) == []


def test_a_voice_is_recorded_heard_and_sent(bia):
    page = opened(bia, CAMILA)
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#recording-time")).to_have_text("0:01")
    page.locator("#recording").get_by_role("button", name="Finish").click()
    expect(page.locator("#recording")).to_be_hidden()
    expect(page.locator(".chip audio")).to_be_visible()
    page.locator(".chip audio").evaluate("player => { player.muted = true; return player.play(); }")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".by-user audio")).to_be_visible()
    (sent,) = from_a_colleague()
    assert (sent.kind, rows(Media)[0].content_type) == ("audio", "audio/ogg")


def test_a_recording_is_cancelled_and_nothing_is_left_of_it(bia):
    page = opened(bia, CAMILA)
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#recording")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#recording")).to_be_hidden()
    expect(page.locator(".chip")).to_have_count(0)


def test_that_the_browser_does_not_allow_it_is_told_in_words(bia):
    page = opened(bia, CAMILA)
    page.evaluate(
        "void (navigator.mediaDevices.getUserMedia ="
        " () => Promise.reject(new DOMException('no', 'NotAllowedError')))"
    )
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#composer-problem")).to_contain_text("Allow the microphone for this page")


def test_a_reply_survives_a_reload_and_is_taken_away_by_its_cross(bia):
    page = opened(bia, CAMILA)
    reply = page.locator(".message-inbound .reply").last
    words = reply.get_attribute("data-line") or ""
    reply.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_focused()
    expect(page.locator("#composer-quote [data-line]")).to_have_text(words)
    page.locator("#body").fill("claro")
    page.reload()
    expect(page.locator("#composer-quote [data-line]")).to_have_text(words)
    page.locator("#unquote").click()
    expect(page.locator("#composer-quote")).to_be_hidden()
    page.locator(".message-inbound .reply").last.click()
    page.locator("#body").press("Enter")
    expect(page.locator(".by-user .quoted-words").last).to_be_visible()
    expect(page.locator("#composer-quote")).to_be_hidden()
    page.reload()
    expect(page.locator("#composer-quote")).to_be_hidden()
    assert from_a_colleague()[0].body == f"> {words}\nclaro"


def test_without_a_script_a_plain_field_takes_the_files(visit):
    bia = visit(BIA, Role.EDITOR, java_script_enabled=False)
    page = bia.open(f"/conversations/{participant(CAMILA).id}")
    page.locator(".message-inbound .reply").last.click()
    expect(page.locator("#composer-quote")).to_be_visible()
    expect(page.get_by_text("Up to 10 files of 16 MB")).to_be_visible()
    page.locator("#files").set_input_files(CHOSEN)
    page.locator("#body").fill("segue tudo")
    photograph(page, "attached-plain")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".by-user .picture img")).to_be_visible()
    assert [each.kind for each in outbound() if each.user_id][-2:] == ["image", "document"]


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
def test_the_composer_is_looked_at_and_axe_finds_nothing(visit, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    page = opened(bia, CAMILA)
    name = f"{size['width']}-{theme}-{locale}"
    photograph(page, f"attached-empty-{name}")
    page.locator(".message-inbound .reply").last.click()
    page.locator("#files").set_input_files(CHOSEN)
    page.locator("#record").click()
    expect(page.locator("#recording-time")).to_have_text("0:01")
    photograph(page, f"attached-recording-{name}")
    page.locator("[data-recording=done]").click()
    expect(page.locator(".chip audio")).to_be_visible()
    page.locator("#body").fill("Segue a planta, e o contrato para ler com calma.")
    photograph(page, f"attached-{name}")
    assert findings(page) == []
    assert squeezed(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator("#composer > .button-primary").click()
    expect(page.locator(".by-user audio")).to_be_visible()
    photograph(page, f"attached-sent-{name}")
    assert findings(page) == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_pretended_phone_gets_files_and_a_finger_finds_the_reply(visit, work):
    phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    bia = visit(BIA, Role.EDITOR, **phone)
    ivo = simulator.write(simulator.new_address(), "Ivo", "Quanto custa?")
    work()
    page = bia.open(f"/simulator/{ivo.id}?side=team")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    page.locator(".message-inbound .reply").last.tap()
    page.locator("#files").set_input_files([*CHOSEN, {**CHOSEN[1], "name": "outro.pdf"}])
    page.locator("#body").fill("R$ 300 por mês")
    page.locator("#composer > .button-primary").tap()
    expect(page.locator(".by-user a.file")).to_have_count(2)
    photograph(page, "attached-touch")
    work()
    page.goto(f"{bia.site}/simulator/{ivo.id}")
    expect(page.locator(".said-outbound .said-file")).to_have_count(2)
    expect(page.locator(".said-outbound .text").last).to_contain_text("> Quanto custa?")
    photograph(page, "attached-phone")
    assert findings(page) == []
