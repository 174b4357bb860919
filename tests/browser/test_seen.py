"""What people stumbled over when they looked: rows, heads, menus, and a page that is not live."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.cast import BIA, CAIO, only, participant, write
from tests.doubles import objections as say
from tests.doubles.base import Fault
from tests.support.browser import DESK, PHONE, findings
from tests.support.eventually import eventually
from tests.support.samples import OGG, png, send
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import simulator
from wa_assistant.journey import starters
from wa_assistant.models import Message, Participant, Role, User

from .pages import CAMILA, RAFAEL, hears, listed, opened, rests, squeezed

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]

IN_ONE_LINE = """all => new Set([...document.querySelectorAll(all)]
    .map(each => each.getBoundingClientRect().top)).size === 1"""
FILTERS = ".filters > a, .filters summary"
HEIGHT = "each => each.getBoundingClientRect().height"


def stopped(name: str) -> int:
    """Somebody pretended who wants no more messages."""
    told = simulator.write(simulator.new_address(), name, "Oi", "SAIR")
    return int(told.id)


def fits(page: Page) -> bool:
    return squeezed(page) == []


@pytest.mark.parametrize("width", [900, 1000, 1100])
@pytest.mark.parametrize("language", ["pt-BR", "en-US"])
def test_no_word_is_broken_or_cut_on_a_small_desk(visit, ids, width, language):
    who = stopped("Thiago Nunes Albuquerque")
    bia = visit(BIA, Role.OWNER, viewport={"width": width, "height": 800}, locale=language)
    talks = [f"/conversations{end}" for end in ("", f"/{who}", f"/{ids['João Pedro']}")]
    for path in ("/", *talks, "/settings", f"/simulator/{who}", "/journeys", "/knowledge"):
        page = bia.open(path)
        # What it loads by itself has come, and stands where it stays.
        eventually(partial(fits, page), message=path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.close()


@pytest.mark.parametrize("language", ["pt-BR", "en-US"])
def test_the_filters_stand_in_one_line_at_a_desk(visit, ids, language):
    bia = visit(BIA, Role.EDITOR, locale=language)
    for path in ("/conversations", f"/conversations/{ids['João Pedro']}"):
        assert bia.open(path).evaluate(IN_ONE_LINE, FILTERS), path


def test_a_filter_keeps_the_conversation_that_is_open(bia):
    page = opened(bia)
    page.get_by_role("link", name=re.compile("Rafael")).click()
    expect(page.locator("#name")).to_have_text("Rafael")
    listed(page, "unread")
    expect(page.locator(".filters summary[aria-current]")).to_contain_text("Unread")
    expect(page.locator("#name")).to_have_text("Rafael")
    expect(page).to_have_url(re.compile(rf"/conversations/{participant(RAFAEL).id}\?show=unread"))
    page.go_back()
    page.go_back()
    expect(page.locator(".pane-blank")).to_be_visible()
    listed(page, "unread")
    expect(page.locator(".pane-blank")).to_be_visible()


def test_who_goes_back_takes_no_conversation_along(bia):
    page = opened(bia)
    page.get_by_role("link", name=re.compile("Rafael")).click()
    expect(page.locator("#name")).to_have_text("Rafael")
    # What stood there before is long on its way.
    page.route(re.compile("/conversations$"), lambda route: None)
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile("/conversations$"))
    ways = "all => all.map(each => new URL(each.href).pathname)"
    assert set(page.locator(".filters a").evaluate_all(ways)) == {"/conversations"}
    page.unroute_all(behavior="ignoreErrors")


def test_the_lists_keep_who_is_open_and_what_is_searched_for_when_they_are_fetched_anew(bia):
    page = opened(bia)
    page.get_by_role("link", name=re.compile("Rafael")).click()
    expect(page.locator("#name")).to_have_text("Rafael")
    page.locator("#search [name=q]").fill("a")
    with page.expect_response(re.compile("/conversations/lists|/filters")):
        page.evaluate("htmx.trigger(document.body, 'stale')")
    rests(page)
    ways = page.locator(".filters a").evaluate_all("all => all.map(each => each.href)")
    path = f"/conversations/{participant(RAFAEL).id}?"
    assert all(path in each and "q=a" in each for each in ways), ways


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_a_conversation_has_the_screen_to_itself(visit, ids, theme):
    who = stopped("João Ícaro Müller")
    with transaction():
        db.session.get_one(Participant, who).paused_until = utcnow()
    settings = {"viewport": PHONE, "locale": "pt-BR", "color_scheme": theme}
    bia = visit(BIA, Role.EDITOR, **settings)
    page = bia.open("/conversations")
    expect(page.locator(".rail")).to_be_visible()
    for known in (who, *ids.values()):
        page = bia.open(f"/conversations/{known}")
        expect(page.locator(".rail")).to_be_hidden()
        assert page.locator(".head").evaluate(HEIGHT) <= 120
        assert page.locator(".name").evaluate(HEIGHT) <= 60
        send = page.get_by_role("button", name="Enviar").bounding_box()
        assert send
        assert PHONE["height"] - 24 < send["y"] + send["height"] <= PHONE["height"]
        page.close()
    page = bia.open(f"/conversations/{who}")
    assert squeezed(page) == []
    assert findings(page) == []
    page.locator("#back").click()
    expect(page.locator(".rail")).to_be_visible()


def test_a_phone_in_the_simulator_has_no_bar_beneath_it(visit):
    who = stopped("Ivo")
    page = visit(BIA, Role.EDITOR, viewport=PHONE).open(f"/simulator/{who}")
    expect(page.locator(".rail")).to_be_hidden()
    page.locator(".bench-back").click()
    expect(page.locator(".rail")).to_be_visible()


def test_why_an_answer_was_given_is_seen_where_it_opens(bia):
    page = opened(bia, CAMILA)
    why = page.locator(".why").last
    why.locator("summary").click()
    expect(why.locator("dl")).to_be_in_viewport(ratio=1)
    end = "document.querySelector('.reading').getBoundingClientRect().bottom"
    assert why.evaluate("each => each.getBoundingClientRect().bottom") <= page.evaluate(end)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("state", ["free", "held", "stopped", "called"])
def test_no_line_stands_above_the_first_of_a_menu(visit, ids, size, state):
    who = stopped("Ivo") if state == "stopped" else ids["Camila Ferreira"]
    if state == "held":
        takeover.take_over(who, only(User, User.email == CAIO))
    who = ids["João Pedro"] if state == "called" else who
    page = visit(BIA, Role.EDITOR, viewport=size).open(f"/conversations/{who}")
    page.locator("#more > summary").click()
    lines = page.locator("#more > .menu-body").evaluate(
        """menu => [...menu.children].filter(each => each.checkVisibility())
            .map(each => parseFloat(getComputedStyle(each).borderTopWidth) > 0)"""
    )
    assert lines[0] is False


def told(page: Page) -> bool:
    return page.locator("#not-live").is_visible()


@pytest.mark.parametrize("missing", ["nothing", "scripts", "the CDN"])
def test_a_page_that_does_not_update_itself_says_so(visit, ids, missing):
    options = {"java_script_enabled": False} if missing == "scripts" else {}
    bia = visit(BIA, Role.EDITOR, cdn=missing != "the CDN", **options)
    bia.expected = ("ERR_FAILED",)
    for path in ("/", "/conversations", f"/conversations/{ids['Rafael']}", "/journeys"):
        page = bia.open(path)
        assert told(page) == (missing != "nothing"), path
        assert squeezed(page) == [] if missing != "scripts" else True
        page.close()


@pytest.mark.parametrize("cdn", [True, False], ids=["live", "without the CDN"])
def test_a_photo_sent_from_the_phone_is_a_picture_on_it(visit, work, cdn):
    ivo = simulator.write(simulator.new_address(), "Ivo", "Oi")
    bia = visit(BIA, Role.EDITOR, cdn=cdn)
    bia.expected = ("ERR_FAILED",)
    page = bia.open(f"/simulator/{ivo.id}")
    if cdn:
        hears(page)
    photo = {"name": "boleto.png", "mimeType": "image/png", "buffer": png()}
    page.locator("#attached").set_input_files(photo)
    expect(page.locator(".said")).to_have_count(2)
    work()
    if not cdn:
        page.reload()
    picture = page.locator(".said .picture img")
    expect(picture).to_be_visible()
    expect(page.locator(".said:has(.picture) time")).to_be_visible()
    assert db.session.query(Message).filter_by(kind="image").count() == 1


WIDTHS = [1000, PHONE["width"]]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_of_people_s_words(visit, openai, twilio, work, width):
    starters.install()
    openai.hears = "Oi, queria saber se tem vaga amanhã à tarde."
    write("whatsapp:+5581900000001", "Vocês fazem bolo sem lactose?", ProfileName="Antônia Núñez")
    work()
    choice = {"MessageType": "interactive", "ListId": "visita:sab-10", "ListTitle": "Sábado, 10h"}
    write("whatsapp:+5581900000002", "Sábado, 10h", ProfileName="José", **choice)
    voice = {"kind": "audio", "ProfileName": "Lia Araújo"}
    send(twilio, "whatsapp:+5581900000003", OGG, "audio/ogg; codecs=opus", **voice)
    write("whatsapp:+5581900000004", "SAIR", ProfileName="Rui")
    work()
    bia = visit(BIA, Role.EDITOR, viewport={"width": width, "height": 844}, locale="pt-BR")
    page = bia.open("/conversations")

    def row(name: str) -> str:
        said = page.locator(".row-item", has_text=name).text_content() or ""
        return " ".join(said.split())

    assert "Vocês fazem bolo sem lactose?" in row("Antônia Núñez")
    assert "assistente virtual" not in row("Antônia Núñez")
    assert "Sábado, 10h" in row("José")
    assert "visita:sab-10" not in row("José")
    assert "Mensagem de voz: Oi, queria saber" in row("Lia Araújo")
    badge = page.locator(".row-item", has_text="Rui").locator(".badge")
    expect(badge).to_contain_text("Não quer mais mensagens")
    assert squeezed(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page = bia.open("/conversations?q=antonia+nunez")
    expect(page.locator(".row-item")).to_have_count(1)
    expect(page.locator(".row-item")).to_contain_text("Antônia Núñez")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_a_model_that_failed_three_times_is_told_where_the_team_looks(
    visit, openai, work, size, role
):
    key = say.gemini_key()
    openai.plan(3, Fault(path="/chat/completions", response=key))
    eva = visit("eva@example.com", role, viewport=size, locale="pt-BR")
    people = [f"whatsapp:+558190000000{number}" for number in range(4)]
    for number, person in enumerate(people[:3], 1):
        write(person, "vocês abrem no sábado?")
        work()
        page = eva.open("/")
        expect(page.locator("#alarm-model")).to_have_count(int(number == 3))
        page.close()
    for path in ("/", f"/conversations/{participant(people[0]).id}", "/preferences"):
        page = eva.open(path)
        told = " ".join((page.locator("#alarm-model summary").text_content() or "").split())
        assert "O modelo não responde: o servidor recusou a chave." in told
        assert re.search(r"três vezes seguidas ou mais, desde (as )?\d\d:\d\d", told), told
        source = page.content()
        assert not re.search("INVALID_ARGUMENT|not valid|API_KEY_INVALID", source)
        way = page.locator("#alarm-model a[href='/settings/connections']")
        expect(way).to_have_count(int(role == Role.OWNER))
        if "conversations" in path:
            box = page.get_by_role("textbox").last.bounding_box()
            assert box
            assert box["y"] + box["height"] <= size["height"]
        page.close()
    for person in people[:3]:
        page = eva.open(f"/conversations/{participant(person).id}")
        expect(page.locator(".why").last).to_contain_text("o servidor recusou a chave")
        page.close()
    write(people[3], "e hoje?")
    work()
    expect(eva.open("/").locator("#alarm-model")).to_have_count(0)
