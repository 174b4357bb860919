"""Journeys are written on pages that work as plain forms, and lose nothing that was typed."""

import html
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import ANA, BIA, CAIO, only, rows, write
from tests.journey import under_way
from tests.journey.people import GOAL, INTRO, WEEK, content, draft, published, user
from wa_assistant.database import transaction
from wa_assistant.journey import drafts, starters
from wa_assistant.journey.definition import After, Begins, Unit, read
from wa_assistant.models import Journey, JourneyVersion, Participant, VersionState

from .people import csrf_token

pytestmark = pytest.mark.usefixtures("context")


def send(client, page, action="", /, **fields):
    """Load `page` and send its form, changed by `fields`, to `action`."""
    shown = client.get(page).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    sent = {**form, **{name.replace("__", "."): value for name, value in fields.items()}}
    return client.post(action or page, data=sent)


def words(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.text)
    return html.unescape(re.sub(r"\s+", " ", plain))


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


def test_a_stage_is_not_moved_before_the_one_it_follows(bia):
    later = replace(WEEK, key="later", begins=replace(WEEK.begins, amount=9))
    version = draft(user(BIA), INTRO, WEEK, later)
    path = f"/journeys/{version.journey_id}/draft"
    refused = send(bia, path, f"{path}/order", move="week down")
    assert refused.status_code == 422
    assert "Not moved. It would begin before the stage it follows." in words(refused)
    assert [each.key for each in stages(version.id)] == ["intro", "week", "later"]


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
    assert "“Próximo passo!” would not fit any more:" in words(removed)


def test_a_new_stage_like_another_one_is_refused_at_its_key(bia, path):
    fields = {"name": GOAL.name, "key": "goal", "after": "previous", "unit": "hours", "do": "save"}
    asked = {"answers": "1", "answers__0__name": "goal", "answers__0__required": "1"}
    refused = send(bia, f"{path}/draft/stage", **fields, **asked)
    assert refused.status_code == 422
    assert re.search(r'id="key-told".*?one of this name already', refused.text, re.S)
    assert "would not fit any more" not in words(refused)


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


def test_publishing_shows_what_changes_and_asks(bia):
    first = published(user(BIA), INTRO, GOAL)
    path = f"/journeys/{first.journey_id}"
    send(bia, path, f"{path}/draft")
    second = only(JourneyVersion, JourneyVersion.state == VersionState.DRAFT)
    changed = content(GOAL, replace(INTRO, opening="Oi!"), WEEK)
    second = drafts.save(user(BIA), second.id, second.revision, changed)
    page = words(bia.get(f"{path}/publishing"))
    assert "It cannot be published yet." in page
    assert "Intro Opening words Hello! Oi!" in page
    assert "A week later Added The whole stage" in page
    send(bia, f"{path}/draft", f"{path}/publishing")
    assert only(JourneyVersion, JourneyVersion.id == second.id).is_draft
    dated = content(GOAL, INTRO, WEEK, event_date=date(2026, 12, 5))
    drafts.save(user(BIA), second.id, second.revision, dated)
    done = send(bia, f"{path}/publishing")
    assert done.location == path
    assert "Version 2 is published." in words(bia.get(path))


@pytest.mark.parametrize("action", ["publishing", "draft/end", "draft/settings", "draft/order"])
def test_a_colleagues_next_draft_is_not_touched_from_a_page_of_the_last_one(bia, action):
    caio, first = user(CAIO), published(user(BIA), INTRO, GOAL)
    path = f"/journeys/{first.journey_id}"
    seen = drafts.start_draft(caio, first.journey_id)
    seen = drafts.save(caio, seen.id, seen.revision, content(GOAL, INTRO))
    form = {"csrf_token": csrf_token(bia.get(f"{path}/draft")), "revision": seen.revision}
    drafts.publish(caio, seen.id, seen.revision)
    theirs = drafts.start_draft(caio, first.journey_id)
    theirs = drafts.save(caio, theirs.id, theirs.revision, content(INTRO, GOAL))
    fields = {"name": "Mine", "language": "en", "consent": "ask", "move": "intro down"}
    bia.post(f"{path}/{action}", data={**form, **fields})
    left = only(JourneyVersion, JourneyVersion.id == theirs.id)
    assert (left.state, left.revision) == (VersionState.DRAFT, theirs.revision)
    assert left.journey.name == "Interview"


