"""Unknown numbers in masses: so many an hour are answered by the model, the rest wait."""

import pytest

from tests.cast import (
    ANA,
    BIA,
    at_once,
    inbound,
    known,
    only,
    outbound,
    participant,
    rows,
    say,
    write,
)
from tests.chosen import choose
from tests.support.samples import OGG, send
from wa_assistant.assistant import offline
from wa_assistant.conversation import takeover, unsettled
from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Attention,
    Author,
    Participant,
    Role,
    Settlement,
    User,
)
from wa_assistant.money import caps
from wa_assistant.money.caps import Cap, NoRoom
from wa_assistant.operations import sweeper

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(NEWCOMERS_PER_HOUR=2, OPENAI_TOKENS_PER_MINUTE=1_000_000),
]
HOUR = 3600
WAIT = offline.HOLDING["pt"]


def stranger(number: int) -> str:
    return f"whatsapp:+55119{number:08}"


def strangers(count: int, words: str = "Que horas vocês abrem?") -> None:
    for number in range(count):
        write(stranger(number), words)


def held_back() -> list[Participant]:
    return rows(Participant, Participant.attention == Attention.NEWCOMERS)


def test_so_many_are_answered_and_the_rest_are_told_that_they_wait(openai, work):
    strangers(5)
    work(within=30)
    assert len(openai.calls) == 2
    assert [each.body for each in outbound()].count(WAIT) == 3
    assert len(held_back()) == 3
    assert [each.settled_at is None for each in inbound()].count(True) == 3
    assert [each.cap_met for each in outbound() if each.body == WAIT] == [Cap.NEWCOMERS] * 3


def test_and_are_answered_by_the_model_when_their_hour_comes(openai, work):
    strangers(5)
    work()
    assert len(openai.calls) == 5
    assert [each.body for each in outbound()].count(WAIT) == 3, "each is told once"
    assert held_back() == []
    assert {each.settlement for each in inbound()} == {Settlement.ANSWERED}


def test_who_writes_on_while_they_wait_is_told_nothing_more_and_gets_one_answer(openai, work):
    strangers(2)
    work()
    write(ANA, "Bom dia!")
    work(within=30)
    write(ANA, "E no domingo?")
    work(within=30)
    assert [each.body for each in outbound()].count(WAIT) == 1
    work()
    assert outbound()[-1].body == "You wrote: Bom dia! / E no domingo?"
    assert len(openai.calls) == 3


def test_whoever_was_let_in_is_no_unknown_number_any_more(openai, work):
    strangers(2)
    work()
    strangers(2, "E no domingo?")
    work(within=30)
    assert len(openai.calls) == 4


def test_a_person_may_be_faster(openai, work):
    strangers(2)
    write(ANA, "Bom dia!")
    work(within=30)
    with transaction():
        db.session.add(User(email=BIA, role=Role.EDITOR))
    takeover.take_over(participant(ANA).id, only(User))
    say(ANA, "Bom dia, aqui é a Bia.", Author.USER)
    work()
    assert len(openai.calls) == 2
    assert inbound()[-1].settlement == Settlement.WITH_A_PERSON


def test_a_higher_number_acts_at_once_and_rings_in_no_storm(openai, work):
    strangers(8)
    work(within=30)
    choose(newcomers_an_hour="4")
    unsettled.look_again(Attention.NEWCOMERS)
    work.pass_time(30)
    sweeper.sweep()
    assert work(within=30).count("jobs.reply.answer") == 6, "once for each who waits"
    assert len(openai.calls) == 4
    assert len(held_back()) == 4


def test_commands_are_heard_of_whoever_writes(openai, work):
    strangers(2)
    work()
    write(stranger(7), "SAIR")
    write(stranger(8), "ATENDENTE")
    work(within=30)
    assert participant(stranger(7)).stopped_at is not None
    assert participant(stranger(8)).attention == Attention.ASKED_FOR_A_PERSON
    assert WAIT not in [each.body for each in outbound()]


def test_nobody_pays_for_the_voice_of_those_who_wait(openai, twilio, work):
    strangers(2)
    work()
    send(twilio, ANA, OGG, "audio/ogg", kind="audio")
    work(within=30)
    assert openai.transcriptions == []
    assert outbound()[-1].body == WAIT
    work()
    assert len(openai.transcriptions) == 1
    assert outbound()[-1].body == f"You wrote: [voice message, transcribed]\n{openai.hears}"


def test_the_simulator_s_people_are_not_counted(openai, work):
    with transaction():
        for number in range(3):
            db.session.add(Participant(address=f"simulator:{number}", simulated=True))
    for number in range(3):
        assert caps.let_in(rows(Participant)[number].id) is None
    assert [caps.let_in(known(stranger(number))) for number in range(2)] == [None, None]
    assert isinstance(caps.let_in(known(stranger(2))), NoRoom)


@pytest.mark.environment(NEWCOMERS_PER_HOUR=5)
def test_however_many_ask_at_once_no_more_are_let_in(app):
    ids = [known(stranger(number)) for number in range(24)]
    with at_once(app, 12) as start:
        asked = [start(caps.let_in, each) for each in ids]
    assert [each.result() for each in asked].count(None) == 5
    assert len(rows(Participant, Participant.let_in_at.is_not(None))) == 5


@pytest.mark.environment(NEWCOMERS_PER_HOUR=0)
def test_none_at_all_may_be_let_in(openai, work):
    write(ANA)
    work(within=HOUR)
    assert (openai.calls, len(held_back())) == ([], 1)


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_without_a_model_there_is_nothing_to_wait_for(work):
    strangers(5)
    work()
    assert {each.settlement for each in inbound()} == {Settlement.ANSWERED}
    assert held_back() == []
