"""A draft is published and compared, and people are moved, on pages that say what that does."""

import html
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import ANA, BIA, CAIO, only, rows, write
from tests.journey import under_way
from tests.journey.people import GOAL, INTRO, WEEK, content, draft, published, user
from tests.web.people import csrf_token
from wa_assistant.database import db, transaction
from wa_assistant.journey import drafts
from wa_assistant.journey.definition import After, Begins, Unit
from wa_assistant.models import JourneyVersion, Participant, VersionState

from .pages import send, words

pytestmark = pytest.mark.usefixtures("context")


def test_publishing_shows_what_changes_and_asks(bia):
    first = published(user(BIA), INTRO, GOAL)
    path = f"/journeys/{first.journey_id}"
    send(bia, path, f"{path}/draft")
    second = only(JourneyVersion, JourneyVersion.state == VersionState.DRAFT)
    changed = content(GOAL, replace(INTRO, opening="Oi!"), WEEK)
    second = drafts.save(user(BIA), second.id, second.revision, changed)
    page = words(bia.get(f"{path}/publishing"))
    assert "It cannot be published yet." in page
    assert "Intro Moved from place 1 to 2 Opening words Hello! Oi!" in page
    assert "A week later Added The whole stage" in page
    send(bia, f"{path}/draft", f"{path}/publishing")
    assert only(JourneyVersion, JourneyVersion.id == second.id).is_draft
    dated = content(GOAL, INTRO, WEEK, event_date=date(2026, 12, 5))
    drafts.save(user(BIA), second.id, second.revision, dated)
    done = send(bia, f"{path}/publishing")
    assert done.location == f"{path}#next"
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
    with transaction():
        for number, stage in enumerate(("intro", "goal", "goal")):
            address = f"whatsapp:+551190000000{number}"
            row = Participant(address=address, journey_version_id=first.id, stage=stage)
            db.session.add(row)
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
    shown = bia.get(page)
    assert "The event was on January 1, 2020" in words(shown)
    assert "Change the date" in words(shown)
    assert re.search(r'class="notice.*id="past-told"', shown.text)
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
