"""A participant's answers stand beside the conversation, to confirm and to correct."""

import html
import re

import pytest

from tests.cast import ANA, BIA, known, only, rows
from tests.journey.people import GOAL, INTRO, published, user
from tests.web.people import csrf_token
from wa_assistant.database import db, transaction
from wa_assistant.models import Answer, Participant, Source

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def path() -> str:
    """Ana's conversation; she is in the first stage and has named her role."""
    version, ana = published(user(BIA), INTRO, GOAL), known(ANA)
    with transaction():
        participant = db.session.get_one(Participant, ana)
        participant.journey_version_id, participant.stage = version.id, "intro"
        participant.progress = 50
        answer = Answer(participant_id=ana, version_id=version.id, stage="intro", name="role")
        answer.kind, answer.value, answer.quote = "text", "engineer", "I <i>build</i> bridges"
        answer.confidence, answer.source = 0.9, Source.MODEL
        db.session.add(answer)
    return f"/conversations/{ana}"


def post(client, page, action, **fields):
    return client.post(action, data={"csrf_token": csrf_token(client.get(page)), **fields})


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text)))


@pytest.mark.parametrize("page", ["", "/person", "/card"])
def test_the_answers_are_shown_with_their_quotes_and_the_place(davi, path, page):
    shown = davi.get(path + page)
    assert "I &lt;i&gt;build&lt;/i&gt; bridges" in shown.text
    said = words(shown)
    assert "Stage 1 of 2: Intro" in said
    assert "50% of what is required" in said
    assert "90% sure" in said
    assert "What do you do? role" in said
    assert "goal still open, required" in said
    assert "How large is it? size · still open" in said
    assert "Confirm" not in said


def test_a_button_is_called_by_the_words_that_are_seen(bia, path):
    shown = bia.get(path).text
    called = html.unescape(" ".join(re.findall(r'aria-label="([^"]*)"', shown)))
    assert "Confirm: What do you do?" in called
    assert "Correct: What do you do?" in called
    assert "Fill in: How large is it?" in called


def test_an_answer_is_confirmed_by_name(bia, path):
    answer = only(Answer).id
    response = post(bia, path, f"{path}/answers/{answer}/confirmation")
    assert response.location == path
    assert "Confirmed by bia" in words(bia.get(path)).replace("Bia", "bia")
    assert only(Answer).confirmed_at


def test_an_answer_is_corrected_and_its_earlier_value_stays(bia, path):
    fields = {"stage": "intro", "name": "role", "value": "designer"}
    assert post(bia, path, f"{path}/answers", **fields).status_code == 303
    shown = words(bia.get(f"{path}/person"))
    assert "designer" in shown
    assert "1 earlier engineer “I <i>build</i> bridges” found by the assistant" in shown
    assert "Corrected by" in shown
    assert [each.value for each in rows(Answer)] == ["engineer", "designer"]


def test_an_earlier_correction_is_shown_with_who_made_it(bia, path):
    for value in ("designer", "painter"):
        post(bia, path, f"{path}/answers", stage="intro", name="role", value=value)
    shown = words(bia.get(f"{path}/person"))
    assert re.search(r"2 earlier designer Corrected by Bia.* engineer “I", shown, re.IGNORECASE)


def test_what_does_not_fit_is_said_at_its_field_and_kept(bia, path):
    fields = {"stage": "intro", "name": "size", "value": "Huge"}
    refused = post(bia, path, f"{path}/answers", **fields)
    assert refused.status_code == 422
    assert "Choose one of the options." in words(refused)
    assert len(rows(Answer)) == 1


def test_what_is_asked_no_more_is_said_so(bia, path):
    post(bia, path, f"{path}/answers", stage="gone", name="size", value="Large")
    assert "This is asked no more." in words(bia.get(path))


def test_htmx_is_given_the_fragment(bia, path):
    form = {"csrf_token": csrf_token(bia.get(path)), "stage": "goal", "name": "goal"}
    shown = bia.post(
        f"{path}/answers", data={**form, "value": "grow"}, headers={"HX-Request": "true"}
    )
    assert shown.status_code == 200
    assert "<html" not in shown.text
    assert "grow" in shown.text
    assert "100% of what is required" in words(shown)


def test_who_is_in_no_journey_has_no_panel(davi):
    ana = known(ANA)
    assert "plan-none" in davi.get(f"/conversations/{ana}").text
    assert davi.get("/conversations/4711/person").status_code == 404
