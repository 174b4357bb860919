"""A real browser before the real application, on 127.0.0.1; the CDN is played from npm's files."""

import logging
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright
from rq import SimpleWorker
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.web import people
from wa_assistant.models import Role

from .processes import ROOT

MODULES = ROOT / "tests" / ".node" / "node_modules"
HTMX = MODULES / "htmx.org" / "dist" / "htmx.min.js"
AXE = MODULES / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "screenshots"
CDN = "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# With a microphone that beeps, and nobody to ask whether it may be used.
HUMS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
ARGUMENTS = ["--no-sandbox", *HUMS]
PATIENCE_MS = 20_000  # on a busy machine; an idle one needs a tenth of a second
SHUTDOWN_SECONDS = 0.01  # within which the server looks whether it is to stop
SILENCE_SECONDS = 10  # of a browser that has connected and asks for nothing

# What a page says of its requests that were cut off as it was left; who cannot be reached is said
# in other words as well.
LEFT = ("htmx:afterRequest", "htmx:sendAbort", "undefined")

logging.getLogger("werkzeug").setLevel(logging.ERROR)
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def node_modules() -> None:
    if HTMX.exists() and AXE.exists():
        return
    folder = MODULES.parent
    folder.mkdir(exist_ok=True)
    shutil.copyfile(ROOT / "tests" / "browser" / "package.json", folder / "package.json")
    quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
    subprocess.run(["npm", "install", *quiet, "--prefix", folder], check=True, capture_output=True)


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium(node_modules: None) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


class Handler(WSGIRequestHandler):
    timeout = SILENCE_SECONDS


@pytest.fixture
def site(app: Flask, engine: SimpleWorker) -> Iterator[str]:
    """Where the application is served, to as many at once as ask."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    # To close it then waits for whoever is being answered: the next test has the same
    # application, and another database where this one was.
    server.daemon_threads = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(SHUTDOWN_SECONDS,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    app.extensions["live"].close()
    server.shutdown()
    thread.join(10)
    server.server_close()


class Visitor:
    """Somebody with a browser of their own. Whatever its console complains of is kept."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()

    def open(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complain(str(error)))
        # Not before its style sheets are there too: without them, nothing is where it will be,
        # and without scripts nobody waits for them.
        page.goto(self.site + path, wait_until="load")
        return page

    def _console(self, message: object) -> None:
        kind, words = message.type, message.text  # type: ignore[attr-defined]
        if kind in ("error", "warning"):
            self._complain(words)

    def _complain(self, words: str) -> None:
        if not words.startswith(LEFT) and not any(each in words for each in self.expected):
            self.complaints.append(words)


@pytest.fixture
def visit(app: Flask, site: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit("bia@example.com", Role.EDITOR, locale="pt-BR", ...)`: signed in, with a browser."""
    visitors: list[Visitor] = []

    def arrive(email: str, role: Role, *, cdn: bool = True, **options: object) -> Visitor:
        settings = {"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce", **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.route(re.compile("^https:"), lambda route: play_the_cdn(route, cdn))
        visitor = Visitor(context, site)
        visitors.append(visitor)
        cookie = people.signed_in(app, email, role).get_cookie("wa_assistant_8000")
        assert cookie
        context.add_cookies([{"name": "wa_assistant_8000", "value": cookie.value, "url": site}])
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        assert visitor.complaints == []


def play_the_cdn(route: Route, reachable: bool) -> None:
    if not reachable or route.request.url != CDN:
        route.abort()
        return
    headers = {"access-control-allow-origin": "*", "content-type": "text/javascript"}
    route.fulfill(body=HTMX.read_bytes(), headers=headers)


# Nothing moves any more, and the page is where it scrolled to.
STILL = """
new Promise(done => {
    let last = null, calm = 0;
    const look = () => {
        const moving = document.getAnimations().some(each => each.playState === "running"
            && each.effect.getComputedTiming().endTime !== Infinity);
        calm = !moving && scrollY === last ? calm + 1 : 0;
        last = scrollY;
        calm > 3 ? done() : requestAnimationFrame(look);
    };
    look();
})
"""


def findings(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    page.wait_for_load_state("load")
    page.evaluate(STILL)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def photograph(page: Page, name: str) -> Path:
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    return path
