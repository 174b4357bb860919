"""Many tabs of one browser, of which one listens for all."""

import pytest
from playwright.sync_api import Route, expect

from tests.cast import participant, write

from .pages import CAMILA, PUSHED, opened

pytestmark = pytest.mark.usefixtures("context")


def test_many_tabs_share_one_stream_and_all_are_live(bia):
    pages = [opened(bia, CAMILA) for _ in range(9)]  # more than a browser has connections
    write(CAMILA, "to all of them")
    for page in pages[:1] + pages[-1:]:
        expect(page.locator(".thread").get_by_text("to all of them")).to_be_visible()
    pages[0].close()  # who listened is gone: another does
    write(CAMILA, "and again")
    pages[-1].bring_to_front()
    expect(pages[-1].locator(".thread").get_by_text("and again")).to_be_visible()


def test_a_tab_that_is_still_coming_in_misses_nothing(app, bia):
    first, second = opened(bia), bia.context.new_page()

    def late(route: Route) -> None:
        with app.app_context():
            write(CAMILA, "just now")  # the page stands already, and hears nothing yet
        expect(first.locator("#rows-others .row-item").first).to_contain_text("just now")
        route.continue_()

    second.route("**/script.js?v=*", late)
    second.goto(f"{bia.site}/conversations/{participant(CAMILA).id}")
    expect(second.locator(".thread").get_by_text("just now")).to_be_visible(timeout=PUSHED)
