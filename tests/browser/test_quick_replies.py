"""A quick reply while one writes: offered by a stroke, chosen by keys, changed and sent."""

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, only
from tests.support.browser import findings, photograph
from wa_assistant.database import db, transaction
from wa_assistant.models import QuickReply, Role

from .pages import CAMILA, from_a_colleague, of_looks, opened

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def kept(ids):
    with transaction():
        for shortcut, body in [("preço", "Custa 10, {first name}."), ("prazo", "Em {field: x}.")]:
            db.session.add(QuickReply(shortcut=shortcut, body=body))


@pytest.mark.usefixtures("kept")
def test_a_stroke_offers_them_and_enter_takes_one_which_enter_then_sends(bia):
    page = opened(bia, CAMILA)
    page.locator("#body").focus()
    page.keyboard.type("/pr")
    options = page.locator("#quick-replies [role=option]")
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("e")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_have_value("Custa 10, Camila.")
    expect(page.locator("#body")).to_be_focused()
    assert from_a_colleague() == []
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_have_value("")
    assert [each.body for each in from_a_colleague()] == ["Custa 10, Camila."]
    assert only(QuickReply, QuickReply.shortcut == "preço").used == 1


@pytest.mark.usefixtures("kept")
def test_what_is_not_known_is_told_and_escape_goes_on_with_the_stroke(bia):
    bia.expected = ("422",)
    page = opened(bia, CAMILA)
    page.locator("#body").focus()
    page.keyboard.type("/prazo")
    expect(page.locator("#quick-replies")).to_be_visible()
    assert findings(page) == []
    page.locator("#quick-replies [role=option]").click()
    expect(page.locator("#quick-note")).to_contain_text("{field: x}")
    page.keyboard.press("Enter")
    expect(page.locator("#composer-problem")).to_contain_text("Fill in {field: x} first")
    page.locator("#body").fill("")
    page.keyboard.type("/pr")
    expect(page.locator("#quick-replies")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#quick-replies")).to_be_hidden()
    expect(page.locator("#body")).to_have_value("/pr")


@pytest.mark.usefixtures("kept")
def test_the_link_offers_all_in_place_and_leads_to_their_page_once_one_writes(bia):
    page = opened(bia, CAMILA)
    link = page.get_by_role("link", name="Quick replies")
    link.click()
    expect(page.locator("#quick-replies [role=option]")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#quick-replies")).to_be_hidden()
    expect(page.locator("#body")).to_have_value("")
    page.locator("#body").fill("Oi!")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a quick reply")


@of_looks
@pytest.mark.usefixtures("kept")
def test_the_offer_and_the_pages_are_looked_at(visit, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    name = f"{size['width']}-{theme}-{locale}"
    page = opened(bia, CAMILA)
    page.locator("#body").focus()
    page.keyboard.type("/p")
    expect(page.locator("#quick-replies")).to_be_visible()
    photograph(page, f"quick-offer-{name}")
    assert findings(page) == []
    for address, called in (("/quick-replies", "page"), (f"{page.url}/quick-replies", "choice")):
        page = bia.open(address.removeprefix(bia.site))
        photograph(page, f"quick-{called}-{name}")
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
