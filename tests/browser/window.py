"""A headless Chromium whose every complaint fails the test, and that reaches this machine only."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Route

CDN = "https://cdn.jsdelivr.net/"
# "make test" installs the same versions there; the browser checks their hashes as any does.
PACKAGES = Path(__file__).parents[1] / ".node" / "node_modules"
NAMES = ("chromium", "chromium-browser", "google-chrome")

# What is no fault of the page: the status it was answered with (an expired session, nothing
# there), and htmx's word for an event stream that ended, as when a page is left.
EXPECTED = re.compile(r"the server responded with a status of 4\d\d|^\[object Event\]$")

# When each element was first there, and when it took each of its classes, in milliseconds.
WATCH = """
window.seen = {};
const look = () => document.querySelectorAll("[id^=message-]").forEach((bubble) => {
  const status = bubble.querySelector(".status");
  const names = [bubble.id, bubble.id + (status ? " " + status.classList[1] : "")];
  names.forEach((name) => { window.seen[name] = window.seen[name] || Date.now(); });
});
new MutationObserver(look).observe(document, {subtree: true, childList: true});
"""


def launch(playwright: Playwright) -> Browser:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "The browser tests need Debian's package chromium."
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return playwright.chromium.launch(executable_path=path, args=options)


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser's profile; leaving it fails when any of its pages complained."""
    complaints: list[str] = []
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    context.route("**/*", lambda route: _answer(route, complaints))
    context.on("console", lambda message: _note(message, complaints))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.add_init_script(WATCH)
    yield context
    context.close()
    assert not complaints, "\n".join(complaints)


def seen(page: Page, name: str) -> float:
    """When `name` ("message-7", "message-7 status-read") first stood on the page, in seconds."""
    found: float = page.evaluate("name => window.seen[name]", name)
    return found / 1000


def _answer(route: Route, complaints: list[str]) -> None:
    url = route.request.url
    if url.startswith(("http://127.0.0.1:", "data:")):
        route.continue_()
    elif url.startswith(CDN):
        path = PACKAGES / re.sub(r"^npm/|@[\d.]+(?=/)", "", url.removeprefix(CDN))
        headers = {"access-control-allow-origin": "*", "content-type": "text/javascript"}
        route.fulfill(body=path.read_bytes(), headers=headers)
    else:
        complaints.append(f"a page asked for {url}")
        route.abort()


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type in ("error", "warning") and not EXPECTED.search(message.text):
        complaints.append(f"{message.type}: {message.text}")
