"""What somebody has answered, and the team's word on it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, known, only, outbound, rows
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import answers, drafts
from wa_assistant.models import Answer, AuditEntry, Participant, Source, StageVisit

from .people import GOAL, INTRO, content, published, user

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def version():
    return published(user(BIA), INTRO, GOAL)


@pytest.fixture
def ana(version) -> int:
    who = known(ANA)
    with transaction():
        db.session.get_one(Participant, who).journey_version_id = version.id
    return who


def said(who: int, version, stage: str, name: str, value: str) -> int:
    with transaction():
        answer = Answer(
            participant_id=who,
            version_id=version.id,
            stage=stage,
            name=name,
            kind="text",
            value=value,
            quote=f"I said {value}",
            confidence=0.9,
            source=Source.MODEL,
        )
        db.session.add(answer)
        db.session.flush()
        return answer.id


def shown(who: int) -> list[tuple[str, str, str | None, list[str]]]:
    return [
        (
            each.stage,
            each.name,
            each.answer.value if each.answer else None,
            [e.value for e in each.earlier],
        )
        for each in answers.current(who)
    ]


def test_every_question_stands_in_its_order_with_its_newest_answer(ana, version):
    said(ana, version, "goal", "goal", "grow")
    said(ana, version, "intro", "role", "engineer")
    said(ana, version, "intro", "role", "designer")
    assert shown(ana) == [
        ("intro", "role", "designer", ["engineer"]),
        ("intro", "size", None, []),
        ("goal", "goal", "grow", []),
    ]
    first = answers.current(ana)[0]
    assert first.answer
    assert (first.title, first.answer.quote, first.answer.confidence) == (
        "Intro",
        "I said designer",
        0.9,
    )


def test_who_is_in_no_journey_has_no_answers():
    assert answers.current(known(ANA)) == []
    assert answers.current(4711) == []


def test_answers_are_kept_when_the_version_is_another(ana, version):
    said(ana, version, "intro", "role", "engineer")
    said(ana, version, "goal", "goal", "grow")
    draft = drafts.start_draft(user(BIA), version.journey_id)
    drafts.save(user(BIA), draft.id, draft.revision, content(INTRO))
    with transaction():
        db.session.get_one(Participant, ana).journey_version_id = draft.id
    assert shown(ana) == [
        ("intro", "role", "engineer", []),
        ("intro", "size", None, []),
        ("goal", "goal", "grow", []),
    ]
    assert answers.current(ana)[-1].question is None


def test_another_journeys_answers_are_none_of_this_one(ana, version):
    other = published(user(BIA), INTRO, name="Other")
    said(ana, other, "intro", "role", "engineer")
    assert shown(ana)[0] == ("intro", "role", None, [])


def test_the_first_who_confirms_stands(ana, version):
    answer = said(ana, version, "intro", "role", "engineer")
    answers.confirm(user(BIA), answer)
    answers.confirm(user(CAIO), answer)
    newest = answers.current(ana)[0].answer
    assert newest
    assert newest.user
    assert newest.user.email == BIA
    assert newest.confirmed_at
    entry = rows(AuditEntry)[-1]
    assert (entry.actor, entry.action) == (BIA, "confirmed an answer")
    assert "engineer" not in str((entry.before, entry.after))


def test_what_has_been_said_anew_is_confirmed_no_more(ana, version):
    old = said(ana, version, "intro", "role", "engineer")
    said(ana, version, "intro", "role", "designer")
    answers.confirm(user(BIA), old)
    assert not [each for each in rows(Answer) if each.confirmed_at]


def test_a_correction_is_one_more_answer_and_the_history_stays(ana, version):
    said(ana, version, "intro", "size", "3")
    answer = answers.correct(user(BIA), ana, "intro", "size", " LARGE ")
    assert (answer.value, answer.source, answer.kind) == ("Large", Source.USER, "choice")
    assert shown(ana)[1] == ("intro", "size", "Large", ["3"])
    assert answers.current(ana)[1].answer.user.email == BIA  # type: ignore[union-attr]
    assert rows(AuditEntry)[-1].action == "corrected an answer"


def test_what_does_not_fit_is_refused(ana):
    with pytest.raises(answers.DoesNotFit):
        answers.correct(user(BIA), ana, "intro", "size", "Huge")
    for place in (("intro", "name"), ("outro", "size")):
        with pytest.raises(LookupError):
            answers.correct(user(BIA), ana, *place, "Large")
    assert rows(Answer) == []


@pytest.mark.parametrize("value", ["Dev\x00eloper", "\x00Developer "])
def test_what_no_database_can_store_is_left_out(ana, value):
    assert answers.correct(user(BIA), ana, "intro", "role", value).value == "Developer"
    with pytest.raises(answers.DoesNotFit):
        answers.correct(user(BIA), ana, "intro", "role", "\x00")


def in_stage(who: int, stage: str, **values: Any) -> None:
    with transaction():
        participant = db.session.get_one(Participant, who)
        version_id = participant.journey_version_id
        visit = StageVisit(participant_id=who, version_id=version_id, stage=stage)
        visit.begun_at = utcnow()
        db.session.add(visit)
        for name, value in {"stage": stage, **values}.items():
            setattr(participant, name, value)


def test_the_last_answer_a_stage_requires_moves_them_on_whoever_gives_it(ana):
    in_stage(ana, "intro")
    answers.correct(user(BIA), ana, "intro", "role", "engineer")
    assert (only(Participant).stage, only(Participant).progress) == ("goal", 50)
    done = rows(AuditEntry)[-2:]
    assert [entry.action for entry in done] == ["corrected an answer", "completed a stage"]
    assert {entry.actor for entry in done} == {BIA}


def test_an_answer_to_another_stage_or_one_that_was_known_moves_nobody(ana, version):
    in_stage(ana, "intro")
    answers.correct(user(BIA), ana, "goal", "goal", "grow")
    answers.correct(user(BIA), ana, "intro", "size", "Small")
    said(ana, version, "intro", "role", "enginer")
    answers.correct(user(BIA), ana, "intro", "role", "engineer")
    assert only(Participant).stage == "intro"


@pytest.mark.parametrize(
    ("column", "seconds", "more"),
    [
        ("due_at", 60, {"claim_token": "a" * 32}),
        ("paused_until", 60, {}),
        ("stopped_at", 0, {}),
    ],
)
def test_who_is_being_spoken_with_is_not_moved_on_meanwhile(ana, column, seconds, more):
    in_stage(ana, "intro", **{column: utcnow() + timedelta(seconds=seconds)}, **more)
    answers.correct(user(BIA), ana, "intro", "role", "engineer")
    assert only(Participant).stage == "intro"
    assert outbound() == []


def test_who_is_in_no_journey_is_corrected_in_nothing():
    with pytest.raises(LookupError):
        answers.correct(user(BIA), known(ANA), "intro", "size", "Large")
    assert only(Participant).id
