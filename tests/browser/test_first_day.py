"""A new team is led by the overview: from nothing there at all to the first answer, and on."""

import re

import pytest
from playwright.sync_api import expect

from tests.cast import CAIO, only
from wa_assistant.models import Participant, Role
from wa_assistant.settings import current

from .pages import hears, of_looks, whole

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
    pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None),
]


@of_looks
def test_an_owner_is_led_to_the_first_answer_and_to_the_next_line(visit, work, look):
    size, theme, language = look
    end = f"{size['width']}-{theme}-{language}"
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    page = caio.open("/")
    hears(page)
    overview = caio.open("/")  # in another tab
    hears(overview)
    whole(page, f"first-day-{end}")
    page.locator("#step-try .suggestions button").first.click()
    page.wait_for_url(re.compile(r"/simulator/\d+$"))
    hears(page)
    expect(page.locator("#phone-body")).to_be_focused()
    work()
    expect(page.locator(".said-outbound")).to_have_count(1)
    expect(page.locator("#replies button")).to_have_count(2)
    whole(page, f"first-answer-{end}")
    page.locator("#replies button").last.click()
    expect(page.locator(".said-inbound")).to_have_count(2)
    expect(page.locator("#replies button")).to_have_count(1)
    assert only(Participant).asked_for_person_at
    # It hears of what is done elsewhere.
    expect(overview.locator("#step-try")).to_have_class(re.compile("step-done"))
    overview.locator("#step-company a").click()
    expect(overview.locator("#company")).to_be_visible()
    assert overview.evaluate("location.hash") == "#company"


def test_without_scripts_the_steps_are_put_away_and_fetched_again(visit):
    page = visit(CAIO, Role.OWNER, java_script_enabled=False).open("/")
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_text("The first steps are put away, for everybody.")).to_be_visible()
    expect(page.locator(".first-day")).to_have_count(0)
    assert current().first_day == "away"
    page.get_by_role("button", name="Show the first steps").click()
    expect(page.locator(".first-day")).to_be_visible()
