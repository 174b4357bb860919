"""A user puts somebody into a journey, into a stage, begins it anew, or takes them out of all."""

import pytest

from tests.cast import ANA, BRUNO, inbound, known, outbound, participant, rows, write
from tests.settlement import lost, twice
from wa_assistant.conversation import takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import due, placing
from wa_assistant.journey.placing import Begins
from wa_assistant.models import (
    Action,
    Answer,
    AuditEntry,
    Cancelled,
    Consent,
    ConsentMode,
    JourneyVersion,
    Participant,
    Status,
    VersionState,
)

from .placed import HELLO, MORE, where, words
from .test_quiet import quiet
from .under_way import found, journey, moved

pytestmark = pytest.mark.usefixtures("context")


def test_within_the_window_the_opening_words_go_out_at_once(bia, event, work, twilio):
    write(ANA)
    work()
    assert placing.put_into(bia, participant(ANA).id, event) == Begins.NOW
    work()
    assert twilio.messages[-1].body == HELLO.opening
    assert where() == (event, "hello", None)
    entry = rows(AuditEntry, AuditEntry.action == Action.PUT_INTO_JOURNEY)[-1]
    assert entry.before["stage"] == "intro"
    assert entry.after["stage"] == "hello"
    assert entry.after["begins"] == "now"
    assert lost(db.session) == twice(db.session, twilio.messages) == []


def test_a_stage_may_be_named(bia, event, work):
    write(ANA)
    work()
    placing.put_into(bia, participant(ANA).id, event, "more")
    assert where() == (event, "more", None)
    with pytest.raises(LookupError):
        placing.put_into(bia, participant(ANA).id, event, "gone")
    assert where() == (event, "more", None)


def test_outside_the_window_they_wait_until_the_participant_writes(bia, event, work):
    write(ANA)
    work()
    moved(participant(ANA).id, last_inbound_at=utcnow().replace(year=2020))
    assert placing.put_into(bia, participant(ANA).id, event) == Begins.WINDOW_CLOSED
    work()
    assert outbound()[-1].status == Status.PARKED
    assert where() == (event, "hello", None)
    write(ANA, "Oi de novo")
    work()
    assert words()[-2:] == [HELLO.opening, "You wrote: Oi de novo"]


def test_who_never_heard_from_us_is_told_what_becomes_of_their_data_first(bia, event, work):
    who = known(ANA)
    moved(who, last_inbound_at=None)
    assert placing.put_into(bia, who, event) == Begins.NOT_TOLD
    work()
    assert words() == []
    assert where() == (event, None, "hello")
    assert due.find(10) == []
    write(ANA, "Oi")
    work()
    assert [each.rpartition("\n")[2] for each in words()] == ["You wrote: Oi", HELLO.opening]
    assert participant(ANA).consent == Consent.NOTIFIED
    assert where() == (event, "hello", None)


def test_who_wrote_but_was_told_nothing_hears_it_with_the_opening_words(bia, event, work):
    placing.put_into(bia, known(ANA), event)
    work()
    assert words()[-1].endswith(f"\n\n{HELLO.opening}")
    assert participant(ANA).consent == Consent.NOTIFIED


def test_a_journey_that_asks_for_consent_still_asks(bia, desk, work):
    asking = journey([HELLO, MORE], consent=ConsentMode.ASK, starter=None)
    write(ANA)
    work()
    said = len(outbound())
    assert placing.put_into(bia, participant(ANA).id, asking, "more") == Begins.CONSENT
    work()
    assert len(outbound()) == said
    for text in ("Oi", "sim"):
        write(ANA, text)
        work()
    assert words()[-1] == MORE.opening
    assert where() == (asking, "more", None)


@pytest.mark.parametrize(
    ("values", "begins"),
    [
        ({"paused_until": utcnow().replace(year=2099)}, Begins.SILENCED),
        ({"stopped_at": utcnow()}, Begins.STOPPED),
        ({"blocked_at": utcnow()}, Begins.BLOCKED),
    ],
)
def test_nobody_is_written_to_who_may_not_be(bia, event, work, values, begins):
    write(ANA)
    work()
    said = len(outbound())
    moved(participant(ANA).id, **values)
    assert placing.put_into(bia, participant(ANA).id, event) == begins
    work()
    assert (len(outbound()), due.find(10)) == (said, [])
    assert where() == (event, None, "hello")