def test_people_are_moved_by_a_stated_mapping(bia):
    first = published(user(BIA), INTRO, GOAL)
    with transaction() as session:
        for number, stage in enumerate(("intro", "goal", "goal")):
            address = f"whatsapp:+551190000000{number}"
            row = Participant(address=address, journey_version_id=first.id, stage=stage)
            session.add(row)
    second = drafts.start_draft(user(BIA), first.journey_id)
    aim = replace(GOAL, key="aim", name="Aim")
    second = drafts.save(user(BIA), second.id, second.revision, content(INTRO, aim))
    drafts.publish(user(BIA), second.id, second.revision)
    page = f"/journeys/{first.journey_id}/versions/{first.id}/moving"
    assert "Goal 2 people" in words(bia.get(page))
    assert "None: it is gone" not in words(bia.get(page))
    refused = send(bia, page, to__intro="intro", to__goal="")
    assert refused.status_code == 422
    assert "Say where they go on." in words(refused)
    moved = send(bia, page, to__intro="intro", to__goal="aim")
    assert "3 people were moved." in words(bia.get(moved.location))
    assert {each.journey_version_id for each in rows(Participant)} == {second.id}


def test_a_stage_in_which_nobody_is_can_be_mapped_too(bia):
    first = published(user(BIA), INTRO, GOAL)
    second = drafts.start_draft(user(BIA), first.journey_id)
    renamed = content(INTRO, replace(GOAL, key="aim", name="Aim"))
    second = drafts.save(user(BIA), second.id, second.revision, renamed)
    drafts.publish(user(BIA), second.id, second.revision)
    page = words(bia.get(f"/journeys/{first.journey_id}/versions/{first.id}/moving"))
    assert "Goal nobody now None: it is gone Intro Aim" in page


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


@pytest.mark.usefixtures("twilio")
def test_what_the_page_of_a_prompt_shows_is_what_is_sent(davi, openai, work):
    version = under_way.journey([INTRO, GOAL])
    path = f"/journeys/{only(JourneyVersion, JourneyVersion.id == version).journey_id}"
    shown = davi.get(f"{path}/versions/{version}/stages/intro").text
    *_, usual, first, form = map(html.unescape, re.findall(r"<pre[^>]*>(.*?)</pre>", shown, re.S))
    for seen in (first, usual):
        write(ANA, "Oi")
        work()
        sent = openai.calls[-1]
        told = [each["content"] for each in sent["messages"] if each["role"] == "system"]
        assert seen == "\n\n".join(told)
        assert json.loads(form) == sent["response_format"]["json_schema"]
    assert "The stage has not begun." in first


def test_an_event_that_is_over_is_published_only_knowingly(bia):
    draft(user(BIA), INTRO, WEEK, event_date=date(2020, 1, 1))
    version = only(JourneyVersion)
    page = f"/journeys/{version.journey_id}/publishing"
    assert "The event was on January 1, 2020" in words(bia.get(page))
    assert send(bia, page).location == page
    assert only(JourneyVersion).is_draft
    send(bia, page, past="1")
    assert not only(JourneyVersion).is_draft


def test_a_comparison_names_the_stage_that_another_one_follows(bia):
    later = replace(WEEK, begins=Begins(After.STAGE, "goal", 2, Unit.DAYS))
    first = published(user(BIA), INTRO, GOAL, later)
    second = drafts.start_draft(user(BIA), first.journey_id)
    other = replace(later, begins=replace(later.begins, amount=3))
    drafts.save(user(BIA), second.id, second.revision, content(INTRO, GOAL, other))
    page = words(bia.get(f"/journeys/{first.journey_id}/comparison"))
    assert "2 days after “Goal” 3 days after “Goal”" in page


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
