"""What the browser tests of the conversations share."""

from playwright.sync_api import Page, expect

from tests.cast import outbound, participant
from tests.support.browser import Visitor
from tests.support.eventually import eventually
from wa_assistant.extensions import bells
from wa_assistant.live import CHANNEL
from wa_assistant.models import Author, Message

RAFAEL = "whatsapp:+5541991234567"
CAMILA = "whatsapp:+5511955554444"
SECOND = 1000  # within which one sees what another does


def opened(visitor: Visitor, address: str = "") -> Page:
    """A page that hears what changes."""
    page = visitor.open(f"/conversations/{participant(address).id}" if address else "/")
    page.wait_for_selector("html[data-live=yes]", state="attached")
    # Before the server itself listens, what happens is heard of a little later.
    eventually(lambda: bells.redis.pubsub_numsub(CHANNEL)[0][1])
    expect(page.locator(".htmx-request")).to_have_count(0)
    return page


def from_a_colleague() -> list[Message]:
    return [each for each in outbound() if each.author == Author.USER and each.form_key]
