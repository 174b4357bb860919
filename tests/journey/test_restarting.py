"""A user puts somebody into another stage, has them begin anew, or takes them out of all."""

import pytest

from tests.cast import ANA, participant, rows, write
from wa_assistant.database import db, transaction
from wa_assistant.journey import answers, placing, progress
from wa_assistant.journey.placing import Begins
from wa_assistant.models import (
    Action,
    Answer,
    AuditEntry,
    JourneyVersion,
    StageVisit,
    VersionState,
)

from .placed import where, words
from .under_way import found

pytestmark = pytest.mark.usefixtures("context")


def test_into_a_stage_of_theirs_and_back(bia, desk, work):
    write(ANA)
    work()
    ana = participant(ANA).id
    for stage in ("team", "intro"):
        assert placing.into_stage(bia, ana, stage) == Begins.NOW
        assert where() == (desk, stage, None)
    entry = rows(AuditEntry, AuditEntry.action == Action.PUT_INTO_STAGE)[-1]
    assert (entry.before["stage"], entry.after["stage"]) == ("team", "intro")
    with pytest.raises(LookupError):
        placing.into_stage(bia, ana, "gone")


def test_restart_asks_anew_and_keeps_what_was_answered_as_earlier(bia, desk, work, openai):
    write(ANA)
    work()
    openai.finds = lambda _: {"answers": [found("role", "dev")], "stage_complete": True}
    write(ANA, "Sou dev")
    work()
    ana = participant(ANA).id
    assert participant(ANA).stage == "team"
    assert placing.restart(bia, ana) == Begins.NOW
    assert (participant(ANA).stage, participant(ANA).progress) == ("intro", 0)
    role = answers.current(ana)[0]
    assert (role.answer, [each.value for each in role.earlier]) == (None, ["dev"])
    write(ANA, "Pode repetir?")  # the model finds it again in what was said before
    work()
    assert answers.current(ana)[0].answer is None
    write(ANA, "dev, ainda")
    work()
    again = answers.current(ana)[0].answer
    assert again is not None
    assert again.value == "dev"
    assert len(rows(Answer)) == 2
    assert rows(AuditEntry, AuditEntry.action == Action.RESTARTED_JOURNEY)


def test_restart_is_of_what_is_published_now(bia, desk, work):
    write(ANA)
    work()
    with transaction():
        old = db.session.get_one(JourneyVersion, desk)
        new = JourneyVersion(
            journey_id=old.journey_id,
            number=2,
            state=VersionState.PUBLISHED,
            language="pt",
            consent=old.consent,
            stages=old.stages,
        )
        db.session.add(new)
    placing.restart(bia, participant(ANA).id)
    assert where()[0] == new.id


def test_who_is_out_of_every_journey_enters_none_by_writing(bia, desk, work):
    write(ANA)
    work()
    placing.take_out(bia, participant(ANA).id)
    assert where() == (None, None, None)
    write(ANA, "E agora?")
    work()
    assert where() == (None, None, None)
    assert words()[-1] == "You wrote: E agora?"
    placing.put_into(bia, participant(ANA).id, desk)
    assert where() == (desk, "intro", None)


def test_those_of_a_journey_left_and_entered_again_pass_its_stages_again(bia, desk, event, work):
    write(ANA)
    work()
    ana = participant(ANA).id
    placing.put_into(bia, ana, event)
    placing.put_into(bia, ana, desk)
    assert where() == (desk, "intro", None)
    assert [each.superseded_at is None for each in rows(StageVisit)] == [False, True, True]
    here = progress.place(participant(ANA))
    assert here is not None
    assert here.index == 0
