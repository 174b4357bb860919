"""Races in one conversation, and Redis gone with all it knew, on the product as it runs."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.path.whole import TOKEN
from tests.processes.product import kill
from tests.support.eventually import eventually
from wa_assistant.models import Message, Participant, Settlement

from .justice import assert_settled_once_and_in_order, bodies

pytestmark = pytest.mark.timeout(180)


def participant(stack, address: str) -> int:
    query = select(Participant.id).where(Participant.address == address)

    def found() -> list[int]:
        with stack.database.connect() as connection:
            return list(connection.scalars(query))

    return eventually(found)[0]


def test_many_bells_for_one_participant_get_one_answer(stack):
    ana = "whatsapp:+5511920000001"
    stack.write(ana, "Oi")
    queue, known = stack.product.queue, participant(stack, ana)
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: queue.enqueue("jobs.reply.answer", known), range(12)))
    stack.await_answer(ana)
    assert_settled_once_and_in_order(stack)
    assert bodies(stack, ana) == ["You wrote: Oi"]


def test_what_the_model_says_after_a_person_took_over_is_not_sent(stack):
    bia = "whatsapp:+5511920000002"
    browser = stack.signed_in()
    stack.openai.hold()
    stack.write(bia, "Vocês abrem no sábado?")
    eventually(lambda: stack.openai.waiting == 1, 60)
    path = f"{stack.url}/conversations/{participant(stack, bia)}"
    token = TOKEN.findall(browser.get(path, timeout=10).text)[0]
    assert browser.post(f"{path}/takeover", data={"csrf_token": token}, timeout=10).ok
    stack.openai.release()
    assert_settled_once_and_in_order(stack)
    assert bodies(stack, bia) == []
    page = browser.get(path, timeout=10).text
    assert "You wrote: Vocês abrem no sábado?" in page, "what it would have said is the draft"
    settlement = select(Message.settlement).where(Message.body == "Vocês abrem no sábado?")
    with stack.database.connect() as connection:
        assert connection.scalars(settlement).all() == [Settlement.WITH_A_PERSON]


def test_a_redis_that_was_killed_and_has_lost_its_files_is_made_good(stack):
    people = [f"whatsapp:+551192000001{n}" for n in range(5)]
    for each in people:
        stack.write(each, "Que horas são?")
    stack.redis.flushall()
    for path in (stack.product.data_dir / "valkey").iterdir():
        shutil.rmtree(path, ignore_errors=True)
    kill(*stack.product.find("valkey-server"))
    for each in people:
        stack.await_answer(each)
    assert_settled_once_and_in_order(stack)
    assert [bodies(stack, each) for each in people] == [["You wrote: Que horas são?"]] * 5


def test_a_stop_hands_back_what_it_interrupts_and_the_next_start_goes_on(stack):
    caio = "whatsapp:+5511920000003"
    stack.openai.hold()
    stack.write(caio, "Está aí?")
    eventually(lambda: stack.openai.waiting == 1, 60)
    stack.product.stop()
    stack.openai.reset()
    query = select(Participant.claim_token, Participant.faults)
    with stack.database.connect() as connection:
        told = connection.execute(query.where(Participant.address == caio)).one()
    assert tuple(told) == (None, 0)
    stack.product.start()
    stack.await_answer(caio)
    assert_settled_once_and_in_order(stack)
    assert bodies(stack, caio) == ["You wrote: Está aí?"]
