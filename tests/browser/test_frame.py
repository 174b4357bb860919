"""The frame, the simulator and the pages around them, as they are seen."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import rows
from tests.support.browser import findings, photograph
from wa_assistant.intake import simulator
from wa_assistant.models import Message, Role, Status

from .pages import hears, of_many_looks, squeezed

BIA = ("bia@example.com", Role.EDITOR)
# Size, theme and language, each with each of the others.
LIVE = "html[data-live=yes]"

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


@pytest.fixture
def ivo() -> int:
    """Somebody pretended, with a long name and a word that does not end."""
    name = "Ivo Martins de Albuquerque Cavalcanti"
    words = ("Oi!", "Vocês abrem no sábado?", "pneumoultramicroscopicossilico" * 6)
    ivo = simulator.write(simulator.new_address(), name, *words)
    simulator.speak(ivo.address, name)
    return ivo.id


def is_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, work, ivo, look):
    size, theme, language = look
    work()
    bia = visit(*BIA, viewport=size, color_scheme=theme, locale=language)
    bia.expected = ("404",)
    for name, path in {
        "simulator": "/simulator",
        "phone": f"/simulator/{ivo}",
        "team": f"/simulator/{ivo}?side=team",
        "preferences": "/preferences",
        "roles": "/team/roles",
        "error": "/nothing",
    }.items():
        page = bia.open(path)
        page.wait_for_selector(LIVE)
        photograph(page, f"frame-{name}-{size['width']}-{theme}-{language}")
        assert findings(page) == [], name
        assert squeezed(page) == [], name
        assert not is_sideways(page), name
        assert page.evaluate("document.documentElement.lang") == language.replace("en-US", "en")
        page.close()


def test_one_s_own_theme_is_over_the_system_s(visit):
    bia = visit(*BIA, color_scheme="light")
    page = bia.open("/preferences")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("Dark").check()
    page.get_by_label("Português (Brasil)").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="foram salvas")).to_be_visible()
    assert page.evaluate(paper) != light
    assert findings(page) == []


def test_what_one_writes_on_the_phone_the_team_sees_beside_it(visit, ivo, work):
    bia = visit(*BIA)
    bia.expected = ("422",)
    page = bia.open(f"/simulator/{ivo}")
    page.wait_for_selector(LIVE)
    field, team = page.get_by_placeholder("Message as"), page.locator(".bench-team .message")
    expect(team).to_have_count(4)
    field.fill("  ")
    field.press("Enter")
    expect(page.locator("#told")).to_have_text("Write something first.")
    field.fill("um\ndois\ntrês")
    page.get_by_role("button", name="Send line by line").click()
    expect(team).to_have_count(7)
    expect(field).to_have_value("")
    expect(page.locator("#told")).to_be_empty()
    field.fill("half a sent")
    page.get_by_role("button", name="Voice message").click()
    expect(page.locator(".toast")).to_have_text("A voice message was sent.")
    expect(team).to_have_count(8)
    expect(field).to_have_value("half a sent")
    field.press("Enter")
    expect(team.last).to_contain_text("half a sent")
    work()
    expect(page.locator(".said-outbound")).to_have_count(1)
    expect(page.locator(".phone-screen .said").last).to_be_in_viewport()
    page.get_by_role("button", name="Read what arrived").click()
    expect(page.locator(".toast")).to_have_text("1 message was read.")
    expect(page.locator(".bench-team .tick-read")).to_have_count(1)


def test_a_reply_can_be_lost_before_the_eyes_of_the_team(visit, ivo, work):
    page = visit(*BIA).open(f"/simulator/{ivo}")
    page.wait_for_selector(LIVE)
    page.get_by_role("button", name="Lose the next reply").click()
    expect(page.get_by_role("button", name="The next reply will be lost")).to_be_disabled()
    work()
    expect(page.locator(".bench-team .failed")).to_have_count(1)
    expect(page.locator(".said-outbound")).to_have_count(0)
    ends = [each.status for each in rows(Message) if each.direction == "outbound"]
    assert ends == [Status.UNDELIVERED]
    # It is lost now: the one after it can be lost as well.
    expect(page.get_by_role("button", name="Lose the next reply")).to_be_enabled()


def test_what_was_read_before_a_click_does_not_take_it_back(visit, ivo):
    page = visit(*BIA).open(f"/simulator/{ivo}")
    hears(page)
    held: list[Route] = []
    events: list[str] = []

    def hold(route: Route) -> None:
        if route.request.method == "GET" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/failure", hold)
    page.on("request", lambda request: events.append("click") if request.method == "POST" else None)
    with page.expect_request("**/failure"):
        page.evaluate("document.body.dispatchEvent(new Event('stale'))")
    page.get_by_role("button", name="Lose the next reply").click()
    page.evaluate("1")
    events.append("read")
    held[0].continue_()
    expect(page.get_by_role("button", name="The next reply will be lost")).to_be_disabled()
    assert events == ["read", "click"]


def test_a_second_enter_on_the_phone_sends_nothing_more(visit, ivo):
    page = visit(*BIA).open(f"/simulator/{ivo}")
    page.wait_for_selector(LIVE)
    page.get_by_placeholder("Message as").fill("once")
    page.evaluate("() => { for (const _ of [1, 2]) document.forms.write.requestSubmit(); }")
    expect(page.locator(".said-inbound", has_text="once")).to_have_count(1)
    expect(page.get_by_placeholder("Message as")).to_have_value("")
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.locator("#told")).to_be_empty()


def test_what_is_typed_on_the_phone_while_it_sends_is_the_beginning_of_the_next(visit, ivo):
    page = visit(*BIA).open(f"/simulator/{ivo}")
    page.wait_for_selector(LIVE)
    field = page.get_by_placeholder("Message as")

    def slow(route: Route) -> None:
        field.press_sequentially(" two")
        route.continue_()

    page.route("**/messages", slow)
    field.fill("one")
    field.press("Enter")
    expect(page.locator(".said-inbound .text").last).to_have_text("one")
    expect(field).to_have_value(" two")


@pytest.mark.parametrize("missing", ["scripts", "the CDN"])
def test_without_scripts_or_their_source_all_of_it_works(visit, ivo, work, missing):
    options = {"java_script_enabled": False} if missing == "scripts" else {"cdn": False}
    bia = visit(*BIA, **options)
    bia.expected = ("ERR_FAILED", "422")
    page = bia.open("/simulator")
    page.get_by_label("Name").fill("Eva")
    page.get_by_label("First message").fill("Olá!")
    page.get_by_role("button", name="Write as a new participant").click()
    field = page.get_by_placeholder("Message as")
    field.fill("um\ndois")
    page.get_by_role("button", name="Send line by line").click()
    expect(page.locator(".said")).to_have_count(3)
    work()
    page.get_by_role("button", name="Read what arrived").click()
    expect(page.get_by_text("1 message was read.")).to_be_visible()
    field.fill("y" * 4097)
    page.get_by_role("button", name="Send from the phone").click()
    expect(page.locator("#told")).to_contain_text("4096")
    expect(field).to_have_value("y" * 4097)
    page.get_by_role("link", name="Preferences").click()
    page.get_by_label("Português (Brasil)").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Suas preferências foram salvas.")).to_be_visible()


def test_the_keyboard_reaches_the_content_at_once(visit):
    page = visit(*BIA).open("/preferences")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.name")
    assert focused == "language"
