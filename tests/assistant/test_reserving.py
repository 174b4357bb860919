"""The most that a call to the model can cost is reserved for, however often it is asked within one,
and whatever it takes for a token."""

import json
from typing import Any

import pytest

from tests.cast import ANA, outbound, rows, write
from tests.chosen import choose
from tests.media.opus import HEAD, SILENCE, page
from tests.money import calls
from tests.money.counts import differences, money
from tests.support.samples import send
from wa_assistant.assistant import manner, model
from wa_assistant.clients import learned, pictures
from wa_assistant.clients.failures import Failure
from wa_assistant.models import AiCall, Outcome
from wa_assistant.money import ledger
from wa_assistant.money.caps import NoRoom
from wa_assistant.money.prices import Worst

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def in_step(context):
    yield
    assert differences() == {}


def worst(messages: list[dict[str, Any]], name: str | None = None) -> Worst:
    reservation = model.reserve(calls.ANSWER, messages, manner.now(), name)
    assert not isinstance(reservation, NoRoom)
    return reservation.worst


ASKED = [{"role": "user", "content": "Oi"}]
NOTHING = {
    "choices": [{"message": {"content": ""}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 700, "completion_tokens": 0},
}


def test_what_has_nothing_in_it_is_paid_for_each_time(openai, work):
    """Some servers answer so what they do not know, and are asked in another way within a call."""
    openai.answer_next(2, garbage=json.dumps(NOTHING))
    write(ANA, "Que horas vocês abrem?")
    work()
    nothing, again, answered = rows(AiCall)
    assert [nothing.outcome, again.outcome] == [Outcome.UNAVAILABLE] * 2
    assert answered.outcome == Outcome.ANSWERED
    assert outbound()[0].ai_call_id == answered.id
    assert money() == (70 + 70 + openai.bill.total, 0)


def test_and_no_more_often_than_a_cap_has_room_for(app, openai):
    openai.answer_next(9, garbage=json.dumps(NOTHING))
    usual = manner.now()
    room = model.reserve(calls.ANSWER, ASKED, usual)
    assert not isinstance(room, NoRoom)
    app.config["CAP_MODEL_DAY_USD"] = room.worst.reserved + 50
    attempt = model.ask(room, ASKED, usual)
    ledger.settled(attempt.call)
    assert (attempt.call.failure, len(openai.calls)) == (Failure.NOTHING, 1)
    assert money() == (70, 0)


def test_a_model_that_thinks_first_is_reserved_for_as_such(openai):
    plain = worst(ASKED)
    learned.remember("gpt-6-luna", {learned.THINKS: "2000"})
    thinks = worst(ASKED)
    assert (thinks.tokens, thinks.reserved) == (plain.tokens + 2000, plain.reserved + 1000)


def test_a_picture_is_reserved_for_with_the_most_that_servers_count(openai):
    shown = [{"role": "user", "content": [pictures.part(b"x", "image/png")]}]
    plain = worst([{"role": "user", "content": ""}])
    assert worst(shown).tokens == plain.tokens + 25_000
    assert worst(shown).pictures == 1
    assert worst(shown, "gpt-4o-mini").tokens == plain.tokens + 50_000


def test_silence_that_is_packed_into_few_bytes_is_as_long(openai, twilio, work):
    """Five minutes in six thousand bytes, which would else be taken for twelve seconds."""
    choose(participant_voice_minutes="3")
    send(twilio, ANA, HEAD + page(*[SILENCE] * 250) * 10, "audio/ogg", kind="audio")
    work()
    assert openai.transcriptions == []
    assert len(outbound()) == 1
