"""What one looked for, what one did by mistake, what stands far above: none of it is lost."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import BIA, CAIO, participant, rows
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import transaction
from wa_assistant.extensions import db
from wa_assistant.models import Message, Participant, Role, Status, User

from .pages import CAMILA, PUSHED, RAFAEL, hears, listed, opened, rests, squeezed, talk

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What a browser makes of a page does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]
JOAO = "whatsapp:+5521998765432"
TOAST_IS_BELOW = """() => {
    const at = (each) => document.querySelector(each).getBoundingClientRect();
    return at(".toast").top >= at(".pane > .head").bottom;
}"""


def names(page: Page) -> list[str]:
    return page.locator(".row-item .who").all_text_contents()


def test_what_is_searched_for_survives_a_filter_a_reload_and_going_back(bia):
    page = opened(bia)
    page.locator("#q").press_sequentially("rafa")
    expect(page.locator(".row-item")).to_have_count(1)
    page.wait_for_url("**/conversations?q=rafa")
    page.reload()
    expect(page.locator("#q")).to_have_value("rafa")
    assert names(page) == ["Rafael"]
    page.locator("#q").fill("Rafael")
    listed(page, "unread")
    page.wait_for_url("**/conversations?show=unread&q=Rafael")
    expect(page.get_by_text("Nobody of this name or number.")).to_be_visible()
    page.locator("#list-open").click()
    page.locator(".row-item a").click()
    # The list holds the same words: only the address says that the conversation is there.
    page.wait_for_url(f"**/conversations/{participant(RAFAEL).id}?q=Rafael")
    expect(page.locator("#q")).to_have_value("Rafael")
    page.locator("#q").fill("")
    expect(page.locator(".row-item")).to_have_count(11)
    page.wait_for_url(f"**/conversations/{participant(RAFAEL).id}")


def test_what_is_typed_before_the_scripts_are_there_is_kept_too(bia):
    page = bia.context.new_page()

    def late(route: Route) -> None:
        page.evaluate("document.querySelector('#q').value = 'rafael'")
        route.continue_()

    page.route("**/script.js?v=*", late)
    page.goto(f"{bia.site}/conversations?q=zuleica")
    page.wait_for_url("**/conversations?q=rafael")
    expect(page.locator(".row-item .who")).to_have_text(["Rafael"])


def test_a_tick_far_above_the_newest_page_is_live(bia):
    first = rows(Message, Message.participant_id == participant(CAMILA).id)[-1]
    with transaction():
        db.session.get_one(Message, first.id).status = Status.DELIVERED
    talk(CAMILA, 60)
    page = opened(bia, CAMILA)
    page.evaluate("document.querySelector('.thread').scrollTop = 0")
    tick = page.locator(f"#message-{first.id} .tick")
    expect(tick).to_have_class("tick tick-delivered")
    with transaction():
        db.session.get_one(Message, first.id).status = Status.READ
    attention.raise_by_hand(participant(CAMILA).id, rows(User, User.email == CAIO)[0])
    expect(tick).to_have_class("tick tick-read", timeout=PUSHED)
    expect(page.locator(".message")).to_have_count(62)


def test_taking_over_from_a_colleague_asks_first(bia):
    page = opened(bia, RAFAEL)
    page.get_by_role("button", name="Take over…").click()
    asked = page.get_by_role("dialog", name="Take over from Caio?")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(page.get_by_role("button", name="Take over…")).to_be_focused()
    expect(page.locator("#state")).to_contain_text("Caio holds it")
    page.keyboard.press("Enter")
    # The question goes with its reason.
    takeover.hand_back(participant(RAFAEL).id, rows(User, User.email == CAIO)[0])
    expect(asked).to_be_hidden(timeout=PUSHED)
    takeover.take_over(participant(RAFAEL).id, rows(User, User.email == CAIO)[0])
    page.get_by_role("button", name="Take over…").click()
    asked.get_by_role("button", name="Take over").click()
    expect(page.locator("#state")).to_contain_text("You hold it")
    expect(asked).to_be_hidden()


def test_the_focus_stays_in_the_head_when_its_button_is_gone(bia):
    page = opened(bia, CAMILA)
    page.get_by_role("button", name="Take over").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    expect(page.locator(".pane > .head")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Hand back")).to_be_focused()


def test_what_was_resolved_by_mistake_is_reopened_where_it_was(bia):
    page = opened(bia, JOAO)
    before = page.locator("#call").inner_text()
    page.get_by_role("button", name="Resolved").click()
    expect(page.locator("#call")).to_have_count(0)
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator("#call")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)
    expect(page.locator("#call")).to_have_text(before, use_inner_text=True)


def test_a_server_that_is_away_is_said_once(bia):
    bia.expected = ("ERR_FAILED", "htmx:")  # the browser's and htmx's own words for it
    page = opened(bia, CAMILA)
    page.route("**/messages", lambda route: route.abort())
    page.route("**/takeover", lambda route: route.abort())
    page.locator("#body").fill("are you there?")
    page.locator("#body").press("Enter")
    expect(page.locator("#composer-problem")).to_contain_text("Your text is kept.")
    expect(page.locator("#body")).to_have_value("are you there?")
    expect(page.locator(".toast")).to_have_count(0)
    page.get_by_role("button", name="Take over").click()
    expect(page.locator(".toast")).to_have_text("The server cannot be reached. Please try again.")


@pytest.mark.parametrize(
    "page_of", ["/conversations/{}", "/simulator/{}", "/simulator/{}?side=team"]
)
def test_without_scripts_a_long_conversation_opens_at_its_end(visit, ids, page_of):
    sofia = ids["Sofia Martins"]  # who is simulated
    talk(db.session.get_one(Participant, sofia).address, 80)
    page = visit(BIA, Role.EDITOR, java_script_enabled=False).open(page_of.format(sofia))
    page.screenshot()  # it is drawn now, and knows the width of what it fits itself to
    logs = page.locator("[role=log]:visible").count()
    for words, stands in (("line 79", True), ("line 39", False)):
        said = page.locator("[role=log] .text:visible").filter(has_text=words)
        expect(said).to_have_count(logs)
        for each in said.all():
            expect(each).to_be_in_viewport() if stands else expect(each).not_to_be_in_viewport()


def test_a_long_name_leaves_the_sentence_beneath_it_whole(visit, ids):
    with transaction():
        caio = db.session.query(User).filter_by(email=CAIO).one()
        caio.name = "Caio Augusto Figueiredo de Vasconcelos"
    bia = visit(BIA, Role.EDITOR, locale="pt-BR")
    page = bia.open(f"/conversations/{ids['Rafael']}")
    expect(page.locator("#state")).to_contain_text("assistente em silêncio.")
    assert squeezed(page) == []


def test_a_pause_leaves_the_name_to_be_read_on_a_phone(visit, ids):
    size = {"width": 390, "height": 844}
    bia = visit(BIA, Role.EDITOR, viewport=size, locale="pt-BR")
    page = bia.open(f"/conversations/{ids['Thiago Nunes']}")
    expect(page.locator("#state")).to_contain_text("Assistente em pausa até")
    expect(page.get_by_role("button", name="Assumir", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Retomar", exact=True)).to_be_visible()
    name = page.locator("#name")
    assert name.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert squeezed(page) == []


def test_words_that_pass_by_leave_the_name_and_the_buttons_to_be_seen(visit, ids):
    for size in ({"width": 1440, "height": 900}, {"width": 360, "height": 640}):
        page = visit(BIA, Role.EDITOR, viewport=size).open(f"/conversations/{ids['João Pedro']}")
        hears(page)
        page.get_by_role("button", name="Resolved").click()
        expect(page.get_by_role("button", name="Reopen")).to_be_visible()
        expect(page.locator("#call")).to_have_count(0)
        rests(page)
        assert page.evaluate(TOAST_IS_BELOW)
        page.get_by_role("button", name="Reopen").click()
        expect(page.locator("#call")).to_be_visible()


def test_nobody_is_asked_to_choose_where_there_is_nobody(visit):
    page = visit(BIA, Role.EDITOR).open("/conversations")
    expect(page.get_by_text("Nobody has written yet.")).to_be_visible()
    expect(page.get_by_text("Choose a conversation")).to_be_hidden()
