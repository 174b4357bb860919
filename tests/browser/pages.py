"""What the browser tests of the conversations share."""

import secrets
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import outbound, participant
from tests.support.browser import DESK, PHONE, STILL, Visitor, findings, photograph
from tests.support.eventually import eventually
from wa_assistant.database import db, transaction
from wa_assistant.live import CHANNEL, bells
from wa_assistant.models import Author, Message

RAFAEL = "whatsapp:+5541991234567"
CAMILA = "whatsapp:+5511955554444"
# Within which one sees what another does: a page that hears nothing asks only after 15 seconds.
PUSHED = 10_000
NARROW = {"width": 360, "height": 640}
LISTEN = """() => {
    window.heard = new Set();
    new BroadcastChannel("live").addEventListener("message", ({ data }) => heard.add(data.name));
}"""
HEARD = "name => heard.has(name)"
Look = tuple[Any, str, str]
OFTEN: list[Look] = [(DESK, "light", "en-US"), (PHONE, "dark", "pt-BR")]
RARELY: list[Look] = [
    (DESK, "dark", "pt-BR"),
    (PHONE, "light", "en-US"),
    (NARROW, "light", "pt-BR"),
]


def _looks(often: Sequence[Look], rarely: Sequence[Look]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "look",
        [*often, *(pytest.param(each, marks=pytest.mark.long) for each in rarely)],
        ids=lambda look: f"{look[0]['width']}-{look[1]}-{look[2]}",
    )


# How a page is looked at: its size, theme and language; `make browser` looks in all ways. Where
# there are many pages, the desk waits for that too.
of_looks = _looks(OFTEN, RARELY)
of_many_looks = _looks(OFTEN[1:], [*OFTEN[:1], *RARELY])


def opened(visitor: Visitor, address: str = "") -> Page:
    """A page that hears what changes, and has come to rest."""
    page = visitor.open("/conversations" + (f"/{participant(address).id}" if address else ""))
    hears(page)
    return page


def hears(page: Page) -> None:
    """Wait until the page hears what changes, and has fetched all that it is told to at first."""
    page.wait_for_selector("html[data-live=yes]", state="attached")
    # Before the server itself listens, what happens is heard of a little later.
    eventually(lambda: bells.redis.pubsub_numsub(CHANNEL)[0][1])
    # What is rung after all the rest is heard after it.
    last = f"last-{secrets.token_hex(8)}"
    page.evaluate(LISTEN)
    eventually(lambda: bells.redis.publish(CHANNEL, last) and page.evaluate(HEARD, last))
    rests(page)


def rests(page: Page) -> None:
    """Wait until nothing is on its way to the page."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def listed(page: Page, name: str) -> None:
    """Choose a list that stands among the others, behind "More"."""
    page.locator("#more-lists > summary").click()
    page.locator(f"#list-{name}").click()


def talk(address: str, count: int) -> None:
    known = participant(address).id
    with transaction():
        for number in range(count):
            db.session.add(
                Message(
                    participant_id=known,
                    direction="inbound",
                    author=Author.PARTICIPANT,
                    status="received",
                    settlement="answered",
                    body=f"line {number}",
                )
            )


def from_a_colleague() -> list[Message]:
    return [each for each in outbound() if each.author == Author.USER and each.form_key]


def squeezed(page: Page) -> list[str]:
    """What does not fit where it stands: cut off, sticking out, or a word to press in two lines."""
    # What fits itself to the width of a container does so once it is drawn.
    page.evaluate(STILL)
    found = page.evaluate(
        """() => {
        const seen = (each) => each.checkVisibility({ visibilityProperty: true });
        const all = (names) => [...document.querySelectorAll(names)].filter(seen);
        const wide = all(".place, .button, .bench-tabs a, .filters a, .head .state, .form > *")
            .filter((each) => each.scrollWidth > each.clientWidth + 1);
        const broken = all(".place > span, .bench-tabs a, .filters a, .phone-pretend .button span")
            .filter((each) => {
                const words = document.createRange();
                words.selectNodeContents(each);
                const tops = [...words.getClientRects()].map((line) => Math.round(line.top));
                return new Set(tops).size > 1 && !each.querySelector("*");
            });
        return [...wide, ...broken].map((each) => each.outerHTML.slice(0, 120));
        }"""
    )
    return list(found)


def whole(page: Page, name: str, most: int = 5000) -> None:
    """A picture of all of the page, `most` pixels high, which must be right as it stands."""
    assert findings(page) == [], name
    assert squeezed(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
    height = min(page.evaluate("document.body.scrollHeight"), most)
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": height})
    photograph(page, name)
