"""Two colleagues in one conversation: what one does there the other sees, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, participant, rows
from tests.support.browser import findings, photograph
from wa_assistant.conversation import notes, takeover
from wa_assistant.models import Message, Note, Role, User

from .pages import CAMILA, PUSHED, from_a_colleague, of_looks, opened, talk

pytestmark = pytest.mark.usefixtures("context")


def test_a_note_is_written_by_keys_told_and_never_sent(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    page.locator("#mode-note").focus()
    page.keyboard.press("Space")
    expect(page.locator("#note-body")).to_be_focused()
    expect(page.locator("#composer")).to_be_hidden()
    page.keyboard.type("Please look @ca")
    expect(page.locator("#names li:visible")).to_have_text(["Caio"])
    page.keyboard.press("Enter")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    expect(page.locator("#note-body")).to_have_value("")
    expect(page.locator("#note-body")).to_be_focused()
    expect(page.locator("#mode-note")).to_be_checked()
    expect(other.locator(".note .text")).to_have_text("Please look @Caio soon", timeout=PUSHED)
    expect(other.locator("#toasts")).to_contain_text("You are mentioned in a note.")
    assert [each.body for each in rows(Note)] == ["Please look @Caio soon"]
    assert from_a_colleague() == []


def test_a_note_that_was_begun_is_there_after_a_reload(bia):
    page = opened(bia, CAMILA)
    page.locator("#to-note").click()
    page.locator("#note-body").fill("not yet")
    page.reload()
    expect(page.locator("#note-body")).to_have_value("not yet")
    expect(page.locator("#note-body")).to_be_visible()
    expect(page.locator("#body")).to_have_value("")


def test_a_colleague_is_seen_to_be_here_and_to_write(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    expect(page.locator("#here")).to_have_text("Caio is here", timeout=PUSHED)
    expect(other.locator("#here")).to_have_text("Bia Ramos is here", timeout=PUSHED)
    page.locator("#body").press_sequentially("Hello")
    expect(other.locator("#here")).to_have_text("Bia Ramos is writing", timeout=PUSHED)


def test_who_goes_to_another_page_is_here_no_more(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    expect(page.locator("#here")).to_have_text("Caio is here", timeout=PUSHED)
    other.goto(f"{caio.site}/participants")
    expect(page.locator("#here")).to_have_count(0, timeout=PUSHED)
    other.go_back()
    expect(page.locator("#here")).to_have_text("Caio is here", timeout=PUSHED)


def test_what_is_typed_in_a_mode_stays_while_the_conversation_changes(bia):
    page = opened(bia, CAMILA)
    page.locator("#to-note").click()
    page.locator("#note-body").fill("half a note")
    caio = rows(User, User.name == "Caio")[0]
    takeover.take_over(participant(CAMILA).id, caio)
    expect(page.locator("#holder")).to_contain_text("Caio holds it", timeout=PUSHED)
    expect(page.locator("#note-body")).to_have_value("half a note")
    expect(page.locator("#note-body")).to_be_focused()
    page.get_by_role("button", name="Take over from Caio").click()
    expect(page.locator("#holder")).to_have_count(0)
    expect(page.locator(".event").last).to_contain_text("You took over", timeout=PUSHED)


def test_a_message_asked_for_is_in_sight_and_both_ways_go_on_from_there(bia):
    talk(CAMILA, 200)
    asked = rows(Message, Message.body == "line 80")[0].id
    page = opened(bia, CAMILA)
    page.goto(f"{page.url.partition('?')[0]}?at={asked}#message-{asked}")
    expect(page.get_by_text("line 80", exact=True)).to_be_in_viewport()
    thread = page.locator(".thread")
    thread.evaluate("each => { each.scrollTop = 0 }")
    expect(page.get_by_text("line 20", exact=True)).to_be_attached()
    while page.locator("#newer").count():
        last = page.locator(".message").last.get_attribute("id")
        thread.evaluate("each => { each.scrollTop = each.scrollHeight }")
        expect(page.locator(".message").last).not_to_have_id(last or "")
    shown = page.locator(".message .text").all_inner_texts()
    lines = [int(each[5:]) for each in shown if re.fullmatch(r"line \d+", each)]
    assert lines == list(range(lines[0], 200))


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("ids")
def test_notes_are_looked_at_and_axe_finds_nothing(visit, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    conversation = participant(CAMILA).id
    caio = rows(User, User.name == "Caio")[0]
    notes.write(conversation, caio, "@Bia Ramos, please call her.", "a-form-key")
    takeover.take_over(conversation, caio)
    for name, address in (("thread", f"/conversations/{conversation}"), ("list", "/mentions")):
        page = bia.open(address)
        if name == "thread":
            page.locator("#to-note").click()
        photograph(page, f"notes-{name}-{size['width']}-{theme}-{locale}")
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
