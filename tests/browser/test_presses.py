"""A button that is pressed in a menu, or while its form is still on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import participant
from tests.support.eventually import eventually
from wa_assistant.database import db, transaction
from wa_assistant.models import Participant

from .pages import CAMILA, hears, opened, rests

pytestmark = pytest.mark.usefixtures("context")


def hold(page: Page, path: str) -> list[Callable[[], None]]:
    """Answers to what is posted there; each comes when it is let go."""
    held: list[Callable[[], None]] = []

    def keep(route: Route) -> None:
        response = route.fetch()
        held.append(lambda: route.fulfill(response=response))

    page.route(path, keep)
    return held


def let_go(page: Page, held: list[Callable[[], None]]) -> None:
    """The page may show what the server did before its answer is here, to be held."""

    def is_held() -> bool:
        page.wait_for_timeout(10)  # in which what the browser has to say comes in
        return bool(held)

    eventually(is_held)
    held.pop()()


def test_a_press_while_the_one_before_is_on_its_way_is_done_after_it(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    held = hold(page, "**/pause")
    page.locator("#more > summary").click()
    page.get_by_role("button", name="For 15 minutes").click()
    # The page shows by its stream what the server did, and has no answer to its form yet.
    page.get_by_role("button", name="Resume").click()
    let_go(page, held)
    expect(other.locator("#state")).to_contain_text("The assistant answers.")


def test_after_a_press_in_a_menu_the_focus_is_at_what_opened_it(bia):
    page = opened(bia, CAMILA)
    more = page.locator("#more > summary")
    more.click()
    page.locator("#user_id").select_option(label="Caio")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".thread")).to_contain_text("assigned")
    expect(more).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#open-again")).to_be_visible()
    expect(page.locator("#snooze > summary")).to_be_focused()


def test_a_question_that_a_menu_asks_is_seen_and_answered(caio):
    caio.expected = ("404",)  # the page still shows whom it deletes, and may hear of that
    with transaction():
        found = db.session.get_one(Participant, participant(CAMILA).id)
        found.simulated = True
        name = found.label
    page = opened(caio, CAMILA)
    page.locator("#more > summary").click()
    asks = page.get_by_role("button", name="Delete this one")
    asks.click()
    question = page.get_by_role("dialog", name=f"Delete {name}?")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    expect(asks).to_be_focused()
    asks.click()
    question.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("1 pretended participant was deleted.")).to_be_visible()


def test_a_press_in_its_turn_means_what_it_meant(bia, caio):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    held = hold(page, "**/conversations/*/attention")
    page.locator("#more > summary").click()
    page.get_by_role("button", name="Mark: needs a person").click()
    page.locator("#more > summary").click()
    page.locator("#user_id").select_option(label="Caio")
    page.get_by_role("button", name="Assign", exact=True).click()
    page.get_by_role("button", name="Take over", exact=True).click()
    let_go(page, held)
    expect(other.locator("#call")).to_contain_text("for you")
    expect(other.locator("#state")).to_contain_text("Bia Ramos holds")


# What is taken out of its place and is in the page all the same was moved.
WATCH = """addEventListener("DOMContentLoaded", () => {
    window.moved = [];
    new MutationObserver((all) => {
        for (const { removedNodes } of all) {
            for (const each of removedNodes) if (each.isConnected) moved.push(each.id);
        }
    }).observe(document.body, { childList: true, subtree: true });
})"""


@pytest.mark.parametrize("path", ["", "/{}", "/{}?show=mine"])
def test_nothing_is_moved_where_nothing_changed(bia, ids, path):
    """Who has begun to press it, or reads what it asks, would lose it."""
    bia.context.add_init_script(WATCH)
    page = bia.open("/conversations" + path.format(ids["João Pedro"]))
    hears(page)
    for _ in range(2):
        page.evaluate("htmx.trigger(document.body, 'stale')")
        rests(page)
    assert page.evaluate("moved") == []


def test_a_question_stays_when_what_is_behind_it_is_fetched_anew(bia, ids):
    page = bia.open(f"/conversations/{ids['Camila Ferreira']}")
    page.locator("#card-block > button, #card-block [data-dialog]").first.click()
    question = page.locator("#card-block-ask")
    for _ in range(3):
        page.evaluate("htmx.trigger(document.body, 'stale')")
        rests(page)
        assert question.evaluate("each => each.matches(':modal')")
