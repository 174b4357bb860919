"""Conversations as two people see them at once, each in a browser of their own."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, CAIO, participant, rows, write
from tests.support.browser import DESK, PHONE, findings, photograph
from tests.support.eventually import eventually
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import simulator
from wa_assistant.models import AiCall, Message, Participant, Provider, Role, User
from wa_assistant.providers import circuit

from .pages import CAMILA, PUSHED, hears, of_looks, opened, rests, squeezed, talk

pytestmark = pytest.mark.usefixtures("context")

UNREAD = "#row-{} .count"
OWN = {"Bia Ramos holds": "You hold"}  # what others are told of us, as we are told


def top(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.thread').scrollTop"))


def at_end(page: Page) -> bool:
    gap = "(t => t.scrollHeight - t.scrollTop - t.clientHeight)(document.querySelector('.thread'))"
    return bool(page.evaluate(gap) < 2)


def test_a_message_is_seen_within_a_second_in_the_list_and_the_thread(bia, caio):
    listing, thread = opened(bia), opened(caio, CAMILA)
    first = listing.locator("#rows-others .row-item").first
    quickest = float("inf")
    for words in ("Mais uma", "E outra", "E mais", "Oi?", "Tchau"):
        began = time.monotonic()
        write(CAMILA, words)
        expect(thread.locator(".thread").get_by_text(words)).to_be_visible(timeout=PUSHED)
        expect(first).to_contain_text(words, timeout=PUSHED)
        quickest = min(quickest, time.monotonic() - began)
    assert quickest < 1, "the others may tell of a busy machine, the quickest tells of us"


def test_what_is_seen_is_read_for_all_and_what_is_not_stays_unread(bia, caio, ids):
    listing = opened(bia)
    joao = ids["João Pedro"]
    expect(listing.locator(UNREAD.format(joao))).to_be_visible()
    page = caio.open(f"/conversations/{joao}")
    expect(listing.locator(UNREAD.format(joao))).to_have_count(0)
    # Who scrolled up has not seen what came since.
    talk("whatsapp:+5521998765432", 40)
    page.reload()
    hears(page)
    page.evaluate("document.querySelector('.thread').scrollTop = 100")
    expect(page.locator("#to-end")).to_be_visible()
    write("whatsapp:+5521998765432", "still there?")
    expect(page.get_by_role("button", name="New messages")).to_be_visible(timeout=PUSHED)
    expect(listing.locator(UNREAD.format(joao))).to_be_visible(timeout=PUSHED)
    page.get_by_role("button", name="New messages").click()
    expect(listing.locator(UNREAD.format(joao))).to_have_count(0)
    eventually(lambda: at_end(page))


def test_a_hidden_page_reads_nothing_and_catches_up_when_it_is_looked_at(bia):
    page = opened(bia, CAMILA)
    page.evaluate(
        "() => { window.shown = 'hidden';"
        "Object.defineProperty(document, 'visibilityState', { get: () => window.shown }); }"
    )
    write(CAMILA, "hello?")
    write(CAMILA, "nobody?")
    eventually(lambda: participant(CAMILA).unread == 2)
    expect(page.get_by_text("nobody?")).to_have_count(0)
    page.evaluate(
        "() => { window.shown = 'visible';document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page.locator(".thread").get_by_text("nobody?")).to_be_visible()
    eventually(lambda: participant(CAMILA).unread == 0)


def test_a_hidden_page_that_was_cut_off_still_hears_that_a_person_is_needed(bia):
    page = opened(bia)
    page.evaluate(
        "() => { Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });"
        "new BroadcastChannel('live').postMessage({ name: 'conversations' }); }"
    )
    title = page.title()
    with transaction():  # without a word of it to anybody
        camila = db.session.get_one(Participant, participant(CAMILA).id)
        camila.attention, camila.attention_at = "asked for", camila.last_activity_at
    assert page.title() == title
    page.evaluate("new BroadcastChannel('live').postMessage({ name: 'all' })")
    eventually(lambda: page.title() == title.replace("(2)", "(3)"))


def test_typed_text_focus_and_place_survive_what_happens(bia, caio, ids):
    talk(CAMILA, 60)
    page = opened(bia, CAMILA)
    page.locator("#body").fill("half a sen")
    page.evaluate("document.querySelector('.thread').scrollTop = 400")
    expect(page.locator("#to-end")).to_be_visible()
    rests(page)
    place = top(page)
    page.locator("#body").focus()
    write(CAMILA, "another line")
    expect(page.get_by_role("button", name="New messages")).to_be_visible(timeout=PUSHED)
    takeover.take_over(participant(CAMILA).id, rows(User, User.email == CAIO)[0])
    expect(page.locator("#state")).to_contain_text("Caio holds", timeout=PUSHED)
    page.keyboard.type("tence")
    expect(page.locator("#body")).to_have_value("half a sentence")
    assert abs(top(page) - place) < 2
    # And in the list: who is under the focus moves, the focus moves along.
    row = page.locator(f"#row-{ids['Dona Zuleica']} a")
    row.focus()
    write("whatsapp:+5571991239876", "Sete anos")
    expect(page.locator("#rows-others .row-item").first).to_contain_text("Sete", timeout=PUSHED)
    expect(row).to_be_focused()


def test_who_reads_at_the_end_follows(bia):
    talk(CAMILA, 60)
    page = opened(bia, CAMILA)
    assert at_end(page)
    write(CAMILA, "at the end")
    expect(page.locator(".thread").get_by_text("at the end")).to_be_in_viewport(timeout=PUSHED)
    eventually(lambda: at_end(page))


def test_older_messages_load_above_and_the_place_is_kept(bia):
    talk(CAMILA, 120)
    page = opened(bia, CAMILA)
    assert page.locator(".message").count() == 50
    page.evaluate("document.querySelector('.thread').scrollTop = 0")
    expect(page.locator(".message")).to_have_count(100)
    expect(page.locator(".thread").get_by_text("line 70", exact=True)).to_be_in_viewport()
    write(CAMILA, "news")
    expect(page.locator(".thread").get_by_text("news")).to_be_attached(timeout=PUSHED)
    assert page.locator(".message").count() == 101
    assert page.locator(".day").count() == len(
        {
            page.locator(".day").nth(n).get_attribute("id")
            for n in range(page.locator(".day").count())
        }
    )


def test_all_of_a_head_is_live(bia, caio, ids):
    page, other = opened(bia, CAMILA), opened(caio, CAMILA)
    title = other.title()
    for press, seen in (
        ("For 15 minutes", "Assistant paused until"),
        ("Resume", "The assistant answers."),
        ("Until resumed", "Assistant paused."),
        ("Take over", "Bia Ramos holds"),
        ("Hand back", "The assistant answers."),
    ):
        button = page.get_by_role("button", name=press, exact=True)
        if not button.is_visible():
            page.locator("#more > summary").click()
        button.click()
        expect(other.locator("#state")).to_contain_text(seen, timeout=PUSHED)
        expect(page.locator("#state")).to_contain_text(OWN.get(seen, seen))
        rests(page)
    page.locator("#more > summary").click()
    page.get_by_role("button", name="Mark: needs a person").click()
    expect(other.locator("#call")).to_contain_text("marked by the team", timeout=PUSHED)
    eventually(lambda: other.title() == title.replace("(2)", "(3)"))
    page.locator("#more > summary").click()
    page.locator("#user_id").select_option(label="Caio")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(other.locator("#call")).to_contain_text("for you", timeout=PUSHED)
    page.get_by_role("button", name="Resolved").click()
    expect(other.locator("#call")).to_have_count(0, timeout=PUSHED)
    eventually(lambda: other.title() == title)


def test_a_call_for_a_person_is_notified_without_a_word_of_it(bia):
    bia.context.grant_permissions(["notifications"], origin=bia.site)
    page = opened(bia)
    page.evaluate(
        "() => { window.told = [];"
        "window.Notification = class { constructor(...given) { window.told.push(given); }"
        "addEventListener() {} static permission = 'granted'; };"
        "Object.defineProperty(document, 'hidden', { get: () => true });"
        "Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }); }"
    )
    attention.raise_by_hand(participant(CAMILA).id, rows(User, User.email == CAIO)[0])
    eventually(lambda: page.evaluate("window.told.length"))
    assert page.evaluate("window.told") == [
        ["A conversation needs a person.", {"tag": "attention"}]
    ]


def test_the_list_is_searched_as_one_types(bia):
    page = opened(bia)
    page.locator("#q").press_sequentially("camila")
    expect(page.locator(".row-item")).to_have_count(1)
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").fill("")
    expect(page.locator(".row-item")).to_have_count(11)
    page.get_by_role("link", name="Mine").click()
    expect(page.locator(".row-item")).to_have_count(1)


def test_one_who_is_gone_is_said_to_be_gone(bia):
    bia.expected = ("404",)
    page = opened(bia, CAMILA)
    known = participant(CAMILA).id
    with transaction():
        for message in db.session.query(Message).filter_by(participant_id=known):
            message.answered_by_id = None
            db.session.delete(message)
        db.session.flush()
        db.session.query(AiCall).filter_by(participant_id=known).delete()
        db.session.delete(db.session.get_one(Participant, known))
    page.evaluate("htmx.trigger(document.body, 'stale')")
    expect(page.locator("#gone")).to_be_visible()


@of_looks
@pytest.mark.parametrize("database", ["sqlite"])
def test_pages_are_looked_at_and_axe_finds_nothing(visit, ids, look):
    size, theme, locale = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=locale)
    names = {
        "list": "/conversations",
        **{name.split()[0]: f"/conversations/{key}" for name, key in ids.items()},
    }
    for name in ("list", "Ana", "João", "Marina"):
        page = bia.open(names[name])
        hears(page)
        if name == "João":
            page.locator("#more > summary").click()
        if name == "Marina":
            page.locator(".why > summary").click()
        photograph(page, f"conversations-{name}-{size['width']}-{theme}-{locale}")
        assert findings(page) == []
        assert squeezed(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "the page is wider than its window"
        page.close()


@pytest.mark.parametrize("path", ["/conversations/{}", "/simulator/{}"])
def test_the_name_has_room_first_and_no_state_breaks_without_need(visit, path):
    told = simulator.write(simulator.new_address(), "Thiago Nunes Albuquer", "Oi")
    with transaction():
        db.session.get_one(Participant, told.id).paused_until = utcnow() + timedelta(minutes=30)
    page = visit(BIA, Role.EDITOR, locale="pt-BR").open(path.format(told.id))
    assert not page.locator("#name").evaluate("name => name.scrollWidth > name.clientWidth")
    assert page.locator("#state").evaluate("state => state.clientHeight") <= 2 * 20


def test_every_filter_is_seen_whole(visit, ids):
    page = visit(BIA, Role.EDITOR, locale="pt-BR").open("/conversations")
    last = "f => f.lastElementChild.getBoundingClientRect().right - f.getBoundingClientRect().right"
    assert page.locator(".filters").evaluate(last) <= 0


BADGE_IS_SEEN = """() => {
    const at = (each) => document.querySelector(each).getBoundingClientRect();
    const [line, badge] = [at(".name-line"), at(".name-line .badge")];
    const fits = badge.bottom <= line.bottom && badge.right <= line.right;
    return at("#name").width > 0 && badge.width > 0 && fits;
}"""


@pytest.mark.parametrize(
    "name", ["Ana", "Thiago Nunes Albuquerque de Vasconcelos e Figueiredo Lima"]
)
def test_that_one_is_simulated_is_seen_beside_any_name(visit, name):
    told = simulator.write(simulator.new_address(), name, "Oi")
    page = visit(BIA, Role.EDITOR, locale="pt-BR").open(f"/conversations/{told.id}")
    # The head fits itself to the pane's width, which the browser knows once it has drawn it.
    page.wait_for_function(BADGE_IS_SEEN)


@pytest.mark.parametrize("broken", [(), (Provider.MODEL, Provider.TWILIO)], ids=["", "banners"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_what_was_done_is_told_beneath_the_line_that_calls_for_a_person(visit, ids, size, broken):
    for provider in broken:
        circuit.break_(provider, "HTTP 401: Authenticate")
    visitor = visit(BIA, Role.EDITOR, viewport=size, locale="pt-BR")
    page = visitor.open(f"/conversations/{ids['João Pedro']}")
    top = page.locator("#toasts").evaluate("toasts => toasts.getBoundingClientRect().top")
    assert top >= page.locator("#call").evaluate("call => call.getBoundingClientRect().bottom")
