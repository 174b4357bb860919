"""A team of two works through the demo's conversations: one at a desk by keys alone, one on a phone
by taps alone. In the end all are done, noted and tagged, and whatever counts them agrees."""

import re
from collections.abc import Callable, Sequence
from itertools import cycle

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from tests.cast import rows
from tests.support.browser import PHONE, findings
from tests.support.eventually import eventually
from wa_assistant.cli.demo import scenario
from wa_assistant.database import db, utcnow
from wa_assistant.models import Note, Participant, ParticipantTag, Role, Tag, User

from .pages import hears, rests

HELENA, DAVI = "helena@escola.example.com", "davi@escola.example.com"
TAG = "revisto"
ROW = "#conversations .row-item a"

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.environment(APP_ENV="demo")]


class Desk:
    """Helena, who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def open_first(self) -> str:
        """Go to the first of the list, open it, and leave the field to write in."""
        self.press("k")
        self.until_first_is_reached()
        name = self.page.locator(f"{ROW} .who").first.inner_text()
        self.press("Enter")
        expect(self.page.locator("#name")).to_have_text(name)
        expect(self.page.locator("#body")).to_be_focused()
        self.press("Escape")
        expect(self.page.locator(f"{ROW}:focus .who")).to_have_text(name)
        return name

    def until_first_is_reached(self) -> None:
        first = self.page.locator(ROW).first

        def reached() -> bool:
            self.press("k")
            return bool(first.evaluate("each => each === document.activeElement"))

        eventually(reached)

    def note(self, words: str) -> None:
        self.press("n")
        expect(self.page.locator("#note-body")).to_be_focused()
        self.type(words)
        self.press("Enter")
        expect(self.page.locator(".note .text").last).to_have_text(words)
        expect(self.page.locator("#note-body")).to_have_value("")
        self.press("Escape")

    def tag(self) -> None:
        self.press("l")
        expect(self.page.locator("#card-tag-value")).to_be_focused()
        self.type(TAG)
        self.press("Enter")
        expect(self.page.locator("#card .tag", has_text=TAG)).to_be_visible()
        expect(self.page.locator("#card-tag-value")).to_be_focused()
        expect(self.page.locator("#card-tag-value")).to_have_value("")
        self.press("Escape")
        expect(self.page.locator(f"{ROW}[aria-current=page]")).to_be_focused()

    def finish(self) -> None:
        self.press("e")
        expect(self.page.locator("#open-again")).to_be_visible()

    def work(self) -> None:
        name = self.open_first()
        self.note(f"Falei com {name} e resolvi.")
        self.tag()
        self.finish()
        rests(self.page)


class Phone:
    """Davi, who has no keys but those of the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tap(self, chosen: str) -> None:
        """Tap what a finger hits: it is 24 px wide and high at least, as WCAG has it."""
        target = self.page.locator(chosen)
        box = target.bounding_box()
        assert box, chosen
        assert min(box["width"], box["height"]) >= 24, (chosen, box)
        target.tap()

    def type(self, field: str, words: str) -> None:
        self.tap(field)
        expect(self.page.locator(field)).to_be_focused()
        self.page.keyboard.type(words)

    def open_last(self) -> None:
        self.open(self.page.locator(f"{ROW} .who").last.inner_text())

    def open(self, name: str) -> None:
        self.page.locator(ROW, has_text=name).last.tap()
        expect(self.page.locator("#name")).to_have_text(name)
        hears(self.page)

    def note(self, words: str) -> None:
        self.tap("#to-note")
        self.type("#note-body", words)
        self.tap("#note > button")
        expect(self.page.locator(".note .text").last).to_have_text(words)

    def tag(self) -> None:
        self.tap("#more > summary")
        self.tap("a.to-plan")
        self.type("#card-tag-value", TAG)
        self.tap("#card-tag button")
        expect(self.page.locator("#card .tag", has_text=TAG)).to_be_visible()
        self.tap("[data-shut]")

    def finish(self) -> None:
        self.tap("#done")
        expect(self.page.locator("#open-again")).to_be_visible()

    def back(self) -> None:
        self.tap("#back")
        expect(self.page.locator("#conversations")).to_be_visible()
        hears(self.page)

    def to_snoozed(self) -> None:
        self.tap("#more-lists > summary")
        self.tap("#list-snoozed")
        expect(self.page.locator("#more-lists > summary")).to_have_attribute("aria-current", "true")
        hears(self.page)

    def prepare(self) -> None:
        self.note("Conferido com a secretaria.")
        self.tag()

    def work(self) -> None:
        self.open_last()
        self.prepare()
        self.finish()
        self.back()


