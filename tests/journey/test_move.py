"""Participants stay on their version until they are moved, each to a named stage."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import ANA, BIA, BRUNO, known, participant, rows
from wa_assistant.database import db, transaction
from wa_assistant.journey import counting, drafts, due, move, progress
from wa_assistant.journey.definition import Begins, Question, Stage
from wa_assistant.models import Answer, AuditEntry, Participant, StageVisit
from wa_assistant.models.answer import Kind

from .people import GOAL, INTRO, WEEK, content, published, user
from .under_way import moved

pytestmark = pytest.mark.usefixtures("context")
EVENT = date(2026, 12, 5)
DUE = datetime(2026, 12, 12, 13, tzinfo=UTC)
AIM = replace(GOAL, key="aim")


@pytest.fixture
def old():
    return published(user(BIA), INTRO, GOAL, WEEK, event_date=EVENT)


def newer(old, *stages, event_date=EVENT):
    draft = drafts.start_draft(user(BIA), old.journey_id)
    said = content(*stages, event_date=event_date)
    draft = drafts.save(user(BIA), draft.id, draft.revision, said)
    return drafts.publish(user(BIA), draft.id, draft.revision)


def enters(address, version, *visits, stage=None, following=None):
    who = known(address)
    with transaction():
        row = db.session.get_one(Participant, who)
        row.journey_version_id, row.stage = version.id, stage
        row.next_stage, row.next_stage_at = following, DUE if following else None
        for each in visits:
            db.session.add(
                StageVisit(
                    participant_id=who,
                    version_id=version.id,
                    stage=each,
                    begun_at=DUE - timedelta(days=9),
                    completed_at=None if each == stage else DUE - timedelta(days=8),
                )
            )


def test_who_waits_for_a_stage_is_counted_there(old):
    enters(ANA, old, "intro", stage="intro")
    enters(BRUNO, old, "intro", "goal", following="week")
    enters("whatsapp:+551133334444", old)
    assert counting.standing(old.id) == {"intro": 1, "week": 1, counting.NOWHERE: 1}


def test_of_a_great_many_so_many_are_counted(old, monkeypatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for number in range(3):
        enters(f"whatsapp:+55113333444{number}", old, "intro", stage="intro")
        enters(f"whatsapp:+55113333555{number}", old, "intro", "goal", following="week")
    assert counting.standing(old.id) == {"intro": 2, "week": 2}
    assert counting.under_way()[old.journey_id] == 4


def test_who_is_simulated_is_not_counted_among_those_under_way(old):
    enters(ANA, old, "intro", stage="intro")
    enters(BRUNO, old, "intro", stage="intro")
    moved(participant(BRUNO).id, simulated=True)
    assert counting.under_way()[old.journey_id] == 1
    assert counting.standing(old.id, real=True) == {"intro": 1}


def test_publishing_moves_nobody(old):
    enters(ANA, old, "intro", stage="intro")
    newer(old, INTRO)
    assert participant(ANA).journey_version_id == old.id


def test_each_comes_to_the_stage_named_for_theirs(old):
    enters(ANA, old, "intro", "goal", stage="goal")
    new = newer(old, INTRO, AIM, WEEK)
    assert move.move(user(BIA), old.id, new.id, {"goal": "aim"}) == 1
    ana = participant(ANA)
    assert (ana.journey_version_id, ana.stage) == (new.id, "aim")
    visits = rows(StageVisit, StageVisit.version_id == new.id)
    assert [(each.stage, each.completed_at is None) for each in visits] == [
        ("intro", False),
        ("aim", True),
    ]
    entry = rows(AuditEntry)[-1]
    assert entry.before == {"version": 1}
    assert entry.after == {"version": 2, "participants": 1, "mapping": {"goal": "aim"}}


@pytest.mark.parametrize("mapping", [{}, {"goal": "gone"}, {"goal": ""}])
def test_where_a_stage_is_not_mapped_nobody_is_moved(old, mapping):
    enters(ANA, old, "intro", stage="intro")
    enters(BRUNO, old, "intro", "goal", stage="goal")
    new = newer(old, INTRO, AIM)
    with pytest.raises(move.Unmapped) as raised:
        move.move(user(BIA), old.id, new.id, {"intro": "intro", **mapping})
    assert raised.value.stages == ["goal"]
    assert {each.journey_version_id for each in rows(Participant)} == {old.id}
    assert not rows(StageVisit, StageVisit.version_id == new.id)


def test_what_is_due_after_the_event_is_due_after_its_new_date(old):
    enters(ANA, old, "intro", "goal", following="week")
    later = replace(WEEK, begins=replace(WEEK.begins, amount=8))
    new = newer(old, INTRO, GOAL, later, event_date=EVENT + timedelta(days=20))
    move.move(user(BIA), old.id, new.id, {"week": "week"})
    assert participant(ANA).next_stage == "week"
    assert participant(ANA).next_stage_at == DUE + timedelta(days=21)


def test_what_comes_after_where_one_stands_is_forgotten_with_its_stage(old):
    enters(ANA, old, "intro", "goal", stage="goal", following="week")
    new = newer(old, INTRO, GOAL)
    move.move(user(BIA), old.id, new.id, {"goal": "goal"})
    ana = participant(ANA)
    assert (ana.stage, ana.next_stage, ana.next_stage_at) == ("goal", None, None)


def test_who_has_not_begun_or_is_through_comes_along(old):
    enters(ANA, old)
    enters(BRUNO, old, "intro", "goal", "week")
    new = newer(old, INTRO, GOAL, WEEK, Stage("year", "A year later", begins=Begins()))
    assert move.move(user(BIA), old.id, new.id, {}) == 2
    assert {each.journey_version_id for each in rows(Participant)} == {new.id}
    assert len(rows(StageVisit, StageVisit.version_id == new.id)) == 3


def test_what_is_due_is_reckoned_anew_by_the_new_version(old):
    far = date(2090, 12, 5)
    enters(ANA, old, "intro", stage="intro")
    enters(BRUNO, old, "intro", "goal", "week")
    month = Stage("month", "A month later", begins=replace(WEEK.begins, amount=30))
    new = newer(old, INTRO, GOAL, WEEK, month, event_date=far)
    move.move(user(BIA), old.id, new.id, {"intro": "intro"})
    assert (participant(ANA).stage, participant(ANA).next_stage) == ("intro", "week")
    assert participant(BRUNO).next_stage == "month"
    assert participant(BRUNO).next_stage_at == datetime(2091, 1, 4, 13, tzinfo=UTC)


def test_who_waits_for_a_stage_whose_time_is_past_by_the_new_version_is_due_at_once(old):
    enters(ANA, old, "intro", "goal", following="week")
    new = newer(old, INTRO, GOAL, WEEK, event_date=date(2020, 12, 5))
    move.move(user(BIA), old.id, new.id, {"week": "week"})
    assert due.find(10) == [participant(ANA).id]


def answered(address, version, stage, name, value):
    with transaction():
        answer = Answer(version_id=version.id, stage=stage, name=name, value=value)
        answer.participant_id, answer.kind, answer.source = known_id(address), "text", "model"
        answer.quote = value
        db.session.add(answer)


def known_id(address) -> int:
    return int(participant(address).id)


def test_what_they_said_goes_with_them_under_the_new_key(old):
    enters(ANA, old, "intro", "goal", following="week")
    answered(ANA, old, "intro", "role", "engineer")
    answered(ANA, old, "goal", "goal", "learn")
    answered(ANA, old, "goal", "goal", "grow")
    new = newer(old, INTRO, AIM, WEEK)
    move.move(user(BIA), old.id, new.id, {"goal": "aim", "week": "week"})
    assert participant(ANA).progress == 100
    kept = [(each.stage, each.value, each.quote) for each in rows(Answer)]
    assert kept[:3] == [
        ("intro", "engineer", "engineer"),
        ("goal", "learn", "learn"),
        ("goal", "grow", "grow"),
    ]
    assert kept[3:] == [("aim", "grow", "grow")]


def test_what_the_new_stage_asks_otherwise_is_not_said_for_them(old):
    enters(ANA, old, "intro", "goal", following="week")
    answered(ANA, old, "goal", "goal", "grow")
    number = replace(AIM, answers=(Question("goal", Kind.NUMBER, True),))
    new = newer(old, INTRO, number, WEEK)
    move.move(user(BIA), old.id, new.id, {"goal": "aim", "week": "week"})
    assert [each.stage for each in rows(Answer)] == ["goal"]


def test_what_a_stage_that_stays_was_told_is_not_told_over(old):
    enters(ANA, old, "intro", "goal", following="week")
    answered(ANA, old, "intro", "role", "engineer")
    answered(ANA, old, "goal", "role", "gardener")
    new = newer(old, INTRO, WEEK)
    move.move(user(BIA), old.id, new.id, {"goal": "intro", "week": "week"})
    assert [each.value for each in rows(Answer)] == ["engineer", "gardener"]


@pytest.mark.parametrize("mapping", [{}, {"week": ""}, {"week": "months"}])
def test_for_who_is_through_nothing_begins_anew_whatever_was_renamed(old, mapping):
    enters(ANA, old, "intro", "goal", "week")
    new = newer(old, replace(INTRO, key="hello"), AIM, replace(WEEK, key="months"))
    move.move(user(BIA), old.id, new.id, mapping)
    ana = participant(ANA)
    progress.begin_first(ana)
    assert (ana.stage, ana.next_stage) == (None, None)
    here = progress.place(ana)
    assert here is not None
    assert here.begun


def test_nobody_is_moved_to_a_draft_or_another_journey(old):
    other = published(user(BIA), INTRO, name="Other")
    draft = drafts.start_draft(user(BIA), old.journey_id)
    for version in (other, draft):
        with pytest.raises(ValueError, match="same journey"):
            move.move(user(BIA), old.id, version.id, {})
