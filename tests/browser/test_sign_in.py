"""Signing in through GitHub, and where one is signed in, as they are seen and used in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, CAIO, only
from tests.doubles.github import verified
from tests.support.browser import DESK, PHONE, findings, photograph
from tests.web import people
from wa_assistant.models import Role, User

from .pages import hears, of_looks, squeezed

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
    pytest.mark.environment(OWNER_EMAILS="caio.prado@company.com"),
]


@pytest.fixture
def stranger(app, site, visit, github):
    """Somebody at the door; GitHub sends people back to where the application is served."""
    app.config.update(PUBLIC_URL=site, SESSION_COOKIE_SECURE=False)
    github.person.emails = [verified("caio.prado@company.com", primary=True)]

    def arrive(**options):
        visitor = visit("davi@example.com", Role.VIEWER, **options)
        visitor.context.clear_cookies()
        visitor.expected = ("403", "429")
        return visitor

    return arrive


def looked_at(page: Page, name: str) -> None:
    assert findings(page) == [], name
    assert squeezed(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
    photograph(page, name)


@of_looks
def test_one_signs_in_through_github_and_sees_where(app, stranger, github, look):
    size, theme, language = look
    end = f"{size['width']}-{theme}-{language}"
    page = stranger(viewport=size, color_scheme=theme, locale=language).open("/sign-in")
    looked_at(page, f"sign-in-{end}")
    github.choice = "cancel"
    page.get_by_role("link", name=re.compile("GitHub")).click()
    expect(page.get_by_role("alert")).to_be_visible()
    looked_at(page, f"sign-in-cancelled-{end}")
    github.choice = "allow"
    page.locator("main a.button").click()
    page.get_by_role("link", name=re.compile("GitHub")).click()
    page.wait_for_url("**/")
    assert only(User, User.email == "caio.prado@company.com").role == "owner"
    people.signed_in(app, "caio.prado@company.com", Role.OWNER)
    page.goto(page.url + "preferences")
    picture = page.locator("img.portrait")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.naturalWidth") == 1
    expect(page.locator(".sessions > li")).to_have_count(2)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": height})
    looked_at(page, f"sessions-{end}")


def test_a_browser_that_is_signed_out_from_another_closes_what_it_shows(visit):
    visitor = visit(CAIO, Role.OWNER, viewport=PHONE)
    visitor.expected = ("401",)
    phone = visitor.open("/")
    desk = visit(CAIO, Role.OWNER, viewport=DESK).open("/preferences")
    hears(phone)
    desk.get_by_role("button", name="Sign out everywhere else").click()
    expect(desk.get_by_text("1 other browser is signed out.")).to_be_visible()
    phone.wait_for_url("**/sign-in")
    expect(desk.locator(".sessions > li")).to_have_count(1)


def test_without_scripts_one_browser_is_signed_out(app, visit):
    bia = visit(BIA, Role.EDITOR, java_script_enabled=False).open("/preferences")
    other = people.signed_in(app, BIA, Role.EDITOR)
    bia.reload()
    bia.get_by_role("button", name="Sign out there").click()
    expect(bia.get_by_text("That browser is signed out.")).to_be_visible()
    assert other.get("/").status_code == 303


def test_what_a_page_asks_for_by_itself_says_so(visit):
    visitor = visit(BIA, Role.EDITOR)
    page = visitor.open("/conversations")
    hears(page)
    with page.expect_request("**/notices") as by_itself:
        page.evaluate("htmx.trigger(document.body, 'minute')")
    assert by_itself.value.headers["x-by-itself"] == "yes"
    with page.expect_request("**/conversations/list?*q=ana*") as by_hand:
        page.get_by_role("searchbox").fill("ana")
    assert "x-by-itself" not in by_hand.value.headers