@pytest.fixture
def two(visit) -> Callable[[int | None], tuple[Desk, Phone]]:
    """The first so many of the demo's conversations, and both at work."""

    def begin(most: int | None) -> tuple[Desk, Phone]:
        scenario.put(utcnow(), most)
        phone = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        helena = visit(HELENA, Role.OWNER, locale="pt-BR").open("/conversations")
        davi = visit(DAVI, Role.EDITOR, locale="pt-BR", **phone).open("/conversations")
        for page in (helena, davi):
            hears(page)
        return Desk(helena), Phone(davi)

    return begin


def both_finish(desk: Desk, phone: Phone) -> None:
    """Both have the same before them, and Davi's press arrives after Helena's: he is told."""
    held: list[Route] = []
    phone.page.route("**/status/done*", lambda route: held.append(route))
    name = desk.open_first()
    phone.open(name)
    phone.prepare()
    desk.note("Fiz junto com o Davi.")
    with phone.page.expect_request("**/status/done*"):
        phone.tap("#done")
    desk.finish()
    held.pop().continue_()
    said = phone.page.locator("#toasts")
    expect(said).to_contain_text("Helena Prado marcou como concluída nesse meio-tempo.")
    expect(phone.page.locator("#open-again")).to_be_visible()
    phone.page.unroute("**/status/done*")
    phone.back()


def left(show: str = "open") -> int:
    return len(rows(Participant, Participant.status == show))


def work_through(desk: Desk, phone: Phone, contested: int) -> None:
    for _ in range(contested):
        both_finish(desk, phone)
    for work in cycle((desk.work, phone.work)):
        if not left():
            break
        work()
    if left("snoozed"):
        phone.to_snoozed()
    while left("snoozed"):
        phone.work()


def all_agree(desk: Desk, phone: Phone, number: int) -> None:
    """The database, the lists, the overview, and the participants with the tag."""
    everybody = rows(Participant)
    assert [each.status for each in everybody] == ["done"] * number
    noted = db.session.scalars(
        select(Note.participant_id)
        .join(User, User.id == Note.user_id)
        .where(Note.form_key.not_like("demo-%"), User.email.in_((HELENA, DAVI)))
    ).all()
    assert len(set(noted)) == len(noted) - extra(noted) == number
    tag = rows(Tag, Tag.name == TAG)[0]
    assert len(rows(ParticipantTag, ParticipantTag.tag_id == tag.id)) == number
    for page in (desk.page, phone.page):
        page.goto(re.sub(r"(//[^/]+)/.*", r"\1/conversations?show=done", page.url))
        hears(page)
        shown = {
            each: page.locator(f"#list-{each} .list-count").text_content()
            for each in ("open", "mine", "unassigned", "attention", "unread", "snoozed", "done")
        }
        assert shown == dict.fromkeys(shown, "0") | {"done": str(number)}
        assert page.locator(ROW).count() == number
        assert findings(page) == []
        page.goto(re.sub(r"/conversations.*", "/", page.url))
        expect(page.locator("#waiting-head")).to_contain_text("Ninguém espera pela equipe")
        assert findings(page) == []
        page.goto(f"{page.url}participants?tag={tag.id}")
        expect(page.locator("#people-count")).to_contain_text(f"{number} participantes")
        assert findings(page) == []


def extra(noted: Sequence[int]) -> int:
    """How many notes there are of those that both have worked on."""
    return len(noted) - len(set(noted))


@pytest.mark.parametrize("database", ["sqlite"])
def test_two_people_finish_six_conversations_by_keys_and_by_taps(two):
    desk, phone = two(6)
    work_through(desk, phone, contested=1)
    all_agree(desk, phone, 6)


@pytest.mark.long
@pytest.mark.timeout(900)  # fifty are much more than a test has time for
def test_two_people_work_through_all_fifty(two):
    desk, phone = two(None)
    work_through(desk, phone, contested=3)
    all_agree(desk, phone, 50)
