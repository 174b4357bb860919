"""The bar at the bottom of the smallest phone, also while a mention is new."""

import pytest
from playwright.sync_api import expect

from tests.cast import BIA, CAIO, come, participant
from tests.support.browser import photograph
from wa_assistant.conversation import notes
from wa_assistant.models import Role

from .pages import CAMILA, NARROW, squeezed

pytestmark = [
    pytest.mark.usefixtures("context", "ids"),
    pytest.mark.parametrize("database", ["sqlite"]),
]
LEFT_OVER = """each => {
    const bar = each.getBoundingClientRect();
    const ends = [...each.querySelectorAll(".place")].filter((one) => one.checkVisibility())
        .map((one) => one.getBoundingClientRect()).sort((a, b) => a.left - b.left);
    const over = ends.some((one, at) => at && one.left < ends[at - 1].right - 0.5);
    return over ? -1 : Math.min(ends[0].left - bar.left, bar.right - ends.at(-1).right);
}"""


@pytest.mark.parametrize("width", [NARROW["width"], 390, 430])
@pytest.mark.parametrize("language", ["pt-BR", "en-US"])
@pytest.mark.parametrize("is_new", [False, True], ids=["nothing new", "a mention"])
def test_all_of_the_bar_fits_side_by_side(visit, width, language, is_new):
    size = {"width": width, "height": NARROW["height"]}
    page = visit(BIA, Role.EDITOR, viewport=size, locale=language).open("/participants")
    if is_new:
        caio = come(CAIO, Role.OWNER).user
        notes.write(participant(CAMILA).id, caio, "@bia olhe isto", "a-form-key-1")
        page.reload()
    expect(page.locator(".rail .to-mentions")).to_be_visible(visible=is_new)
    assert squeezed(page) == []
    assert page.locator(".rail").evaluate(LEFT_OVER) >= 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    photograph(page, f"bar-{width}-{language}-{is_new}")
