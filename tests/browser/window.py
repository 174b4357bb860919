"""A headless Chromium whose every complaint fails the test, and that reaches this machine only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Route

CDN = "https://cdn.jsdelivr.net/"
# "make test" installs the same versions there; the browser checks their hashes as any does.
PACKAGES = Path(__file__).parents[1] / ".node" / "node_modules"

# What is no fault of the page: the status it was answered with (an expired session, nothing
# there), and htmx's word for an event stream that ended, as when a page is left.
EXPECTED = re.compile(r"the server responded with a status of 4\d\d|^\[object Event\]$")


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser's profile; leaving it fails when any of its pages complained."""
    complaints: list[str] = []
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    context.route("**/*", lambda route: _answer(route, complaints))
    context.on("console", lambda message: _note(message, complaints))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert not complaints, "\n".join(complaints)


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
