"""What a conversation has cost, and each of its answers with all the calls that it took."""

import re

import pytest

from tests.cast import ANA, BRUNO, only, outbound, participant, rows, write
from wa_assistant.conversation import ai_calls
from wa_assistant.models import AiCall, CallKind, Message, Outcome
from wa_assistant.money import costs, prices

pytestmark = pytest.mark.usefixtures("context")

LONG = "Abrimos de segunda a sexta, das oito às dezoito horas. " * 240


def page(client, address: str) -> str:
    """What is read of the conversation, in single spaces."""
    text = client.get(f"/conversations/{participant(address).id}").text
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def test_every_call_that_an_answer_took_stands_behind_it(davi, openai, work):
    left = [LONG, "Das 8h.", "Até as 18h."]
    openai.reply = lambda body: left.pop(0)
    write(ANA, "Que horas abrem?")
    work()
    write(ANA, "E até que horas?")
    work()
    messages = rows(Message)
    behind = ai_calls.behind(participant(ANA).id, messages)
    outcomes = [[each.outcome for each in found] for found in behind.values()]
    assert outcomes == [[Outcome.TOO_LONG, Outcome.SHORTER], [Outcome.ANSWERED]]
    assert list(behind) == [each.ai_call_id for each in outbound()]
    seen = page(davi, ANA)
    assert "Answer · gpt-6-luna · too long ·" in seen
    assert seen.count("Together:") == 1


def test_of_a_later_page_the_earlier_calls_are_left_out(openai, work):
    for words in ("Um?", "Dois?", "Três?"):
        write(ANA, words)
        work()
    (last,) = ai_calls.behind(participant(ANA).id, rows(Message)[-2:]).values()
    assert [each.id for each in last] == [outbound()[-1].ai_call_id]


def test_calls_of_others_do_not_stand_behind_it(openai, work):
    write(ANA, "Um?")
    write(BRUNO, "Two?")
    work()
    for address in (ANA, BRUNO):
        ours = rows(Message, Message.participant_id == participant(address).id)
        for found in ai_calls.behind(participant(address).id, ours).values():
            assert {each.participant_id for each in found} == {participant(address).id}


def test_the_card_tells_what_the_conversation_has_cost(davi, openai, work):
    write(ANA, "Que horas abrem?")
    work()
    month, whole = costs.of_participant(participant(ANA).id, prices.today().replace(day=1))
    paid = [*rows(AiCall, AiCall.participant_id.is_not(None)), *rows(Message)]
    assert month == whole == sum(each.cost for each in paid) > 0
    assert "Cost this month US$ 0.01" in page(davi, ANA)


def test_what_is_not_known_is_said_with_the_most_it_can_be(davi, openai, work):
    openai.counts = lambda usage: None
    write(ANA, "Que horas abrem?")
    work()
    call = only(AiCall, AiCall.kind == CallKind.ANSWER)
    assert call.cost is None
    assert "Cost unknown, at most US$" in page(davi, ANA)