def test_while_a_colleague_holds_the_conversation_the_stage_waits_for_the_next_answer(
    bia, event, work
):
    write(ANA)
    work()
    ana = participant(ANA).id
    takeover.take_over(ana, bia)
    assert placing.put_into(bia, ana, event) == Begins.SILENCED
    takeover.hand_back(ana, bia)
    work()
    assert words()[-1] != HELLO.opening
    write(ANA, "E agora?")
    work()
    assert words()[-2:] == ["You wrote: E agora?", HELLO.opening]


def test_in_quiet_hours_it_begins_when_they_end(bia, event, work):
    write(ANA)
    work()
    ana = participant(ANA).id
    quiet(-30, 90)
    assert placing.put_into(bia, ana, event) == Begins.QUIET
    work()
    assert where() == (event, None, "hello")
    quiet(-90, -30)
    assert due.find(10) == [ana]
    due.begin(ana)
    assert where() == (event, "hello", None)


def test_what_the_former_journey_had_yet_to_say_is_not_said(bia, event, work):
    write(ANA)
    work()
    ana = participant(ANA).id
    moved(ana, last_inbound_at=utcnow().replace(year=2020), next_stage="later")
    placing.into_stage(bia, ana, "team")
    work()
    parked = outbound()[-1]
    assert parked.status == Status.PARKED
    placing.put_into(bia, ana, event)
    db.session.refresh(parked)
    assert (parked.status, parked.cancelled_for) == (Status.CANCELLED, Cancelled.OVERTAKEN)
    assert where() == (event, "hello", None)


def test_what_waited_for_a_yes_is_answered_once_nothing_asks_for_it(bia, work):
    journey(consent=ConsentMode.ASK)
    event = journey([HELLO], starter=None)
    write(ANA, "Quanto custa?")
    work()
    placing.put_into(bia, participant(ANA).id, event)
    work()
    assert "You wrote: Quanto custa?" in words()
    assert inbound()[0].answered_by_id is not None
    assert lost(db.session) == []


def test_what_was_answered_under_the_former_journey_is_not_kept_for_the_next(
    app, bia, event, work, openai
):
    write(ANA)
    work()

    def put_meanwhile(_):
        with app.app_context(), transaction():
            ana = db.session.get_one(Participant, who)
            placing.place(ana, db.session.get_one(JourneyVersion, event))
        return {"answers": [found("role", "dev")], "stage_complete": True}

    who = participant(ANA).id
    openai.finds = put_meanwhile
    write(ANA, "Sou dev")
    work()
    assert rows(Answer) == []
    assert where() == (event, "hello", None)


def test_a_draft_is_for_those_who_are_pretended(bia, desk):
    moved_to_draft = desk
    with transaction():
        db.session.get_one(JourneyVersion, moved_to_draft).state = VersionState.DRAFT
    with pytest.raises(placing.NotPublished):
        placing.put_into(bia, known(ANA), desk)
    ivo = known("simulated:+5511900000009")
    moved(ivo, simulated=True)
    placing.put_into(bia, ivo, desk)
    assert db.session.get_one(Participant, ivo).journey_version_id == desk


def test_somebody_else_is_as_they_were(bia, event, work):
    for address in (ANA, BRUNO):
        write(address)
        work()
    before = where(BRUNO)
    placing.put_into(bia, participant(ANA).id, event)
    assert where(BRUNO) == before


def test_words_that_have_not_gone_out_yet_are_not_said_where_they_are_elsewhere(bia, event, work):
    write(ANA)
    work()
    ana = participant(ANA).id
    placing.put_into(bia, ana, event)
    placing.into_stage(bia, ana, "more")
    work()
    assert HELLO.opening not in words()
    assert words()[-1] == MORE.opening
