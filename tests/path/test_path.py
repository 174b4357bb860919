"""The path of a message through real processes: web, engine, Valkey.

One product serves these tests; each has participants of its own.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.processes.product import kill
from tests.support.eventually import eventually

from .whole import Whole

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def stack(product: Whole) -> Whole:
    product.openai.reset()
    product.twilio.receipts.reset()
    return product


def test_a_message_is_answered_reported_and_shown(stack):
    ana = "whatsapp:+5511900000001"
    stack.twilio.send_receipts("queued", "sent", "delivered", "read", shuffled=True)
    stack.write(ana, "Olá! <b>Vocês abrem amanhã?</b>")
    (sent,) = stack.await_answer(ana)
    assert sent.body.startswith("_Quem responde é o assistente virtual")
    assert stack.said(ana) == ["You wrote: Olá! <b>Vocês abrem amanhã?</b>"]
    assert sent.status_callback == f"{stack.url}/whatsapp/status"
    eventually(lambda: not stack.twilio.receipts.pending)
    assert stack.twilio.receipts.refused == 0
    page = stack.thread(stack.signed_in(), "Ana")
    assert page.count('class="bubble') == 2
    assert "You wrote: Olá! &lt;b&gt;Vocês abrem amanhã?&lt;/b&gt;" in page
    assert 'tick-read" title="read"' in page


def test_a_burst_gets_one_answer(stack):
    bia = "whatsapp:+5511900000002"
    words = ["Oi", "tudo bem?", "queria saber", "o preço"]
    for body in words:
        stack.write(bia, body)
    stack.await_answer(bia)
    stack.await_quiet(0)
    assert stack.said(bia) == ["You wrote: " + " / ".join(words)]


def test_a_repeat_even_at_the_same_moment_gets_one_answer(stack):
    davi, sid = "whatsapp:+5511900000003", "SM" + "d" * 32
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: stack.write(davi, "Oi", sid), range(8)))
    stack.await_answer(davi)
    stack.write(davi, "Oi", sid)
    stack.await_quiet(0)
    assert len(stack.to(davi)) == 1


def test_who_writes_while_being_answered_gets_one_answer_to_all(stack):
    eva = "whatsapp:+5511900000004"
    stack.openai.hold()
    stack.write(eva, "primeira")
    eventually(lambda: stack.openai.waiting == 1, 30)
    stack.write(eva, "segunda")
    stack.await_stored("segunda")
    stack.openai.release()
    stack.await_answer(eva)
    stack.await_quiet(0)
    assert stack.said(eva) == ["You wrote: primeira / segunda"]
    told = [message["content"] for message in stack.openai.calls[-1]["messages"]]
    assert told[-1] == "primeira\n\nsegunda"


def test_when_redis_forgets_everything_the_sweeper_makes_it_good(stack):
    people = [f"whatsapp:+551190000001{n}" for n in range(5)]
    for each in people:
        stack.write(each, "Que horas são?")
    stack.redis.flushall()
    assert not any(stack.to(each) for each in people)
    for each in people:
        stack.await_answer(each)
    stack.await_quiet(0)
    assert [len(stack.to(each)) for each in people] == [1] * 5


def test_when_the_engine_is_killed_the_message_is_answered_all_the_same(stack):
    ivo = "whatsapp:+5511900000005"
    stack.openai.hold()
    stack.write(ivo, "Vocês estão aí?")
    eventually(lambda: stack.openai.waiting == 1, 30)
    kill(*stack.engines())
    stack.openai.release()
    stack.await_answer(ivo)
    stack.await_quiet(0)
    assert len(stack.openai.calls) == 2
    assert stack.said(ivo) == ["You wrote: Vocês estão aí?"]


def test_when_the_web_is_killed_twilio_finds_it_again(stack):
    lia = "whatsapp:+5511900000006"
    stack.product.find("gunicorn")[0].kill()

    def told() -> bool:
        try:
            stack.write(lia, "Oi")
        except requests.ConnectionError:
            return False  # Twilio comes again too
        return True

    eventually(told, 30)
    stack.await_answer(lia)
