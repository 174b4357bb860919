"""The list of participants and what it leads to, as they are looked at."""

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, CAIO
from tests.support.browser import findings, photograph
from wa_assistant.models import Role

from .pages import of_looks

PAGES = {
    "list": "/participants",
    "filtered": "/participants?status=open&columns=number&columns=status&columns=window",
    "new": "/participants/new",
    "fields": "/participants/fields",
    "import": "/participants/import",
    "export": "/participants/export?status=open",
}


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("ids")
def test_the_pages_are_looked_at_and_axe_finds_nothing(visit, look):
    size, theme, locale = look
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=locale)
    for name, path in PAGES.items():
        page = caio.open(path)
        photograph(page, f"participants-{name}-{size['width']}-{theme}-{locale}")
        assert findings(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        page.close()


def test_who_chooses_a_journey_goes_on_choosing_where_they_were(bia):
    page = bia.open("/participants")
    page.locator("#people-filters > summary").click()
    journey = page.locator("#journey")
    journey.select_option(label="None")
    page.wait_for_url("**/participants?*journey=*")
    expect(journey).to_be_focused()
    expect(page.locator("#window")).to_be_visible()
    page.reload()
    expect(page.locator("#window")).to_be_hidden()


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
def test_the_card_is_looked_at_by_itself(visit, ids, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    who = next(key for name, key in ids.items() if name.startswith("Marina"))
    page = bia.open(f"/conversations/{who}/person")
    photograph(page, f"participants-card-{size['width']}-{theme}-{locale}")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
