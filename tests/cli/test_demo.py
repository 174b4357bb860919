"""`flask --app wsgi demo fill`: invented people, whom nothing is sent to and nothing is owed."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, select

from tests import settlement
from tests.cast import ANA, inbound, known, outbound, rows, say, write
from wa_assistant.cli.demo.fill import NUMBERED, Asked, fill
from wa_assistant.conversation import attention, reading, window
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    AiCall,
    Answer,
    Attention,
    ConsentEvent,
    Message,
    Participant,
    Settlement,
    StageVisit,
    Status,
    User,
)
from wa_assistant.operations import sweeper
from wa_assistant.work.queue import BELLS, INTAKE, backlog

pytestmark = pytest.mark.usefixtures("context")
MADE = (Answer, StageVisit, ConsentEvent, Message, AiCall, Participant)  # children first


@pytest.fixture
def run(app):
    """Runs `demo fill` with these options; what it says, and how it ended."""

    def run_it(*options):
        result = app.test_cli_runner().invoke(args=["demo", "fill", *map(str, options)])
        return result.output, result.exit_code

    return run_it


def number(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def told() -> list[tuple[object, ...]]:
    """What was said and by whom, as it is told however rows are numbered."""
    said = select(Participant.name, Participant.phone, Message.body, Message.created_at)
    said = said.join(Participant).order_by(Message.created_at, Message.body, Participant.phone)
    return [tuple(row) for row in db.session.execute(said)]


def test_as_many_are_there_as_were_asked_for(run):
    said, code = run("--participants", 200, "--messages", 1500)
    assert code == 0
    assert said.splitlines()[-1].startswith("200 participants and 1500 messages in ")
    assert (number(Participant), number(Message)) == (200, 1500)


def test_nothing_is_lost_or_twice_and_nothing_is_left_to_do(run):
    run("--participants", 200, "--messages", 1500)
    assert settlement.lost(db.session) == []
    assert settlement.twice(db.session, []) == []
    assert settlement.out_of_order(db.session, []) == []
    sweeper.sweep()
    assert backlog(BELLS) == backlog(INTAKE) == 0
    assert window.call_before_they_close() == 0


def test_nobody_of_them_is_real(run):
    run("--participants", 60, "--messages", 300)
    assert all(each.simulated for each in rows(Participant))
    assert all(each.address == f"simulated:{each.phone}" for each in rows(Participant))
    assert {each.provider_sid[:3] for each in rows(Message)} == {"SIM"}


def test_it_looks_like_a_team_at_work(run):
    run("--participants", 900, "--messages", 9000)
    called = Counter(each.attention for each in rows(Participant))
    assert len(called) > 3
    assert sum(called.values()) - called[None] > 10
    assert attention.summary().number == 0, "who is pretended calls nobody"
    assert {each.settlement for each in inbound()} == set(Settlement) - {
        Settlement.AWAITING_CONSENT,
        Settlement.BLOCKED,  # each of them is answered in the end
        Settlement.DEAD_LETTER,
    }
    assert {each.status for each in outbound()} == {
        Status.DELIVERED,
        Status.READ,
        Status.UNDELIVERED,
        Status.PARKED,
    }
    someone = rows(User)[1]
    listed = reading.listing(someone, show="simulated")
    assert listed.attention
    assert listed.others
    assert len({each.stage for each in rows(Participant)}) > 5
    months = {each.created_at.month for each in rows(Message)}
    assert len(months) > 6
    shares = Counter(each.participant_id for each in rows(Message))
    assert min(shares.values()) >= 2
    assert max(shares.values()) > 5 * 10, "some write a great deal"


def test_what_is_parked_waits_for_a_window_that_is_closed(run):
    run("--participants", 900, "--messages", 2000)
    waiting = rows(Participant, Participant.attention == Attention.PARKED)
    assert waiting
    assert not any(each.window_left() for each in waiting)


def test_each_conversation_stands_in_its_order(run):
    run("--participants", 100, "--messages", 900)
    said = rows(Message)
    assert [each.id for each in said] == sorted(each.id for each in said)
    latest: dict[int, datetime] = {}
    for each in said:
        assert latest.get(each.participant_id, each.created_at) <= each.created_at
        latest[each.participant_id] = each.created_at
    for each in rows(Participant):
        assert each.last_activity_at == latest[each.id]


def test_the_same_is_invented_again_and_another_seed_invents_others():
    until = datetime(2026, 11, 30, 12, tzinfo=UTC)
    found = []
    for seed in (1, 1, 2):
        fill(Asked(40, 200, seed, until))
        found.append(told())
        with transaction():
            for model in MADE:
                db.session.execute(delete(model).execution_options(synchronize_session=False))
    assert found[0] == found[1] != found[2]


def test_a_second_filling_adds_others(run):
    run("--participants", 40, "--messages", 200)
    _, code = run("--participants", 40, "--messages", 200)
    assert code == 0
    assert (number(Participant), number(Message)) == (80, 400)
    assert settlement.lost(db.session) == settlement.twice(db.session, []) == []


def test_where_somebody_is_real_it_is_asked_for(run):
    known(ANA)
    said, code = run("--participants", 40, "--messages", 200)
    assert code == 1
    assert "This database holds real participants" in said
    assert number(Participant) == 1
    assert run("--participants", 40, "--messages", 200, "--beside-real-ones")[1] == 0
    assert number(Participant) == 41


def test_more_people_than_messages_are_refused(run):
    said, code = run("--participants", 100, "--messages", 100)
    assert code == 2
    assert "200 messages at least" in said


def test_who_writes_afterwards_is_numbered_behind_them(run):
    run("--participants", 40, "--messages", 200)
    write(ANA)
    say(ANA, "Oi, Ana!")
    assert number(Message) == 202
    for model in NUMBERED:
        assert max(each.id for each in rows(model)) == number(model)
