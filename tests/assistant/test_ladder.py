"""What answers where a cap has no more room: a cheaper model, the documents, a fixed text."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cast import ANA, BRUNO, inbound, only, outbound, participant, rows, set_back, write
from tests.chosen import choose
from tests.knowledge import stock
from tests.money.counts import count
from wa_assistant.assistant import offline
from wa_assistant.assistant.decide import AskTheModel, Postpone, SpeakUnaided, without_room
from wa_assistant.database import utcnow
from wa_assistant.models import AiCall, Attention, Message, Scope, Settlement
from wa_assistant.money.caps import Cap, NoRoom

pytestmark = pytest.mark.usefixtures("context")

SOL = "gpt-6-sol"
HOURS = "A padaria abre de segunda a sábado, das seis às vinte horas."
# Room for the worst of the cheap one, and not of the dear one.
DEAR = pytest.mark.environment(OPENAI_MODEL=SOL, CAP_MODEL_DAY_USD="0.01")


def models(openai) -> list[str]:
    return [call["model"] for call in openai.calls]


@DEAR
def test_a_cheaper_model_answers_where_one_is_set_and_has_room(openai, work):
    choose(cheaper_model="gpt-6-luna")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert models(openai) == ["gpt-6-luna"]
    assert only(AiCall).model == "gpt-6-luna"
    assert count(Scope.MODEL).spent == openai.bill.total
    assert (outbound()[0].cap_met, participant(ANA).attention) == (Cap.MODEL_DAY, None)


@DEAR
def test_where_none_is_set_the_documents_own_words_do(openai, work):
    stock.document("horarios.txt", HOURS)
    write(ANA, "Que horas a padaria abre?")
    work()
    assert models(openai) == []
    assert HOURS in outbound()[0].body
    assert (outbound()[0].cap_met, participant(ANA).attention) == (
        *(Cap.MODEL_DAY, Attention.CAP_MET),
    )


@pytest.mark.environment(OPENAI_MODEL=SOL, CAP_MODEL_DAY_USD="0.00001")
def test_nor_where_the_cheaper_one_has_no_room(openai, work):
    choose(cheaper_model="gpt-6-luna")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert models(openai) == []
    assert outbound()[0].body == offline.HOLDING["pt"]


def test_a_cheaper_model_is_no_way_round_what_one_may_take_in_a_day(openai, work):
    choose(cheaper_model="gpt-6-luna", participant_answers="0")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert models(openai) == []
    assert outbound()[0].cap_met == Cap.ANSWERS


@DEAR
def test_what_was_learned_of_one_model_is_not_believed_of_the_other(openai, work):
    choose(cheaper_model="gpt-6-luna")
    openai.refuse("temperature")
    write(ANA, "Que horas vocês abrem?")
    work()
    choose(cap_model_day="10")
    write(ANA, "E no domingo?")
    work()
    assert models(openai) == ["gpt-6-luna", "gpt-6-luna", SOL, SOL]


@pytest.mark.environment(CAP_MODEL_MONTH_USD="0.00001")
def test_of_a_month_that_a_person_will_answer_is_said_once_and_not_each_hour(openai, work):
    # Where it is not so early in the day that two hours ago was another month.
    choose(time_zone="UTC" if utcnow().hour >= 3 else "Asia/Tokyo")
    write(ANA, "Que horas vocês abrem?")
    work()
    set_back(Message.created_at, timedelta(hours=2).total_seconds())
    write(ANA, "E no domingo?")
    write(BRUNO, "Hello?")
    work()
    assert [each.body for each in outbound()] == [offline.HOLDING["pt"], offline.HOLDING["en"]]
    assert inbound()[1].settlement == Settlement.WITH_A_PERSON


@pytest.mark.environment(CAP_MODEL_DAY_USD="0.00001")
def test_the_next_day_it_is_said_again(openai, work):
    write(ANA, "Que horas vocês abrem?")
    work()
    set_back(Message.created_at, timedelta(hours=25).total_seconds())
    write(ANA, "E no domingo?")
    work()
    assert len(outbound()) == 2


@pytest.mark.environment(CAP_MODEL_DAY_USD="0.00001")
def test_a_raised_cap_leaves_nobody_unanswered_and_rings_for_nobody(openai, work):
    for person in (ANA, BRUNO):
        write(person, "Que horas vocês abrem?")
    work()
    choose(cap_model_day="5")
    assert work() == []
    assert all(each.settled_at for each in inbound())
    write(ANA, "E no domingo?")
    work()
    assert len(openai.calls) == 1


@pytest.mark.parametrize(
    ("no", "asked", "rung"),
    [
        ({"passes": True, "cheaper": "luna"}, None, Postpone),
        ({"cheaper": "luna"}, None, AskTheModel),
        ({"cheaper": "luna"}, "luna", SpeakUnaided),
        ({}, None, SpeakUnaided),
    ],
)
def test_the_rungs_in_their_order(no, asked, rung):
    burst: Any = SimpleNamespace(waiting_since=utcnow())
    room = NoRoom(Cap.DAY, utcnow(), utcnow() + timedelta(hours=3), **no)
    assert type(without_room(burst, room, utcnow(), asked)) is rung


def test_every_call_that_was_made_is_in_the_ledger_with_its_own_model(openai, work):
    choose(cheaper_model="gpt-6-luna")
    write(ANA, "Que horas vocês abrem?")
    work()
    assert [call.model for call in rows(AiCall)] == models(openai)
    assert outbound()[0].cap_met is None
