"""Every page, with JavaScript and without, wide and narrow."""

import pytest
from playwright.sync_api import expect

from .window import window

pytestmark = pytest.mark.timeout(120)

SIZES = [(1440, 900), (390, 844), (360, 640)]


@pytest.fixture(scope="module")
def paths(stack):
    """A page of each kind."""
    stack.write("whatsapp:+5511900000077", "Olá " + "pneumoultramicroscopicossilico" * 20)
    stack.await_answer("whatsapp:+5511900000077")
    return ["/", "/conversations/1", "/simulator", "/sign-in/x", "/nothing"]


def test_without_javascript_one_signs_in_writes_and_reads(stack, browser, state):
    with window(browser, storage_state=state, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{stack.url}/simulator")
        page.get_by_label("Name").fill("Sem script")
        page.get_by_label("First message").fill("Olá!")
        page.get_by_role("button", name="Write as a new participant").click()
        page.get_by_placeholder("Message as").fill("E então?")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".bubble-inbound")).to_have_count(2)
        stack.await_quiet(0)
        page.get_by_role("link", name="The team's view").click()
        expect(page.locator(".bubble-outbound").last).to_contain_text("E então?")
        page.get_by_role("link", name="Conversations", exact=True).click()
        expect(page.locator(".who", has_text="Sem script")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_complains_or_scrolls_sideways(stack, browser, state, paths, size, scheme):
    viewport = {"width": size[0], "height": size[1]}
    options = {"storage_state": state, "viewport": viewport, "color_scheme": scheme}
    with window(browser, **options) as context:
        page = context.new_page()
        for path in paths:
            page.goto(stack.url + path, wait_until="domcontentloaded")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], path
