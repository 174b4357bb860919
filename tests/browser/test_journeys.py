"""Journeys and a participant's answers, as they are seen and reached with a keyboard."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.cast import ANA, BIA, BRUNO, known, only, rows
from tests.journey.people import GOAL, INTRO, published, user
from tests.journey.under_way import moved
from tests.support.browser import PHONE, findings, photograph
from wa_assistant.database import db, transaction
from wa_assistant.journey import drafts, starters, versions
from wa_assistant.models import Answer, Journey, JourneyVersion, Participant, Role, Source

from .pages import of_many_looks, squeezed

LIVE = "html[data-live=yes]"

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


@pytest.fixture
def journey() -> int:
    """The event interview, published, with people under way and a draft that differs."""
    bia = user(BIA)
    starters.install()
    event: int = only(Journey, Journey.starter == "event-interview:pt").id
    draft = versions.versions(event)[0]
    dated = replace(drafts.content_of(draft), event_date=date(2026, 12, 5))
    draft = drafts.save(bia, draft.id, draft.revision, dated)
    first = drafts.publish(bia, draft.id, draft.revision)
    draft = drafts.start_draft(bia, event)
    stages = list(dated.stages)
    stages[1], stages[2] = replace(stages[2], opening="Outra abertura, mais curta."), stages[1]
    shorter = replace(dated, stages=stages[:7], event_date=date(2026, 12, 12))
    drafts.save(bia, draft.id, draft.revision, shorter)
    with transaction():
        for number in range(12):
            address = f"whatsapp:+551190000{number:04}"
            stage = stages[number % 3].key if number < 9 else None
            db.session.add(Participant(address=address, journey_version_id=first.id, stage=stage))
    return event


@pytest.mark.parametrize("path", ["/journeys", "/journeys/{}"])
def test_on_a_phone_no_part_of_a_table_is_out_of_sight(visit, journey, path):
    page = visit(BIA, Role.EDITOR, viewport=PHONE, locale="pt-BR").open(path.format(journey))
    wider = "frame => frame.scrollWidth - frame.clientWidth"
    frames = page.locator(".table-frame").all()
    assert frames
    assert max(frame.evaluate(wider) for frame in frames) <= 0
    assert page.locator("html").evaluate(wider) <= 0
    for link in page.locator(".table a").all():
        link.scroll_into_view_if_needed()  # downwards: none of these can go sideways
        expect(link).to_be_in_viewport(ratio=1)


@pytest.fixture
def ana(journey) -> int:
    """In the first stage; of its answers one is known."""
    first = rows(JourneyVersion, JourneyVersion.journey_id == journey)[0]
    who = known(ANA)
    stage = first.stages[0]
    with transaction():
        participant = db.session.get_one(Participant, who)
        participant.name, participant.journey_version_id = "Ana Beatriz Souza", first.id
        participant.stage, participant.progress = stage["key"], 8
        for value, quote in (("Ana", "Aqui é a Ana"), ("Bia", "Pode me chamar de Bia!")):
            answer = Answer(participant_id=who, version_id=first.id, stage=stage["key"])
            answer.name, answer.kind = stage["answers"][0]["name"], "text"
            answer.value, answer.quote = value, quote
            answer.confidence, answer.source = 0.95, Source.MODEL
            db.session.add(answer)
            db.session.flush()
    return who


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, journey, ana, look):
    size, theme, language = look
    bia = visit(BIA, Role.EDITOR, viewport=size, color_scheme=theme, locale=language)
    draft, first = versions.versions(journey)
    path, key = f"/journeys/{journey}", draft.stages[2]["key"]
    for name, address in {
        "list": "/journeys",
        "new": "/journeys/new",
        "show": path,
        "version": f"{path}/versions/{first.id}",
        "prompt": f"{path}/versions/{first.id}/stages/{key}",
        "draft": f"{path}/draft",
        "settings": f"{path}/draft/settings",
        "stage": f"{path}/draft/stages/{key}",
        "publish": f"{path}/publishing",
        "compare": f"{path}/comparison",
        "beside": f"/conversations/{ana}",
        "answers": f"/conversations/{ana}/person",
    }.items():
        page = bia.open(address)
        page.wait_for_selector(LIVE, state="attached")
        page.locator(".earlier").evaluate_all("all => all.forEach((each) => each.open = true)")
        photograph(page, f"journeys-{name}-{size['width']}-{theme}-{language}")
        check(page, name)
        page.close()
    drafts.publish(user(BIA), draft.id, draft.revision)
    page = bia.open(f"{path}/versions/{first.id}/moving")
    photograph(page, f"journeys-move-{size['width']}-{theme}-{language}")
    check(page, "move")


def check(page: Page, name: str) -> None:
    assert findings(page) == [], name
    assert squeezed(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_a_stage_is_moved_with_the_keyboard_and_the_focus_stays_on_it(visit, journey):
    page = visit(BIA, Role.EDITOR).open(f"/journeys/{journey}/draft")
    page.wait_for_selector(LIVE, state="attached")
    second = page.locator(".stage").nth(1)
    name = second.locator("a").inner_text()
    up = second.get_by_role("button", name="up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"“{name}” is now stage 1 of 7.")
    expect(page.locator(".stage").first.locator("a")).to_have_text(name)
    expect(page.locator(".stage").first.get_by_role("button", name="up")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text(f"“{name}” is now stage 2 of 7.")


def test_without_scripts_a_stage_is_moved_and_written(visit, journey):
    page = visit(BIA, Role.EDITOR, java_script_enabled=False).open(f"/journeys/{journey}/draft")
    page.locator(".stage").nth(1).get_by_role("button", name="up").click()
    expect(page.get_by_text("is now stage 1 of 7.")).to_be_visible()
    expect(page.locator(".stage").first.get_by_role("button", name="up")).to_be_focused()
    page.get_by_role("link", name="Add a stage").click()
    page.get_by_label("Name", exact=True).fill("Extra")
    page.get_by_role("button", name="Add an answer").click()
    expect(page.get_by_label("Name", exact=True).first).to_have_value("Extra")
    expect(page.get_by_label("Name", exact=True).nth(1)).to_be_focused()
    page.get_by_label("Name", exact=True).nth(1).fill("wish")
    page.get_by_role("button", name="Save in the draft").click()
    expect(page.get_by_text("“Extra” is saved in the draft.")).to_be_visible()
    expect(page.locator(".stage")).to_have_count(8)


def test_the_filter_of_the_answers_is_seen_and_chooses(visit):
    version = published(user(BIA), INTRO, GOAL)
    moved(known(ANA), journey_version_id=version.id, stage="intro", name="Ana")
    moved(known(BRUNO), journey_version_id=version.id, stage="goal", name="Bruno")
    address = f"/journeys/{version.journey_id}/versions/{version.id}/answers"
    page = visit(BIA, Role.EDITOR).open(address)
    page.get_by_label("Stage", exact=True).select_option("goal")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="1 person")).to_be_visible()
    page.locator(".funnel").get_by_role("link", name="1").first.click()
    expect(page.get_by_role("rowheader", name="Ana")).to_be_visible()
    assert findings(page) == []


def test_an_answer_is_corrected_beside_the_conversation(visit, ana):
    page = visit(BIA, Role.EDITOR).open(f"/conversations/{ana}")
    page.wait_for_selector(LIVE, state="attached")
    first = page.locator(".known-answer").first
    first.get_by_role("button", name="Confirm").click()
    expect(first.locator("> .known-by")).to_contain_text("Confirmed by")
    first.locator("summary").last.click()
    first.get_by_role("textbox").fill("Beatriz")
    first.get_by_role("button", name="Save").click()
    expect(first.locator(".known-value")).to_have_text("Beatriz")
    expect(first.locator(".earlier")).to_contain_text("2 earlier")
