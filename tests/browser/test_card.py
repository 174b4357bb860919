"""The card in a browser: forms that open in their place, and a sheet on a phone."""

import pytest
from playwright.sync_api import expect

from tests.cast import ANA, BIA, CAIO, known, participant
from tests.journey.people import published, user
from tests.support.browser import findings, photograph
from wa_assistant.conversation import field_list, fields, tags
from wa_assistant.journey import placing
from wa_assistant.models import Role

from .pages import rests

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


# What a browser shows depends on no database.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture
def city(app) -> int:
    """A field of Ana, whose conversation is the first."""
    with app.app_context():
        ana, bia = known(ANA), user(BIA)
        tags.add(bia, ana, "VIP")
        return field_list.add("Cidade", "text", (), user(CAIO)).id


def test_a_field_is_filled_in_where_it_stands_and_its_form_closes(app, visit, city):
    page = visit(BIA, Role.EDITOR, viewport=DESK).open("/conversations/1")
    row = page.locator(f"#card-field-{city}")
    row.locator("summary").click()
    row.get_by_role("textbox").fill("Recife")
    page.keyboard.press("Enter")
    row.locator(".card-value", has_text="Recife").wait_for()
    page.wait_for_function("id => !document.getElementById(id).open", arg=f"card-field-{city}")
    assert findings(page) == []


def test_the_second_of_two_is_told_although_the_card_has_shown_the_first_s_words(app, visit, city):
    bia = visit(BIA, Role.EDITOR, viewport=DESK)
    bia.expected = ("422",)
    page = bia.open("/conversations/1")
    row = page.locator(f"#card-field-{city}")
    row.locator("summary").click()
    row.get_by_role("textbox").fill("Olinda")
    with app.app_context():
        fields.put(user(CAIO), 1, city, "Recife")
    page.evaluate("htmx.trigger(document.body, 'stale')")
    row.locator(".card-value", has_text="Recife").wait_for()
    page.keyboard.press("Enter")
    row.locator(".problem").wait_for()
    # Whatever is fetched meanwhile, the reason stays.
    with page.expect_response("**/card"):
        page.evaluate("htmx.trigger(document.body, 'stale')")
    rests(page)
    assert "Recife" in row.locator(".problem").inner_text()
    assert row.get_by_role("textbox").input_value() == "Olinda"
    row.get_by_role("button").click()
    row.locator(".card-value", has_text="Olinda").wait_for()


def test_a_section_that_was_closed_stays_closed_when_the_card_is_fetched_anew(app, visit, city):
    page = visit(BIA, Role.EDITOR, viewport=DESK).open("/conversations/1")
    page.locator("#card-tags > summary").click()
    with page.expect_response("**/card"):
        page.evaluate("htmx.trigger(document.body, 'stale')")
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    assert not page.evaluate("document.getElementById('card-tags').open")


def test_on_a_phone_it_is_a_sheet_that_is_left_by_escape(app, visit, city):
    page = visit(BIA, Role.EDITOR, viewport=PHONE).open("/conversations/1")
    assert not page.locator("#card").is_visible()
    page.locator("#more > summary").click()
    page.locator("a.to-plan").click()
    assert page.locator("#card").is_visible()
    assert page.url.endswith("/conversations/1")
    assert findings(page) == []
    page.locator("#card-tag-value").fill("Feira")
    page.keyboard.press("Enter")
    page.locator(".tag", has_text="Feira").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()
    with app.app_context():
        assert participant(ANA)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_its_own_and_the_fields_have_nothing_to_find(app, visit, city, theme):
    caio = visit(CAIO, Role.OWNER, viewport=PHONE, color_scheme=theme)
    for address in ("/conversations/1/person", "/participants/fields"):
        page = caio.open(address)
        page.locator("details").evaluate_all("all => all.forEach((each) => each.open = true)")
        assert findings(page) == [], address
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address


@pytest.mark.parametrize(
    ("size", "theme", "locale"), [(DESK, "light", "en-US"), (PHONE, "dark", "pt-BR")]
)
def test_a_journey_begins_anew_or_ends_by_hand_once_one_has_said_so(
    app, visit, city, size, theme, locale
):
    with app.app_context():
        placing.put_into(user(BIA), participant(ANA).id, published(user(BIA)).id)
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    page = bia.open("/conversations/1")
    if size == PHONE:
        page.locator("#more > summary").click()
        page.locator("a.to-plan").click()
    page.locator("#card-placing > summary").click()
    for form, answers in (("card-restart", True), ("card-out", True), ("card-out", False)):
        page.locator(f"#{form} > button").click()
        asks = page.locator(f"#{form}-ask")
        expect(asks).to_be_visible()
        assert findings(page) == []
        photograph(page, f"card-{form}-{size['width']}-{theme}-{locale}")
        asks.locator("button").nth(0 if answers else 1).click()
        expect(asks).to_be_hidden()
    expect(page.locator("#card-out")).to_have_count(0)
    with app.app_context():
        assert participant(ANA).journey_version_id is None


def test_who_was_blocked_is_unblocked_where_one_stands_and_blocked_again(app, visit, city):
    page = visit(BIA, Role.EDITOR, viewport=DESK).open("/conversations/1")
    for _ in range(2):
        page.get_by_role("button", name="Block…").click()
        page.get_by_role("dialog").get_by_role("button", name="Block").click()
        expect(page.locator("#is-blocked")).to_be_visible()
        page.get_by_role("button", name="Unblock").click()
        expect(page.locator("#composer")).to_be_visible()
        expect(page.get_by_role("button", name="Block…")).to_be_visible()


def test_what_the_card_shows_later_acts_without_the_page_being_left(app, visit, city):
    page = visit(BIA, Role.EDITOR, viewport=DESK).open("/conversations/1")
    with app.app_context():
        tags.add(user(BIA), 1, "Novo")
    page.evaluate("window.here = true; htmx.trigger(document.body, 'stale')")
    page.get_by_role("button", name="Novo").click()
    expect(page.get_by_role("button", name="Novo")).to_have_count(0)
    assert page.evaluate("window.here"), "the page was loaded anew"
