"""Who writes much waits behind their own messages, and not before others."""

import pytest

from tests.cast import ANA, BRUNO, outbound, participant, write
from wa_assistant.assistant import reply
from wa_assistant.work.queue import later, queue

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE=4)
def test_who_writes_much_leaves_the_minute_to_others(openai, twilio, work):
    for number in range(4):
        write(ANA, f"E mais isto: {number}")
        work(within=5)
    assert len(openai.calls) == 1
    write(BRUNO)
    work(within=5)
    assert len(openai.calls) == 2
    assert participant(BRUNO).address in {each.to for each in twilio.messages}


@pytest.mark.environment(REPLY_DELAY_SECONDS=0)
def test_what_is_answered_next_waits_behind_others_who_wait(openai):
    for sender, words in ((ANA, "Que horas vocês abrem?"), (ANA, "cancelar"), (BRUNO, "Oi!")):
        write(sender, words)
    ana, bruno = participant(ANA).id, participant(BRUNO).id
    bells = queue()
    bells.empty()
    later("jobs.reply.answer", bruno)
    reply.answer_and_deliver(ana)
    assert len(outbound()) == 1, "what seems to be a stop is answered by itself"
    assert [job.args for job in bells.jobs] == [[bruno], [ana]]
    reply.answer_and_deliver(ana)
    assert len(outbound()) == 2
