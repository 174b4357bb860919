"""An owner imports a file into the product as it is started, in a browser and without reloading."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .test_whole import PATIENCE_MS, sign_in
from .window import window

pytestmark = pytest.mark.timeout(240)

PEOPLE = 600


@pytest.fixture
def page(stack, chromium: Browser):
    with window(chromium, locale="en-US") as team:
        page = team.new_page()
        sign_in(stack, page)
        yield page


def goes_on(page: Page, words: str) -> None:
    """It says so by itself."""
    page.evaluate("window.neverLoadedAgain = true")
    expect(page.locator("#import")).to_contain_text(words, timeout=PATIENCE_MS)
    assert page.evaluate("window.neverLoadedAgain")


def test_a_file_is_read_applied_and_undone_before_ones_eyes(stack, page: Page):
    lines = [f"11 91234-{number:04};Pessoa {number};vip" for number in range(PEOPLE)]
    content = "\n".join(["numero;nome;etiquetas", *lines, "5,51198E+12;Excel;"]).encode("cp1252")
    page.goto(f"{stack.url}/participants/import", wait_until="domcontentloaded")
    page.set_input_files("#file", {"name": "gente.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/participants/import/*")
    goes_on(page, "Apply 600 changes")
    page.get_by_role("link", name="Rejected 1").click()
    expect(page.locator("#import")).to_contain_text("Excel has rounded this number: 5,51198E+12.")
    page.get_by_role("button", name="Apply 600 changes").click()
    goes_on(page, "Applied on")
    page.get_by_role("button", name="Undo this import…").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo").click()
    goes_on(page, "Undone on")
    page.goto(f"{stack.url}/participants", wait_until="domcontentloaded")
    expect(page.locator("main")).not_to_contain_text("Pessoa")
