"""Journeys are written on pages that work as plain forms, and lose nothing that was typed."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import BIA, CAIO, only, rows
from tests.journey.people import GOAL, INTRO, WEEK, content, draft, published, user
from tests.web.people import csrf_token
from wa_assistant.database import db, transaction
from wa_assistant.journey import drafts, starters
from wa_assistant.journey.definition import After, Begins, read
from wa_assistant.models import (
    Author,
    Direction,
    Journey,
    JourneyVersion,
    Message,
    Participant,
    Status,
)

from .pages import send, words

pytestmark = pytest.mark.usefixtures("context")


def stages(version_id: int):
    return read(only(JourneyVersion, JourneyVersion.id == version_id).stages)


@pytest.fixture
def version():
    return draft(user(BIA), INTRO, GOAL)


@pytest.fixture
def path(version) -> str:
    return f"/journeys/{version.journey_id}"


def test_the_list_says_where_newcomers_enter(davi):
    assert "There is no journey yet" in words(davi.get("/journeys"))
    starters.install()
    page = words(davi.get("/journeys"))
    assert "Atendimento Newcomers enter here" in page
    assert "Support desk Newcomers enter here English" in page
    assert "Entrevista de evento Portuguese Not yet Version 1 0" in page
    assert "New journey" not in page


def test_a_journey_is_created_from_nothing_or_from_another(bia):
    made = send(bia, "/journeys/new", "/journeys", name="Ours", source="en")
    assert bia.get(made.location).status_code == 200
    send(bia, "/journeys/new", "/journeys", name="Copy", source="starter:event-interview:en")
    first, second = rows(JourneyVersion)
    assert [len(read(each.stages)) for each in (first, second)] == [1, 8]
    assert [each.name for each in rows(Journey)] == ["Ours", "Copy"]
    refused = send(bia, "/journeys/new", "/journeys", name=" ", source="en")
    assert refused.status_code == 422
    assert "This is missing." in words(refused)


@pytest.mark.parametrize(
    "source", ["nothing", "journey:99999999999999999999", "journey:²", "journey:1", "starter:x:pt"]
)
def test_what_a_journey_cannot_start_from_is_refused_at_its_field(bia, source):
    refused = send(bia, "/journeys/new", "/journeys", name="Kept", source=source)
    assert refused.status_code == 422
    assert 'value="Kept"' in refused.text
    assert re.search(r'id="source-told".*?This cannot be started from', refused.text, re.S)
    assert rows(Journey) == []


def test_a_name_that_no_database_keeps_is_refused_at_its_field(bia):
    refused = send(bia, "/journeys/new", "/journeys", name="Ou\x00rs", source="en")
    assert refused.status_code == 422
    assert re.search(r'id="name-told".*?cannot be kept', refused.text, re.S)


def test_a_stage_is_moved_and_the_focus_goes_with_it(bia, version, path):
    moved = send(bia, f"{path}/draft", f"{path}/draft/order", move="goal up")
    assert moved.location == f"{path}/draft?focus=up-goal"
    page = bia.get(moved.location)
    assert "“Goal” is now stage 1 of 2." in words(page)
    assert re.search(r'id="up-goal"[^>]*autofocus', page.text)
    assert [each.key for each in stages(version.id)] == ["goal", "intro"]
    send(bia, f"{path}/draft", f"{path}/draft/order", move="goal up")
    assert "It stands at the end already." in words(bia.get(f"{path}/draft"))


def stage_of(page, key: str) -> str:
    """The markup of one stage in the list."""
    found = re.search(rf'<li class="stage" id="stage-{key}">.*?</li>', page.text, re.S)
    assert found
    return found[0]


def told_at(page, key: str) -> str:
    """What is wrong, as it is said at that stage."""
    problem = re.search(r'<p class="problem".*?<span>(.*?)</span>', stage_of(page, key), re.S)
    return html.unescape(re.sub(r"\s+", " ", problem[1])) if problem else ""


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        ("week down", "“A week later” would begin earlier than a stage before it."),
        ("later up", "“A week later” would begin earlier than a stage before it."),
        (
            "week up",
            "“A week later” would come first, but the first stage begins at once.",
        ),
        ("then up", "“Then” would follow a stage that comes before it no more."),
    ],
)
def test_a_stage_is_not_moved_before_the_one_it_follows_and_is_told_so_itself(bia, moved, told):
    later = replace(WEEK, key="later", name="Later", begins=replace(WEEK.begins, amount=9))
    then = replace(WEEK, key="then", name="Then", begins=Begins(After.STAGE, "later"))
    version = draft(user(BIA), INTRO, WEEK, later, then)
    path = f"/journeys/{version.journey_id}/draft"
    refused = send(bia, path, f"{path}/order", move=moved)
    assert refused.status_code == 422
    assert told_at(refused, moved.split()[0]) == f"Not moved. {told}"
    assert refused.text.count('class="problem"') == 1
    assert [each.key for each in stages(version.id)] == ["intro", "week", "later", "then"]


def test_adding_and_removing_answers_keeps_what_was_typed_and_saves_nothing(bia, version, path):
    page = f"{path}/draft/stages/goal"
    typed = {"name": "Renamed", "after": "previous", "unit": "hours", "answers__0__name": "goal"}
    added = send(bia, page, do="add", **typed)
    assert added.status_code == 200
    assert 'value="Renamed"' in added.text
    assert re.search(r'id="answers\.1\.name"[^>]*autofocus', added.text)
    removed = send(bia, page, do="remove 0", **typed)
    assert 'name="answers" value="0"' in removed.text
    assert stages(version.id)[1] == GOAL


def test_a_stage_whose_name_was_emptied_is_no_new_one(bia, version, path):
    refused = send(
        bia, f"{path}/draft/stages/goal", name="", after="previous", unit="hours", do="save"
    )
    assert refused.status_code == 422
    assert re.search(r"<h1[^>]*>Goal</h1>", refused.text)


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(bia, version, path):
    refused = send(
        bia,
        f"{path}/draft/stages/goal",
        name="Aims",
        purpose="Ask <b>kindly</b>",
        key="intro",
        after="event",
        amount="soon",
        unit="days",
        do="save",
        answers__0__name="size",
        answers__0__kind="choice",
        answers__0__options="Only one",
    )
    assert refused.status_code == 422
    page = refused.text
    assert "Ask &lt;b&gt;kindly&lt;/b&gt;" in page
    told = {
        "key-told": "There is one of this name already.",
        "begins-told": "This must be a whole number from 0 to 5000.",
        "answers.0.options-told": "A choice needs at least two options, one a line.",
    }
    for place, said in told.items():
        assert re.search(rf'id="{re.escape(place)}".*?{re.escape(said)}', page), place
    assert 'value="soon"' in page
    assert stages(version.id)[1] == GOAL


def test_a_new_stage_has_a_key_of_its_name_and_another_may_follow_it(bia, version, path):
    new = f"{path}/draft/stage"
    fields = {"after": "stage:intro", "amount": "2", "unit": "days", "do": "save"}
    assert send(bia, new, name="Próximo passo!", **fields).status_code == 303
    assert send(bia, new, name="Próximo passo!", **fields).status_code == 303
    made = stages(version.id)
    assert [each.key for each in made[2:]] == ["proximo-passo", "proximo-passo-2"]
    renamed = {"name": "Intro", "key": "start", "after": "previous", "answers": "0", "do": "save"}
    assert send(bia, f"{path}/draft/stages/intro", **renamed).status_code == 303
    assert stages(version.id)[2].begins.stage == "start"
    removed = send(bia, f"{path}/draft/stages/start", f"{path}/draft/stages/start/end")
    assert removed.status_code == 422
    assert "“Próximo passo!” would follow a stage that comes before it no more." in words(removed)


def test_a_new_stage_like_another_one_is_refused_at_its_key(bia, path):
    fields = {"name": GOAL.name, "key": "goal", "after": "previous", "unit": "hours", "do": "save"}
    asked = {"answers": "1", "answers__0__name": "goal", "answers__0__required": "1"}
    refused = send(bia, f"{path}/draft/stage", **fields, **asked)
    assert refused.status_code == 422
    assert re.search(r'id="key-told".*?one of this name already', refused.text, re.S)
    assert "“Goal” would" not in words(refused)


def test_a_question_that_no_message_holds_is_refused_at_its_field(bia, path):
    page = f"{path}/draft/stages/goal"
    fields = {"name": "Goal", "after": "previous", "do": "save", "answers__0__name": "goal"}
    refused = send(bia, page, **fields, answers__0__hint="x" * 3000)
    assert refused.status_code == 422
    assert re.search(r'id="answers.0.hint-told".*?At most 1500', refused.text, re.S)


def test_the_last_stage_is_not_removed(bia):
    version = draft(user(BIA), INTRO)
    page = f"/journeys/{version.journey_id}/draft/stages/intro"
    refused = send(bia, page, f"{page}/end")
    assert refused.status_code == 422
    assert "A journey needs at least one stage." in words(refused)


def test_over_a_colleagues_newer_draft_one_saves_only_knowingly(bia, version, path):
    page = f"{path}/draft/stages/goal"
    form = {"csrf_token": csrf_token(bia.get(page)), "revision": 1, "after": "previous"}
    drafts.save(user(CAIO), version.id, 1, content(INTRO, replace(GOAL, name="Theirs")))
    stale = bia.post(page, data={**form, "name": "Mine", "do": "save"})
    assert stale.status_code == 409
    assert "Caio has saved a newer draft. Yours is not saved." in words(stale)
    assert 'value="Mine"' in stale.text
    assert stages(version.id)[1].name == "Theirs"
    assert 'name="revision" value="2"' in stale.text
    again = bia.post(page, data={**form, "name": "Mine", "do": "save", "revision": 2})
    assert again.status_code == 303
    assert stages(version.id)[1].name == "Mine"


def test_settings_are_saved_or_said_to_be_wrong(bia, version, path):
    page = f"{path}/draft/settings"
    fields = {"name": "Renamed", "language": "pt", "consent": "ask"}
    refused = send(bia, page, event_date="tomorrow", **fields)
    assert refused.status_code == 422
    assert "This is no date." in words(refused)
    assert 'value="Renamed"' in refused.text
    assert send(bia, page, event_date="2026-12-05", **fields).status_code == 303
    saved = only(JourneyVersion)
    assert (saved.event_date, saved.consent, saved.language) == (date(2026, 12, 5), "ask", "pt")
    assert saved.journey.name == "Renamed"


def test_a_draft_is_tried_by_somebody_pretended_who_enters_it(bia, version, path):
    page = f"{path}/versions/{version.id}"
    refused = send(bia, page, f"{page}/trial", name="Ivo", body=" ")
    assert (refused.status_code, rows(Participant)) == (422, [])
    assert 'value="Ivo"' in refused.text
    tried = send(bia, page, f"{page}/trial", name="Ivo", body="Oi")
    ivo = only(Participant)
    assert tried.location == f"/simulator/{ivo.id}"
    assert (ivo.simulated, ivo.journey_version_id, ivo.name) == (True, version.id, "Ivo")


def test_the_prompt_of_a_stage_is_shown_whole(davi, version, path):
    page = davi.get(f"{path}/versions/{version.id}/stages/intro").text
    assert "Get to know them." in page
    assert "What do you do?" in page
    assert davi.get(f"{path}/versions/{version.id}/stages/none").status_code == 404


def test_a_discarded_draft_leaves_the_list(bia, version, path):
    gone = send(bia, f"{path}/draft", f"{path}/draft/end")
    assert gone.location == "/journeys"
    assert "Interview" not in words(bia.get("/journeys"))
    assert bia.get(path).status_code == 404


@pytest.mark.parametrize("page", ["/draft", "/publishing", "/draft/stages/intro", "/draft/stage"])
def test_there_is_nothing_to_edit_where_there_is_no_draft(bia, page):
    version = published(user(BIA), INTRO)
    assert bia.get(f"/journeys/{version.journey_id}{page}").status_code == 404


def test_a_viewer_reads_and_has_no_buttons(davi, version, path):
    for page in (path, f"{path}/versions/{version.id}"):
        shown = davi.get(page).text
        assert "/trial" not in shown
        assert "/draft" not in shown


def test_a_journey_s_page_counts_for_whom_something_waits(davi):
    starters.install()
    with transaction():
        desk = db.session.query(Journey).filter_by(starter="support-desk:pt").one()
        held = db.session.query(JourneyVersion).filter_by(journey_id=desk.id).one()
        ana = Participant(address="whatsapp:+5511987654321", journey_version_id=held.id)
        db.session.add(ana)
        db.session.flush()
        desk_id = desk.id
        for body in ("one", "two"):
            said = {"author": Author.SYSTEM, "direction": Direction.OUTBOUND, "body": body}
            db.session.add(Message(participant_id=ana.id, status=Status.PARKED, **said))
    page = words(davi.get(f"/journeys/{desk_id}"))
    assert "For 1 participant something waits until they write again. See who" in page
