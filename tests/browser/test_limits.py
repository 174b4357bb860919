"""The page of limits, and what owners are told on every page, as they are seen in a browser."""

import pytest
from playwright.sync_api import expect

from tests.cast import CAIO, known
from tests.chosen import choose
from tests.money import calls
from tests.web.money.test_limits import last_month, spend
from wa_assistant.models import CallKind, Role
from wa_assistant.money.ledger import Payer

from .pages import of_many_looks, whole

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


@of_many_looks
def test_the_page_of_limits_can_be_seen_by_everybody(visit, look):
    size, theme, language = look
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    choose(cap_day="0.01", cap_month="20", participant_answers="2", cheaper_model="gpt-5.4-nano")
    last_month([400, 400, 400], [100], [900, 300])
    spend(8_500, Payer(CallKind.ANSWER, known("whatsapp:+5511999990000")))
    calls.reserve()
    page = caio.open("/money/limits?day=0.001")
    expect(page.locator("#alarm-cap-day")).to_be_visible()
    whole(page, f"limits-{size['width']}-{theme}-{language}")


def test_an_owner_dismisses_what_they_have_read(visit):
    caio = visit(CAIO, Role.OWNER)
    choose(cap_day="0.01")
    spend(8_500)
    page = caio.open("/money/limits")
    page.locator("#alarm-cap-day button").click()
    expect(page.locator("#alarm-cap-day")).to_have_count(0)
