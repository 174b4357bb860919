"""What a page that is open does when its person, or it itself, has asked too often."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.cast import participant, write
from wa_assistant.web import rate_limits

from .pages import CAMILA, PUSHED, RAFAEL, from_a_colleague, opened

pytestmark = pytest.mark.usefixtures("context")
REFUSED = "the server responded with a status of 429"


def test_it_stays_as_it_is_with_what_was_typed_and_says_when_again(bia, monkeypatch):
    bia.expected = (REFUSED, "Response Status Error Code 429")
    page = opened(bia, CAMILA)
    page.locator("#body").fill("Already on it")
    with monkeypatch.context() as patch:
        for group in ("pages", "acts"):
            patch.setitem(rate_limits.A_MINUTE, group, 0)
        page.locator("#body").press("Enter")
        toast = page.locator(".toast span")
        expect(toast).to_have_text(re.compile("^That was too much in a short time. Please try"))
        expect(page.locator("#body")).to_have_value("Already on it")
        page.locator(".toast").get_by_role("button", name="Close").click()
        page.locator(f"#row-{participant(RAFAEL).id} a").click()
        expect(toast).to_be_visible()
        expect(page.locator("#name")).to_have_text("Camila Ferreira")
        expect(page.locator("#body")).to_have_value("Already on it")
    page.locator("#body").press("Enter")
    expect(page.locator(".by-user .text").last).to_have_text("Already on it")
    assert [each.body for each in from_a_colleague()] == ["Already on it"]


def test_what_it_missed_is_fetched_as_soon_as_it_may(bia):
    bia.expected = (REFUSED, "Response Status Error Code 429")
    page = opened(bia, CAMILA)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(status=429, headers={"Retry-After": "1"})

    page.route(re.compile("/thread"), refuse)
    with page.expect_response(lambda response: response.status == 429):
        write(CAMILA, "Still there?")
    page.unroute(re.compile("/thread"))
    assert refused
    # Nothing else happens, and a page that hears does not ask by itself.
    expect(page.locator(".message .text").last).to_have_text("Still there?", timeout=PUSHED)
