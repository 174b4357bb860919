"""Writing as a person: Enter, double clicks, drafts, sessions that end, no CDN."""

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, DAVI, participant, rows
from wa_assistant import live
from wa_assistant.conversation import blocking
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Participant, Role, User

from .pages import CAMILA, PUSHED, RAFAEL, from_a_colleague, opened

pytestmark = pytest.mark.usefixtures("context")


def test_enter_sends_and_shift_enter_breaks_the_line(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    page.locator("#body").focus()
    page.keyboard.type("first")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second")
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator("#body")).to_be_focused()
    expect(other.locator(".by-user .text").last).to_have_text("first\nsecond", timeout=PUSHED)
    expect(other.locator("#state")).to_contain_text("Bia Ramos holds", timeout=PUSHED)
    assert [each.body for each in from_a_colleague()] == ["first\nsecond"]


def test_a_double_click_on_taking_over_takes_over(bia):
    page = opened(bia, CAMILA)
    page.get_by_role("button", name="Take over").dblclick()
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    assert participant(CAMILA).taken_over_by_id is not None


def test_a_double_click_sends_once(bia):
    page = opened(bia, CAMILA)
    page.locator("#body").fill("once")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator(".by-user").get_by_text("once")).to_be_visible()
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator("#composer-problem")).to_be_empty()
    assert len(from_a_colleague()) == 1


def test_a_draft_survives_a_reload_and_what_was_sent_does_not_come_back(bia):
    page = opened(bia, CAMILA)
    page.locator("#body").fill("not yet")
    page.reload()
    expect(page.locator("#body")).to_have_value("not yet")
    page.locator("#body").press("Enter")
    expect(page.locator("#body")).to_have_value("")
    page.reload()
    expect(page.locator("#body")).to_have_value("")


def test_what_was_typed_when_the_session_had_expired_is_there_after_signing_in(bia):
    bia.expected = ("401",)
    page = opened(bia, CAMILA)
    cookie = next(each for each in bia.context.cookies() if each["name"].startswith("wa_assistant"))
    page.locator("#body").fill("a long, careful answer")
    bia.context.clear_cookies()
    page.locator("#body").press("Enter")
    page.wait_for_url("**/sign-in")
    expect(page.get_by_text("Your session has ended. What you typed is kept.")).to_be_visible()
    assert from_a_colleague() == []
    bia.context.add_cookies([cookie])  # signed in again, in the same tab
    page.goto(f"{bia.site}/conversations/{participant(CAMILA).id}")
    expect(page.locator("#body")).to_have_value("a long, careful answer")


def test_in_a_colleagues_conversation_the_text_is_kept_and_the_reason_said(bia):
    bia.expected = ("422",)
    page = opened(bia, RAFAEL)
    page.locator("#body").fill("may I?")
    page.locator("#body").press("Enter")
    expect(page.locator("#composer-problem")).to_contain_text("Caio holds this conversation.")
    expect(page.locator("#body")).to_have_value("may I?")
    page.get_by_role("button", name="Take over…").click()
    page.get_by_role("dialog").get_by_role("button", name="Take over").click()
    expect(page.locator("#state")).to_contain_text("You hold")
    expect(page.locator("#composer-problem")).to_be_empty()
    page.locator("#body").press("Enter")
    expect(page.locator("#body")).to_have_value("")
    assert [each.body for each in from_a_colleague()] == ["may I?"]


def test_a_page_that_is_open_says_at_once_that_they_are_blocked_and_keeps_what_was_typed(bia):
    page, caio = opened(bia, CAMILA), rows(User, User.name == "Caio")[0]
    page.locator("#body").fill("half a sentence")
    blocking.block(caio, participant(CAMILA).id)
    expect(page.locator("#is-blocked")).to_be_visible(timeout=PUSHED)
    expect(page.locator("#composer")).to_be_hidden()
    blocking.unblock(caio, participant(CAMILA).id)
    expect(page.locator("#body")).to_be_visible(timeout=PUSHED)
    expect(page.locator("#is-blocked")).to_have_count(0)
    expect(page.locator("#body")).to_have_value("half a sentence")


def test_who_stops_while_one_writes_is_written_to_on_purpose_only(bia):
    page = opened(bia, CAMILA)
    page.locator("#body").fill("half a sentence")
    camila = participant(CAMILA).id
    with transaction():
        db.session.get_one(Participant, camila).stopped_at = utcnow()
        live.conversation_changed(camila)
    box = page.get_by_role("checkbox", name="They want no more messages from us.")
    expect(box).to_be_visible(timeout=PUSHED)
    page.locator("#body").press("Enter")
    assert from_a_colleague() == [], "the browser asks for the tick"
    box.check()
    page.locator("#body").press("Enter")
    expect(page.locator("#body")).to_have_value("")
    assert [each.body for each in from_a_colleague()] == ["half a sentence"]


def test_without_the_cdn_one_reads_writes_and_acts(visit, ids):
    bia = visit(BIA, Role.EDITOR, cdn=False)
    bia.expected = ("Failed to load resource",)
    page = bia.open(f"/conversations/{ids['Camila Ferreira']}")
    page.locator("#body").fill("by hand")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".by-user").get_by_text("by hand")).to_be_visible()
    expect(page.locator("#body")).to_have_value("")
    page.get_by_role("button", name="Hand back").click()
    expect(page.locator("#state")).to_contain_text("The assistant answers.")
    assert len(from_a_colleague()) == 1


def test_a_viewer_sees_and_has_nothing_to_press(visit, ids):
    davi = visit(DAVI, Role.VIEWER)
    page = davi.open(f"/conversations/{ids['João Pedro']}")
    expect(page.locator("#call")).to_contain_text("Needs a person")
    assert page.locator(".pane button:visible, .pane textarea").count() == 0
    assert participant("whatsapp:+5521998765432").unread == 2
