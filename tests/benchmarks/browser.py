"""How long a message takes into an open browser, while others write and many others watch.

From the moment its webhook is sent to that at which its words stand in the page: in the
conversation that is open, and in the list beside it. Both are read off this machine's clock.
"""

import re
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import requests
from playwright.sync_api import Page
from sqlalchemy import select

from tests.doubles.webhooks import Webhooks
from tests.path.whole import Whole
from tests.support.browser import launched, play_the_cdn
from tests.support.eventually import eventually
from wa_assistant.models import Participant

from . import load
from .figures import line

STREAMS = 49
PER_SECOND = 10
SECONDS = 60
AT_ONCE = 4
PEOPLE = 10  # one of whom is looked at
# When each word of the form <number> first stood in the page, for each of its two places.
WATCH = """
() => {
  window.stood = {};
  for (const [name, place] of [["conversation", ".thread"], ["list", "#conversations"]]) {
    const element = document.querySelector(place);
    const stood = window.stood[name] = {};
    new MutationObserver(() => {
      for (const [word] of element.textContent.matchAll(/<\\d+>/g)) stood[word] ??= Date.now();
    }).observe(element, { childList: true, subtree: true, characterData: true });
  }
}
"""


def to_the_browser(stack: Whole, count: int) -> None:
    twilio = Webhooks(public_url=stack.url)
    for person in range(PEOPLE):
        stack.write(load.address(person), "Bom dia")
    stack.await_quiet(PEOPLE)
    made = [
        load.message(twilio, number % PEOPLE, f"<{number}> tem vaga?")
        for number in range(SECONDS * PER_SECOND)
    ]
    visitor = stack.signed_in()
    with streams(stack.url, visitor, STREAMS), opened(stack, visitor, load.address(0)) as page:
        sent = load.post(stack.product.port, made, AT_ONCE, PER_SECOND).sent
        last = f"'<{len(made) - PEOPLE}>' in window.stood.conversation"
        eventually(lambda: page.evaluate(last), 30, "The last message never stood there.")
        stood = page.evaluate("window.stood")
    tell("conversation", sent[::PEOPLE], stood["conversation"], range(0, len(made), PEOPLE))
    tell("list", sent, stood["list"], range(len(made)))


def tell(place: str, sent: list[float], stood: dict[str, float], numbers: range) -> None:
    took = sorted(
        stood[f"<{number}>"] - 1000 * moment
        for number, moment in zip(numbers, sent, strict=True)
        if f"<{number}>" in stood
    )
    name = f"webhook to the open {place}, {PER_SECOND} a second"
    # In the list a newer message of the same person may have come before it was fetched.
    line(f"{name}: p50", load.within(0.5, took), "ms", f"{len(took)} of {len(sent)} seen")
    line("    p95", load.within(0.95, took), "ms", f"with {STREAMS} event streams beside it")


@contextmanager
def opened(stack: Whole, visitor: requests.Session, address: str) -> Iterator[Page]:
    """The conversation with that address, in a browser that hears what changes."""
    with stack.database.connect() as connection:
        known = connection.scalar(select(Participant.id).where(Participant.address == address))
    with launched() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
        context.route(re.compile("^https:"), lambda route: play_the_cdn(route, True))
        context.add_cookies(
            [
                {"name": each.name, "value": str(each.value), "url": stack.url}
                for each in visitor.cookies
            ]
        )
        page = context.new_page()
        page.goto(f"{stack.url}/conversations/{known}", wait_until="load")
        eventually(lambda: page.evaluate("document.documentElement.dataset.live === 'yes'"), 20)
        page.evaluate(WATCH)
        yield page


@contextmanager
def streams(url: str, visitor: requests.Session, count: int) -> Iterator[None]:
    """So many event streams that are read and not looked at."""
    parts = urlsplit(url)
    cookies = "; ".join(f"{each.name}={each.value}" for each in visitor.cookies)
    request = f"GET /stream HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookies}\r\n\r\n".encode()
    opened, ended = selectors.DefaultSelector(), threading.Event()
    for _ in range(count):
        stream = socket.create_connection((parts.hostname or "", parts.port or 0))
        stream.sendall(request)
        opened.register(stream, selectors.EVENT_READ)
    heard: set[int] = set()

    def read() -> None:
        while not ended.is_set():
            for key, _ in opened.select(0.1):
                if b"data:" in key.fileobj.recv(65536):  # type: ignore[union-attr]
                    heard.add(key.fd)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        eventually(lambda: len(heard) == count, 20, "Not every stream was opened.")
        yield
    finally:
        ended.set()
        reader.join()
        for key in [*opened.get_map().values()]:
            key.fileobj.close()  # type: ignore[union-attr]
        opened.close()
