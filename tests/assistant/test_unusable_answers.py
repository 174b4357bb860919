"""An answer that cannot be sent: refused, cut off, or not what was asked for."""

import json

import pytest

from tests.cast import ANA, outbound, participant, rows, write
from wa_assistant.assistant import reply
from wa_assistant.live import bells
from wa_assistant.models import AiCall, Attention, Outcome

pytestmark = pytest.mark.usefixtures("context")

UNUSABLE = {
    "refused": {"refusal": "I cannot help with that."},
    "cut off": {"content": '{"reply": "We open at', "finish_reason": "length"},
    "empty": {"content": "<think>They ask when we open."},
    "no reply in it": {"content": json.dumps({"answers": [], "unanswered": "When do we open?"})},
}


def ask() -> None:
    write(ANA, "Olá, que horas vocês abrem?")
    reply.answer(participant(ANA).id)


@pytest.mark.parametrize("why", UNUSABLE)
def test_an_answer_that_cannot_be_used_is_asked_for_once_more(openai, why):
    openai.answer_next(**UNUSABLE[why])
    ask()
    first, second = rows(AiCall)
    assert (first.outcome, first.error) == (Outcome.UNUSABLE, why)
    assert first.cost > 0  # it was paid for all the same
    assert second.outcome == Outcome.ANSWERED
    assert [message.ai_call_id for message in outbound()] == [second.id]


@pytest.mark.parametrize("why", UNUSABLE)
def test_a_second_answer_that_cannot_be_used_leaves_it_to_a_person(openai, why):
    openai.answer_next(2, **UNUSABLE[why])
    ask()
    assert [call.outcome for call in rows(AiCall)] == [Outcome.UNUSABLE] * 2
    assert [message.ai_call_id for message in outbound()] == [rows(AiCall)[-1].id]
    assert participant(ANA).attention == Attention.MODEL_FAILED
    assert len(openai.calls) == 2


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=1)
@pytest.mark.parametrize("then", [Outcome.UNUSABLE, Outcome.ANSWERED])
def test_the_second_time_waits_for_its_turn_and_is_the_last(openai, work, then):
    openai.answer_next(2 if then == Outcome.UNUSABLE else 1, **UNUSABLE["refused"])
    ask()
    assert len(openai.calls) == 1
    assert (participant(ANA).attention, outbound()) == (None, [])
    bells.redis.flushdb()
    work.pass_time(60)
    reply.answer(participant(ANA).id)
    assert [call.outcome for call in rows(AiCall)] == [Outcome.UNUSABLE, then]
    assert len(openai.calls) == 2
    assert len(outbound()) == 1


def test_text_that_is_whole_is_sent_whatever_the_server_says_of_its_end(openai):
    openai.answer_next(content='{"reply": "We open at nine", "answers"', finish_reason="length")
    ask()
    assert [message.body for message in outbound()] == ["We open at nine"]


def test_of_text_that_was_cut_off_the_whole_sentences_are_sent(openai):
    openai.answer_next(content="We open at nine. And on Satur", finish_reason="length")
    ask()
    assert [message.body for message in outbound()] == ["We open at nine."]


def test_half_an_emoji_in_an_answer_harms_nothing(openai):
    openai.answer_next(content='{"reply": "Oi! \\ud83d"}')
    ask()
    assert [message.body for message in outbound()] == ["Oi!"]


def test_an_answer_with_nul_bytes_is_sent_without(openai):
    openai.answer_next(content='{"reply": "O\\u0000i"}')
    ask()
    assert [message.body for message in outbound()] == ["Oi"]
