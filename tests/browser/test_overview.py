"""The figures of the overview, as they are seen in a browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from tests.cast import CAIO
from wa_assistant.cli.demo.fill import Asked, fill
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight import rollup
from wa_assistant.models import Participant, Role

from .pages import of_many_looks, squeezed, whole

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


@of_many_looks
def test_the_figures_can_be_seen_by_everybody_and_lead_to_what_they_count(visit, look):
    size, theme, language = look
    caio = visit(CAIO, Role.OWNER, viewport=size, color_scheme=theme, locale=language)
    fill(Asked(200, 3000, 1, utcnow()))
    with transaction():
        db.session.execute(update(Participant).values(simulated=False))
    rollup.roll_up()
    end = f"{size['width']}-{theme}-{language}"
    page = caio.open("/?range=30d")
    whole(page, f"overview-{end}")
    for summary in page.locator(".days summary, .meaning summary").all():
        summary.click()
    expect(page.locator(".meaning p").first).to_be_visible()
    expect(page.locator(".days table").first).to_be_visible()
    assert squeezed(page) == []
    number = page.locator(".overview-figures dd > a").first
    told = int(number.inner_text().replace(",", "").replace(".", ""))
    number.click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(min(told, 50))
    whole(page, f"overview-rows-{end}")
