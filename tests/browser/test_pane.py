"""A conversation that is chosen in the list opens beside it, and the page stays."""

import re
import time

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.cast import BIA, participant, write
from tests.support.browser import PHONE
from tests.support.eventually import eventually
from wa_assistant.models import Role

from .pages import CAMILA, PUSHED, RAFAEL, hears, opened, rests, talk

pytestmark = pytest.mark.usefixtures("context")


def choose(page: Page, address: str) -> None:
    known = participant(address)
    page.locator(f"#row-{known.id} a").click()
    expect(page.locator("#name")).to_have_text(known.name)
    place = "#body" if page.evaluate("innerWidth") > 720 else ".pane .head"
    expect(page.locator(place)).to_be_focused()  # and all of it has begun
    rests(page)


def asked(page: Page) -> list[Request]:
    """What the page asks for from now on."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))
    return found


def stays(page: Page) -> None:
    """The page is still the one that was opened."""
    assert page.evaluate("window.opened") == "once"


@pytest.fixture
def page(bia):
    found = opened(bia)
    found.evaluate("window.opened = 'once'")
    return found


def test_it_takes_one_request_and_all_else_stays(page):
    requests = asked(page)
    choose(page, CAMILA)
    id_ = participant(CAMILA).id
    known = [each.url.removeprefix(page.url.partition("/conv")[0]) for each in requests]
    assert known[0] == f"/conversations/{id_}"
    # That it has been read is told, and rung for.
    assert [path for path in known[1:] if "/reading" not in path and "?was" not in path] == []
    answer = requests[0].response()
    assert answer
    assert len(answer.body()) < 40_000
    stays(page)
    assert page.url.endswith(f"/conversations/{id_}")
    assert "Camila Ferreira · WhatsApp assistant" in page.title()
    assert page.title().startswith("(2) ")
    expect(page.locator("#conversations [aria-current=page]")).to_have_count(1)
    expect(page.locator(f"#row-{id_} a")).to_have_attribute("aria-current", "page")
    assert page.evaluate("document.documentElement.dataset.live") == "yes"


def test_who_reads_by_ear_or_by_keys_is_led_there_and_back(page):
    row = page.locator(f"#row-{participant(CAMILA).id} a")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_focused()
    page.go_back()
    expect(page.get_by_text("Choose a conversation")).to_be_visible()
    expect(row).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conversations")
    stays(page)


def test_back_and_forward_lead_through_what_was_open(page):
    for address in (CAMILA, RAFAEL):
        choose(page, address)
    page.go_back()
    expect(page.locator("#name")).to_have_text("Camila Ferreira")
    expect(page.locator(f"#row-{participant(CAMILA).id} a")).to_have_attribute(
        "aria-current", "page"
    )
    page.go_back()
    expect(page.locator("#name")).to_have_count(0)
    assert re.fullmatch(r"(\(2\) )?Conversations · WhatsApp assistant", page.title())
    page.go_forward()
    expect(page.locator("#name")).to_have_text("Camila Ferreira")
    assert "Camila Ferreira" in page.title()
    stays(page)


def test_what_was_opened_is_live_and_the_one_before_is_not_any_more(page):
    talk(CAMILA, 60)
    for address in (RAFAEL, CAMILA):
        choose(page, address)
    write(CAMILA, "and now?")
    expect(page.locator(".thread").get_by_text("and now?")).to_be_in_viewport(timeout=PUSHED)
    requests = asked(page)
    write(RAFAEL, "hello?")
    last = page.locator(f"#row-{participant(RAFAEL).id} .last")
    expect(last).to_have_text("hello?", timeout=PUSHED)
    rests(page)
    assert [each.url for each in requests if f"/{participant(RAFAEL).id}/" in each.url] == []
    marked = page.locator("#conversations .row-item:has([aria-current=page])")
    expect(marked).to_have_id(f"row-{participant(CAMILA).id}")


def test_what_is_said_while_it_is_on_its_way_is_seen(app, page):
    def late(route: Route) -> None:
        answer = route.fetch()
        with app.app_context():
            write(CAMILA, "just now")
        expect(page.locator(f"#row-{id_} .last")).to_have_text("just now", timeout=PUSHED)
        route.fulfill(response=answer)

    id_ = participant(CAMILA).id
    page.route(re.compile(rf"/conversations/{id_}$"), late, times=1)
    page.locator(f"#row-{id_} a").click()
    expect(page.locator(".thread").get_by_text("just now")).to_be_visible(timeout=PUSHED)


def test_what_is_typed_stays_with_whom_it_was_for(page):
    choose(page, CAMILA)
    page.locator("#body").fill("half a sentence")
    page.locator("#body").evaluate("body => { body.style.height = '80px'; }")  # as it grows
    choose(page, RAFAEL)
    expect(page.locator("#body")).to_have_value("")
    choose(page, CAMILA)
    expect(page.locator("#body")).to_have_value("half a sentence")
    page.locator("#body").press("Enter")
    expect(page.locator(".thread").get_by_text("half a sentence")).to_be_visible(timeout=PUSHED)
    expect(page.locator("#body")).to_have_value("")


def test_what_the_assistant_was_about_to_say_is_offered_to_whom_is_open_alone(page):
    for address in (CAMILA, RAFAEL):
        choose(page, address)
    page.locator(".head").evaluate("head => { head.dataset.draft = 'Quinta às 18h'; }")
    page.locator("#name").click()
    expect(page.locator("#body")).to_have_value("Quinta às 18h")
    choose(page, CAMILA)
    expect(page.locator("#body")).to_have_value("")


def test_what_is_done_is_done_to_whom_is_open(page, ids):
    joao = page.locator(f"#row-{ids['João Pedro']} a")
    joao.click()
    page.get_by_role("button", name="Resolved").click()
    undo = page.get_by_role("button", name="Reopen")
    expect(undo).to_be_visible()
    choose(page, CAMILA)
    expect(undo).to_have_count(0)
    page.get_by_role("button", name="Take over").click()
    expect(page.locator("#state")).to_contain_text("You hold it")
    expect(page.locator("#name")).to_have_text("Camila Ferreira")
    stays(page)


def test_an_older_page_of_the_list_and_what_was_searched_for_stay(page):
    page.locator("#q").press_sequentially("camila")
    expect(page.locator(".row-item")).to_have_count(1)
    choose(page, CAMILA)
    assert page.url.endswith("?q=camila")
    expect(page.locator("#q")).to_have_value("camila")
    expect(page.locator(".row-item")).to_have_count(1)
    stays(page)


def test_what_is_found_is_seen_from_its_beginning(page):
    page.set_viewport_size({"width": 1440, "height": 500})
    page.locator("#conversations").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    page.locator("#q").press_sequentially("a")
    expect(page.locator(".row-item").first).to_be_in_viewport()
    assert page.locator("#conversations").evaluate("list => list.scrollTop") == 0


def test_another_tab_gets_a_page_of_its_own(page):
    with page.context.expect_page() as other:
        page.locator(f"#row-{participant(CAMILA).id} a").click(modifiers=["ControlOrMeta"])
    expect(other.value.locator("#name")).to_have_text("Camila Ferreira")
    expect(other.value.locator(".row-item")).to_have_count(11)
    expect(page.locator("#name")).to_have_count(0)
    other.value.close()


def test_one_who_is_gone_is_said_to_be_gone(bia, page):
    bia.expected = ("404",)
    row = page.locator(f"#row-{participant(CAMILA).id} a")
    path = row.get_attribute("href")
    row.evaluate("row => row.setAttribute('href', '/conversations/999999')")
    row.click()
    expect(page.get_by_text("There is nothing here (any more).")).to_be_visible()
    assert path


def test_what_cannot_be_come_back_to_this_way_is_opened_as_a_page(bia, page):
    bia.expected = ("401", "historyCacheMissLoadError")
    for address in (CAMILA, RAFAEL):
        choose(page, address)
    path = re.compile(rf"/conversations/{participant(CAMILA).id}$")
    page.route(path, lambda route: route.fulfill(status=401), times=1)
    page.go_back()
    expect(page.locator("#name")).to_have_text("Camila Ferreira")
    assert page.evaluate("window.opened") is None


def test_on_a_phone_it_takes_the_list_s_place_and_back_shows_the_list(visit, ids):
    bia = visit(BIA, Role.EDITOR, viewport=PHONE)
    page = bia.open("/conversations")
    hears(page)
    choose(page, CAMILA)
    expect(page.locator("#conversations")).to_be_hidden()
    page.go_back()
    expect(page.locator("#conversations")).to_be_visible()
    expect(page.locator("#name")).to_have_count(0)


def test_a_page_takes_few_requests_in_the_first_tab_and_in_the_next(app, visit, caio):
    hears(caio.open())  # others are at work, too
    hub = app.extensions["live"]
    eventually(lambda: hub.missed(time.time()) == [])
    bia = visit(BIA, Role.EDITOR)
    found: list[str] = []
    bia.context.on("request", lambda request: found.append(request.url))
    for _ in range(2):
        found.clear()
        page = bia.open(f"/conversations/{participant(CAMILA).id}")
        hears(page)
        ours = [each for each in found if each.startswith(bia.site) and "/stream" not in each]
        assert len(ours) <= 6, ours
    write(CAMILA, "and they hear")
    expect(page.locator(".thread").get_by_text("and they hear")).to_be_visible(timeout=PUSHED)


def test_who_goes_elsewhere_meanwhile_is_not_led_away(page):
    asked = []

    def late(route: Route) -> None:
        asked.append(route)

    id_ = participant(RAFAEL).id
    page.route(re.compile(rf"/conversations/{id_}$"), late, times=1)
    page.locator(f"#row-{id_} a").click()
    eventually(lambda: asked or page.wait_for_timeout(20))
    page.locator("#q").focus()
    asked[0].continue_()
    expect(page.locator(".pane .head")).to_contain_text("Rafael")
    expect(page.locator("#open")).not_to_have_class(re.compile("htmx-(request|settling)"))
    expect(page.locator("#q")).to_be_focused()
