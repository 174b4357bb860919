"""How far those in a version have come: counts on the page of its answers, each with its people."""

import html

import pytest

from tests.cast import ANA, BIA, BRUNO, known
from tests.journey.people import GOAL, INTRO, published, user
from tests.journey.under_way import moved
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import StageVisit

from .pages import words

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def interview(context):
    return published(user(BIA), INTRO, GOAL)


@pytest.fixture
def path(interview) -> str:
    return f"/journeys/{interview.journey_id}/versions/{interview.id}/answers"


def stands(version, address, name, *stages):
    who = known(address)
    moved(who, journey_version_id=version.id, stage=stages[-1], name=name)
    visits(version, who, *stages)
    return who


def visits(version, who, *stages, **said):
    with transaction():
        for stage in stages:
            when = {"begun_at": utcnow(), **said}
            db.session.add(
                StageVisit(participant_id=who, version_id=version.id, stage=stage, **when)
            )


def test_each_stage_says_how_many_came_and_how_many_stand_there(bia, path, interview):
    stands(interview, ANA, "Ana", "intro")
    stands(interview, BRUNO, "Bruno", "intro", "goal")
    page = words(bia.get(path))
    assert "Intro 2 1 Goal 1 1" in page


def test_a_number_leads_to_just_those_people(bia, path, interview):
    stands(interview, ANA, "Ana", "intro")
    stands(interview, BRUNO, "Bruno", "intro", "goal")
    for address, number in ((f"{path}?came=intro", 2), (f"{path}?stage=intro", 1)):
        assert f'href="{html.escape(address)}"' in bia.get(path).text
        assert f"{number} pe" in words(bia.get(address))
    page = words(bia.get(f"{path}?came=goal"))
    assert "came to “Goal”" in page
    assert "Ana" not in page
    assert "Intro 2 1 Goal 1 1" in page, "the funnel is of all whom the rest of the filter means"


def test_a_visit_before_they_began_anew_does_not_count(bia, path, interview):
    ana = stands(interview, ANA, "Ana", "intro")
    visits(interview, ana, "goal", superseded_at=utcnow())
    assert "Intro 1 1 Goal 0 0" in words(bia.get(path))
