"""The product as it is started, in a browser: signing in, writing, and seeing without reloading."""

import secrets

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.path.whole import SIGN_IN, Whole

from .window import window

pytestmark = pytest.mark.timeout(180)

ASKED = "Are you open on Saturdays?"
PATIENCE_MS = 60_000  # real processes answer, on a machine that may be busy


def open_page(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url, wait_until="domcontentloaded")
    return page


def sign_in(stack: Whole, page: Page) -> None:
    stack.product.await_said("/sign-in/")
    page.goto(SIGN_IN.findall(stack.product.said)[0], wait_until="domcontentloaded")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{stack.url}/")


def test_an_owner_is_led_to_the_first_answer_and_watches_others_arrive(stack, chromium: Browser):
    with window(chromium, locale="en-US") as team:
        page = team.new_page()
        sign_in(stack, page)
        # The link, "Sign in", a question that is suggested: no more than that.
        page.locator(".first-day").get_by_role("button", name=ASKED).click()
        page.wait_for_url(f"{stack.url}/simulator/*")
        phone = page.locator(".phone-screen")
        expect(phone).to_contain_text(f"You wrote: {ASKED}", timeout=PATIENCE_MS)
        expect(page.locator("#replies button")).to_have_count(2)

        thread = open_page(team, page.url.replace("/simulator/", "/conversations/"))
        thread.evaluate("window.neverLoadedAgain = true")
        log = thread.get_by_role("log")
        expect(log).to_contain_text(f"You wrote: {ASKED}", timeout=PATIENCE_MS)
        page.locator(".phone textarea").first.fill("Tudo bem?")
        page.locator(".phone textarea").first.press("Enter")
        expect(log).to_contain_text("You wrote: Tudo bem?", timeout=PATIENCE_MS)
        assert thread.evaluate("window.neverLoadedAgain")

        # What Twilio brings and reports is as live as what is pretended.
        name = f"Lia {secrets.token_hex(3)}"
        sender = f"whatsapp:+55119{secrets.randbelow(10**8):08}"
        stack.twilio.send(stack.url, sender, "Bom dia", ProfileName=name)
        expect(thread.locator("#conversations")).to_contain_text(name, timeout=PATIENCE_MS)
        assert thread.evaluate("window.neverLoadedAgain")
