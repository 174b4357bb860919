import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.path.whole import SIGN_IN, Whole, whole

from .window import launch, window


@pytest.fixture(scope="session")
def stack() -> Iterator[Whole]:
    # pytest's own directories make a unix socket's path too long.
    directory = Path(tempfile.mkdtemp(prefix="wa-"))
    with whole(directory / "data", REPLY_DELAY_SECONDS="0") as found:
        yield found
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def state(stack: Whole, browser: Browser) -> Any:
    """The cookies of an owner who signed in by clicking the button behind a link."""
    stack.product.await_said("/sign-in/")
    with window(browser) as context:
        page = context.new_page()
        page.goto(SIGN_IN.findall(stack.product.said)[0], wait_until="domcontentloaded")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{stack.url}/")
        return context.storage_state()


@pytest.fixture
def team(browser: Browser, state: Any) -> Iterator[BrowserContext]:
    """Somebody of the team, signed in."""
    with window(browser, storage_state=state) as context:
        yield context
