"""A journey's page says who enters it, and who stands where; one says so there, too."""

import html

import pytest

from tests.cast import ANA, BIA, BRUNO, known, only, participant, rows
from tests.journey.people import GOAL, INTRO, published, user
from tests.journey.under_way import moved
from tests.web import people
from wa_assistant.conversation import tags, views
from wa_assistant.database import utcnow
from wa_assistant.journey import drafts, keywords, placing
from wa_assistant.models import Action, AuditEntry, Keyword, Participant, Role

from .pages import send, words

pytestmark = pytest.mark.usefixtures("context")
CARLA = "whatsapp:+5511900000003"


@pytest.fixture
def interview(context):
    return published(user(BIA), INTRO, GOAL)


@pytest.fixture
def path(interview) -> str:
    return f"/journeys/{interview.journey_id}"


def tagged(name: str, *addresses: str) -> int:
    for address in addresses:
        tag = tags.add(user(BIA), known(address), name)
    return int(tag.id)


def test_a_word_is_added_with_its_link_and_removed(app, bia, path):
    done = send(bia, path, f"{path}/keywords", word="Entrevista")
    assert done.location == f"{path}#entering"
    shown = bia.get(path)
    assert "Whoever writes “Entrevista” enters this journey." in words(shown)
    number = app.config["TWILIO_WHATSAPP_NUMBER"].removeprefix("whatsapp:+")
    assert f"https://wa.me/{number}?text=Entrevista" in shown.text
    word = only(Keyword).id
    send(bia, path, f"{path}/keywords/{word}/end")
    assert rows(Keyword) == []
    send(bia, path, f"{path}/keywords/{word}/end")
    assert "It leads here no more already." in words(bia.get(path))


def test_a_word_of_another_journey_is_refused_by_its_name_and_stays_typed(bia, path):
    other = published(user(BIA), INTRO, name="The fair")
    keywords.add(user(BIA), other.journey_id, "feira")
    refused = send(bia, path, f"{path}/keywords", word="FEIRA")
    assert refused.status_code == 422
    assert "This leads into the journey “The fair” already." in words(refused)
    assert 'value="FEIRA"' in refused.text


def test_a_word_that_stops_everything_is_refused(bia, path):
    assert "as a stop" in words(send(bia, path, f"{path}/keywords", word="SAIR"))


def test_those_of_a_tag_are_counted_and_put_into_it(bia, path, interview):
    tag = tagged("alunos", ANA, BRUNO, CARLA)
    moved(participant(BRUNO).id, last_inbound_at=None)
    moved(participant(CARLA).id, stopped_at=utcnow())
    page = words(bia.get(f"{path}/people?tag={tag}"))
    assert "3 people" in page
    assert "1 hear from it now" in page
    assert "1 hear from it once they write" in page
    assert "1 hear nothing for now" in page
    done = send(bia, f"{path}/people?tag={tag}", f"{path}/people")
    assert done.location == f"{path}#standing"
    assert {each.journey_version_id for each in rows(Participant)} == {interview.id}
    assert participant(ANA).stage == "intro"
    assert len(rows(AuditEntry, AuditEntry.action == Action.PUT_INTO_JOURNEY)) == 3
    again = words(bia.get(f"{path}/people?tag={tag}"))
    assert "All of them are in this version already." in again
    assert "3 people were put here." in again


def test_those_of_a_view_are_counted_too(bia, path):
    known(ANA)
    moved(participant(ANA).id, status="done")
    views.save("Done ones", {"status": ["done"]}, user(BIA), shared=True)
    views.save("All", {}, user(BIA), shared=True)
    page = bia.get(f"{path}/people").text
    assert f'href="{path}/people?status=done"' in page
    assert ">All</a>" not in page
    page = f"{path}/people?status=done"
    assert "1 person" in words(bia.get(page))
    send(bia, page, f"{path}/people")
    assert participant(ANA).stage == "intro"


def test_they_may_begin_at_another_stage(bia, path):
    tag = tagged("alunos", ANA)
    send(bia, f"{path}/people?tag={tag}", f"{path}/people", into="goal")
    assert participant(ANA).stage == "goal"


def test_of_many_some_are_put_at_a_time_and_the_rest_is_offered(bia, path, monkeypatch):
    from wa_assistant.journey import placing_many

    monkeypatch.setattr(placing_many.some, "__kwdefaults__", {"limit": 2})
    tag = tagged("alunos", ANA, BRUNO, CARLA)
    page = f"{path}/people?tag={tag}"
    done = send(bia, page, f"{path}/people")
    assert done.location == html.unescape(page)
    assert "1 person" in words(bia.get(page))
    send(bia, page, f"{path}/people")
    assert {each.stage for each in rows(Participant)} == {"intro"}


def test_nobody_is_put_there_where_nobody_was_chosen(bia, path):
    known(ANA)
    sent = send(bia, path, f"{path}/people", version_now="1")
    assert sent.status_code == 303
    assert participant(ANA).journey_version_id is None


def test_nobody_is_put_into_what_is_no_longer_published(bia, path, interview):
    tag = tagged("alunos", ANA)
    draft = drafts.start_draft(user(BIA), interview.journey_id)
    page = f"{path}/people?tag={tag}"
    bia.get(page)
    drafts.publish(user(BIA), draft.id, draft.revision)
    send(bia, page, f"{path}/people", version_now=str(interview.id))
    assert participant(ANA).journey_version_id is None


def test_each_number_leads_to_those_whom_it_counts(bia, path, interview):
    placing.put_into(user(BIA), known(ANA), interview.id)
    shown = bia.get(path)
    address = f"/participants?journey={interview.journey_id}&version={interview.id}&stage=intro"
    assert html.escape(address) in shown.text
    assert "Until 1 answer is there, then “Goal”." in words(shown)


def test_after_publishing_it_is_said_what_comes_next(bia, path, interview):
    placing.put_into(user(BIA), known(ANA), interview.id)
    draft = drafts.start_draft(user(BIA), interview.journey_id)
    done = send(bia, f"{path}/publishing")
    assert done.location == f"{path}#next"
    page = words(bia.get(path))
    assert f"1 person is still on version {draft.number - 1}." in page
    assert "Nobody enters this journey by themselves yet." in page
    keywords.add(user(BIA), interview.journey_id, "entrevista")
    assert "Nobody enters this journey" not in words(bia.get(path))


def test_a_viewer_sees_who_enters_and_changes_nothing(app, path, interview):
    keywords.add(user(BIA), interview.journey_id, "entrevista")
    davi = people.signed_in(app, "davi@example.com", Role.VIEWER)
    page = davi.get(path).text
    assert "entrevista" in page
    assert "/keywords" not in page
    assert "What comes next" not in page
