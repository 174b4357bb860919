"""Many are put into a journey together, and put back where they stood."""

from typing import Any

import pytest

from tests.cast import ANA, BRUNO, outbound, participant, rows, write
from tests.journey.placed import HELLO, MORE, where, words
from tests.journey.under_way import journey, moved
from tests.settlement import lost, twice
from wa_assistant.database import db, utcnow
from wa_assistant.journey import placing
from wa_assistant.journey.placing import Begins
from wa_assistant.models import Cancelled, JourneyVersion, StageVisit, Status
from wa_assistant.operations import bulk, bulk_undo
from wa_assistant.operations.bulk import BulkAct, Outcome, Why

pytestmark = pytest.mark.usefixtures("context")

CAMILA = "whatsapp:+5511955554444"
ALL = (ANA, BRUNO, CAMILA)


@pytest.fixture
def desk(context: None) -> int:
    """What newcomers enter."""
    return journey()


@pytest.fixture
def event(desk: int) -> int:
    """A second journey, which nobody enters by themselves."""
    return journey([HELLO, MORE], starter=None)


@pytest.fixture
def people(desk: Any, work: Any) -> list[int]:
    """Three who have written, and are answered in the journey of newcomers."""
    for each in ALL:
        write(each)
    work()
    return [participant(each).id for each in ALL]


def place(bia: Any, people: list[int], version_id: int) -> Outcome:
    version = db.session.get_one(JourneyVersion, version_id)
    return bulk.do(bia, people, BulkAct.PLACE, journey_id=version.journey_id)


def test_all_are_put_into_it_and_put_back_where_they_stood(bia, people, event):
    before = [where(each) for each in ALL]
    outcome = place(bia, people, event)
    assert (outcome.changed, outcome.left) == (3, 0)
    assert outcome.begins == {Begins.NOW: 3}
    assert [where(each) for each in ALL] == [(event, "hello", None)] * 3
    back = bulk_undo.undo(bia, outcome.key)
    assert (back.changed, back.left, back.why[Why.SAID]) == (3, 0, 0)
    assert [where(each) for each in ALL] == before
    assert HELLO.opening not in words(), "what still waited is not said"


def test_they_go_on_in_their_old_journey_as_if_nothing_had_been(bia, people, event, work, twilio):
    bulk_undo.undo(bia, place(bia, people, event).key)
    counted = [each.stage for each in rows(StageVisit) if each.superseded_at is None]
    assert counted == ["intro"] * 3
    write(ANA, "Oi de novo")
    work()
    assert words()[-1] == "You wrote: Oi de novo"
    assert lost(db.session) == twice(db.session, twilio.messages) == []


def test_what_was_said_already_is_told_with_the_way_back(bia, people, event, work):
    outcome = place(bia, people, event)
    work()
    back = bulk_undo.undo(bia, outcome.key)
    assert (back.changed, back.why[Why.SAID]) == (3, 3)
    assert words().count(HELLO.opening) == 3


def test_who_has_gone_on_since_stays_where_they_are(bia, people, event):
    outcome = place(bia, people, event)
    placing.put_into(bia, people[0], event, "more")
    back = bulk_undo.undo(bia, outcome.key)
    assert (back.changed, back.left) == (2, 1)
    assert where() == (event, "more", None)


def test_what_their_old_journey_had_yet_to_say_is_said_after_all(bia, people, event, work):
    other = journey([MORE], starter=None)
    for each in people:
        moved(each, last_inbound_at=utcnow().replace(year=2020))
    place(bia, people, other)
    work()
    assert {each.status for each in outbound() if each.opens == "more"} == {Status.PARKED}
    outcome = place(bia, people, event)
    work()
    called_back = [each for each in outbound() if each.opens == "more"]
    assert {each.cancelled_for for each in called_back} == {Cancelled.OVERTAKEN}
    bulk_undo.undo(bia, outcome.key)
    work()
    write(ANA, "Oi")
    work()
    assert words()[-2:] == [MORE.opening, "You wrote: Oi"]


def test_who_may_not_be_written_to_begins_later_and_that_is_counted(bia, people, event):
    moved(people[1], stopped_at=utcnow())
    moved(people[2], paused_until=utcnow().replace(year=2099))
    outcome = place(bia, people, event)
    assert outcome.begins == {Begins.NOW: 1, Begins.STOPPED: 1, Begins.SILENCED: 1}


def test_who_is_in_it_already_is_left_out(bia, people, event):
    placing.put_into(bia, people[0], event, "more")
    outcome = place(bia, people, event)
    assert (outcome.changed, outcome.left) == (2, 1)
    assert where() == (event, "more", None)


def test_who_was_in_none_is_in_none_again(bia, people, event):
    placing.take_out(bia, people[0])
    outcome = place(bia, people, event)
    bulk_undo.undo(bia, outcome.key)
    assert where() == (None, None, None)
    assert participant(ANA).left_journeys_at is not None


def test_what_takes_too_long_is_gone_on_with_when_asked_again(bia, people, event, monkeypatch):
    monkeypatch.setattr(bulk, "OF_A_JOURNEY", 1)
    monkeypatch.setattr(bulk, "LONGEST_SECONDS", 0.0)
    outcome = place(bia, people, event)
    assert outcome.changed + outcome.why[Why.LATER] == 3
    assert outcome.why[Why.LATER] >= 2


def test_a_journey_of_which_nothing_is_published_takes_nobody(bia, people):
    with pytest.raises(LookupError):
        bulk.do(bia, people, BulkAct.PLACE, journey_id=2**31 - 1)
    assert [each.superseded_at for each in rows(StageVisit)] == [None] * 3
