"""Without a mouse: the field that finds everything, and the keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, participant, write
from tests.support.browser import PHONE, findings, photograph
from wa_assistant.models import Role

from .pages import CAMILA, RAFAEL, hears, of_looks, opened, rests

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def page(bia) -> Page:
    return opened(bia)


def name(address: str) -> str:
    found: str = participant(address).name
    return found


def test_the_field_opens_anywhere_finds_a_message_and_leads_to_its_line(bia):
    write(CAMILA, "Vocês têm desconto para irmãos?")
    page = bia.open("/knowledge")
    hears(page)
    page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox", name="What you look for")
    expect(field).to_be_focused()
    page.keyboard.type("descontos irmão")
    expect(page.locator("#palette mark").first).to_have_text("desconto")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette .hit a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_have_text(name(CAMILA))
    assert "#message-" in page.url
    hears(page)  # nothing that it fetches at first is cut off


def test_the_first_that_is_found_opens_by_enter_and_escape_leads_back(bia):
    page = bia.open("/knowledge")
    link = page.get_by_role("link", name="Journeys").first
    link.focus()
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("prefer")
    expect(page.locator("#palette-found a")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Preferences")


def test_the_field_is_left_by_no_tab_and_told_by_ear(page):
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-found a").first).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || palette.contains(document.activeElement)"
        )
        assert page.evaluate(inside)
    page.locator("#palette-words").fill("nobody at all")
    expect(page.locator("#palette-said")).to_have_text("0 found")
    expect(page.get_by_text("Nothing has all of these words.")).to_be_visible()
    expect(page.locator("#palette-found a")).to_have_text("Look among those who are simulated")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_what_the_open_conversation_offers_is_done_from_the_field(bia):
    page = opened(bia, CAMILA)
    page.keyboard.press("Control+k")
    page.keyboard.type("take")
    expect(page.locator("#palette-here button")).to_have_text("Take overT")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#hand-back")).to_be_visible()
    expect(page.locator("#palette")).to_be_hidden()


def test_one_goes_through_the_list_opens_writes_and_comes_back_by_keys(page):
    rows = page.locator("#conversations .row-item a")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_focused()
    rests(page)
    page.keyboard.type("jk t")
    expect(page.locator("#body")).to_have_value("jk t")
    expect(page.locator("#take")).to_be_visible()
    page.keyboard.press("Escape")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("#hand-back")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#body")).to_be_focused()
    expect(page.locator("#body")).to_have_value("jk t")


def test_a_note_is_written_and_a_conversation_put_off_and_done_by_keys(bia):
    page = opened(bia, CAMILA)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("#note-body")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#snooze").get_by_text("Snooze until")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#open-again")).to_be_visible()


def test_a_message_and_a_note_are_begun_by_keys_whichever_was_written_before(bia):
    page = opened(bia, CAMILA)
    for key, field in (("r", "#body"), ("n", "#note-body"), ("n", "#note-body"), ("r", "#body")):
        page.keyboard.press("Escape")
        page.keyboard.press(key)
        expect(page.locator(field)).to_be_focused()
    page.keyboard.type("esta")
    expect(page.locator("#body")).to_have_value("esta")
    expect(page.locator("#done")).to_be_visible()


def test_who_finishes_a_conversation_stands_at_the_next_of_the_list(page):
    rows = page.locator("#conversations .row-item a")
    for _ in range(3):
        page.keyboard.press("j")
    third, fourth = (rows.nth(at).locator(".who").inner_text() for at in (2, 3))
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_have_text(third)
    expect(page.locator("#body")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(rows.nth(2).locator(".who")).to_have_text(fourth)
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_have_text(fourth)


@pytest.mark.parametrize(
    ("key", "shows"), [("e", "#open-again"), ("t", "#hand-back"), ("n", "#note-body:focus")]
)
def test_a_key_in_the_list_is_of_the_row_with_the_focus_and_not_of_what_is_open(bia, key, shows):
    page = opened(bia, CAMILA)
    rests(page)
    page.keyboard.press("Escape")
    expect(page.locator("#conversations [aria-current=page]")).to_be_focused()
    page.keyboard.press("j")
    row = page.locator("#conversations .row-item a:focus")
    named, other = row.locator(".who").inner_text(), name(CAMILA)
    assert named != other
    page.keyboard.press(key)
    expect(page.locator("#name")).to_have_text(named)
    expect(page.locator(shows)).to_be_visible()
    camila = participant(CAMILA)
    assert (camila.status, camila.taken_over_by_id) == ("open", None)


def test_a_key_is_of_nobody_where_another_is_chosen_before_it_has_opened(bia):
    page = opened(bia, CAMILA)
    rests(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'e', bubbles: true, cancelable: true}));"
        " document.querySelector('#conversations [aria-current]').click()"
    )
    rests(page)
    expect(page.locator("#name")).to_have_text(name(CAMILA))
    assert participant(CAMILA).status == "open"


def test_a_tag_is_given_by_keys_also_where_the_card_is_closed_or_a_sheet(bia):
    page = opened(bia, CAMILA)
    page.keyboard.press("Escape")
    page.locator("#card-tags > summary").click()
    page.keyboard.press("l")
    expect(page.locator("#card-tag-value")).to_be_focused()
    page.keyboard.type("Feira")
    page.keyboard.press("Enter")
    expect(page.locator("#card .tag")).to_have_text("Feira")
    page.keyboard.press("Escape")
    expect(page.locator("#conversations a[aria-current=page]")).to_be_focused()
    page.set_viewport_size({"width": 1000, "height": 800})
    page.keyboard.press("l")
    expect(page.locator("#card.is-sheet #card-tag-value")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_no_key_acts_with_another_held(bia, held):
    page = opened(bia, CAMILA)
    page.locator(".thread").focus()
    page.keyboard.press(f"{held}+t")
    page.keyboard.press(f"{held}+j")
    expect(page.locator(".thread")).to_be_focused()
    expect(page.locator("#take")).to_be_visible()


def test_no_key_acts_in_a_dialog_while_letters_are_composed_or_for_who_may_not(bia, visit):
    page = opened(bia, CAMILA)
    page.locator(".thread").focus()
    composed = "new KeyboardEvent('keydown', {key: 't', isComposing: true, bubbles: true})"
    page.evaluate(f"document.activeElement.dispatchEvent({composed})")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="In a conversation")).to_be_visible()
    page.keyboard.press("t")
    page.keyboard.press("Escape")
    expect(page.locator("#take")).to_be_visible()
    reader = opened(visit("davi@example.com", Role.VIEWER), CAMILA)
    reader.keyboard.press("t")
    reader.keyboard.press("r")
    expect(reader.locator("#state")).to_contain_text("The assistant answers.")


def test_who_has_switched_keys_off_types_none_by_accident(bia):
    page = bia.open("/preferences")
    page.get_by_label("Single keys act").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your preferences are saved.")).to_be_visible()
    page = opened(bia, CAMILA)
    page.locator(".thread").focus()
    page.keyboard.press("t")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#take")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_the_field_to_write_in_is_one_tab_and_enter_from_the_start_and_has_the_focus(bia):
    page = opened(bia, CAMILA)
    expect(page.locator("#body")).to_be_focused()
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    page.locator("body").evaluate("each => { each.tabIndex = -1; each.focus(); }")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to writing")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_focused()


def test_on_a_phone_nothing_brings_up_the_keyboard(visit, ids):
    page = opened(visit(BIA, Role.EDITOR, viewport=PHONE, has_touch=True, is_mobile=True), RAFAEL)
    expect(page.locator("#body")).not_to_be_focused()


def test_without_a_script_the_link_leads_to_the_page(visit, ids):
    write(CAMILA, "Vocês têm desconto para irmãos?")
    page = visit(BIA, Role.EDITOR, java_script_enabled=False).open("/knowledge")
    page.get_by_role("link", name="Search").first.click()
    page.get_by_label("What you look for").first.fill("desconto")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="desconto").click()
    expect(page.locator("#name")).to_have_text(name(CAMILA))


@of_looks
def test_search_and_keys_are_clean_to_look_at(visit, ids, look):
    size, theme, language = look
    write(CAMILA, "Vocês têm desconto para irmãos?")
    write(RAFAEL, "Bom dia! " * 20 + "Qual é o desconto à vista, e até quando? " + "Grato. " * 20)
    browser = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=language)
    for address in ("/search", "/search?q=descontos", "/search?q=nobody+here", "/keyboard"):
        page = browser.open(address)
        assert findings(page) == []
        photograph(page, f"{address.strip('/').replace('?q=', '-')}-{size['width']}-{theme}")
    page.keyboard.press("Control+k")
    page.keyboard.type("desconto")
    expect(page.locator("#palette mark").first).to_be_visible()
    assert findings(page) == []
    photograph(page, f"palette-{size['width']}-{theme}")
