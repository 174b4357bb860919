"""Several messages in a row get one answer."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.cast import ANA, at_once, inbound, outbound, participant, rows, set_back, write
from tests.doubles.completions import said
from tests.support.eventually import eventually
from wa_assistant.assistant import reply
from wa_assistant.conversation import unsettled
from wa_assistant.models import AiCall, Message, Outcome

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.environment(REPLY_DELAY_SECONDS=5),
]


def asked(openai) -> list[list[str]]:
    """The messages each call was to answer."""
    found = []
    for call in openai.calls:
        turns = [said(message) for message in call["messages"] if message["role"] == "user"]
        found.append([words for turn in turns for words in turn])
    return found


def test_messages_within_the_delay_are_answered_together(openai, work):
    for words in ("Oi", "queria saber", "que horas abrem"):
        write(ANA, words)
        reply.answer(participant(ANA).id)
        assert openai.calls == []
        work.pass_time(2)
    work()
    assert asked(openai) == [["Oi", "queria saber", "que horas abrem"]]
    (answer,) = outbound()
    assert {message.answered_by_id for message in inbound()} == {answer.id}


def test_a_bell_that_comes_too_early_leaves_it_to_the_newest_messages_own(openai, work):
    write(ANA, "Oi")
    reply.answer(participant(ANA).id)
    assert openai.calls == []
    assert work.waiting() == ["jobs.reply.answer"]


@pytest.mark.environment(REPLY_DELAY_SECONDS=8)
def test_the_end_of_the_longest_burst_has_no_bell_of_its_own_and_gets_one(openai, work):
    write(ANA, "Oi")
    work.pass_time(4)
    write(ANA, "Oi")  # quiet 12 s after the first, and nobody waits longer than 10
    rung = len(work.waiting())
    reply.answer(participant(ANA).id)
    assert openai.calls == []
    assert len(work.waiting()) == rung + 1


def test_a_message_that_comes_later_begins_the_wait_anew(openai, work):
    write(ANA, "Oi")
    work.pass_time(4)
    write(ANA, "queria saber")
    work.pass_time(2)  # 6 s after the first, 2 s after the second
    reply.answer(participant(ANA).id)
    assert openai.calls == []
    work.pass_time(3)
    reply.answer(participant(ANA).id)
    assert asked(openai) == [["Oi", "queria saber"]]


def test_nobody_waits_longer_than_ten_seconds(openai, work):
    for number in range(3):
        write(ANA, str(number))
        reply.answer(participant(ANA).id)
        assert openai.calls == []
        work.pass_time(3)
    write(ANA, "3")
    work.pass_time(1.5)  # 10.5 s after the first, 1.5 s after the last
    reply.answer(participant(ANA).id)
    assert asked(openai) == [["0", "1", "2", "3"]]


def test_messages_further_apart_are_answered_one_by_one(openai, work):
    for words in ("Oi", "Tchau"):
        write(ANA, words)
        work()
    assert asked(openai) == [["Oi"], ["Oi", "Tchau"]]
    assert len(outbound()) == 2


def test_a_message_that_comes_while_the_rest_of_the_wait_is_slept_prolongs_it(
    openai, work, monkeypatch
):
    write(ANA, "Oi")
    now = [inbound()[0].created_at + timedelta(seconds=4.5)]  # of the five
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += timedelta(seconds=seconds)
        write(ANA, "queria saber")
        newest = inbound()[-1]
        since = newest.created_at - (now[0] - timedelta(seconds=0.1))  # a moment ago, by that clock
        set_back(Message.created_at, since.total_seconds(), Message.id == newest.id)

    with monkeypatch.context() as patch:
        patch.setattr(reply, "time", SimpleNamespace(sleep=sleep))
        patch.setattr(unsettled, "utcnow", lambda: now[0])
        reply.answer(participant(ANA).id)
    assert slept == [pytest.approx(0.5)]
    assert openai.calls == []
    work.pass_time(10)
    work()
    assert asked(openai) == [["Oi", "queria saber"]]


def until_asked(openai, times: int) -> None:
    eventually(lambda: (len(openai.requests), openai.waiting) == (times, 1))


@pytest.fixture
def thinking(app, openai):
    """Ana has written "first", and the model holds its answer to it until it is released."""
    openai.hold()
    write(ANA, "first")
    with at_once(app, 1) as start:
        holder = start(reply.answer, participant(ANA).id)
        eventually(lambda: openai.waiting == 1)
        yield holder
        openai.release()
        holder.result(10)


@pytest.mark.environment(REPLY_DELAY_SECONDS=0)
def test_what_comes_while_the_model_thinks_is_answered_together_with_the_rest(
    thinking, openai, work
):
    write(ANA, "second")
    reply.answer(participant(ANA).id)  # its bell, which finds the lease held
    assert len(openai.requests) == 1
    openai.release()
    thinking.result(10)
    work()
    assert asked(openai) == [["first"], ["first", "second"]]
    (answer,) = outbound()
    assert [each.answered_by_id for each in inbound()] == [answer.id] * 2
    assert [each.outcome for each in rows(AiCall)] == [Outcome.OBSOLETE, Outcome.ANSWERED]
    assert answer.ai_call_id == rows(AiCall)[-1].id


@pytest.mark.environment(REPLY_DELAY_SECONDS=0)
def test_no_bell_is_needed_for_what_comes_meanwhile(thinking, openai, valkey, work):
    write(ANA, "second")
    valkey.redis.flushall()
    openai.release()
    thinking.result(10)
    assert len(outbound()) == 1
    assert all(each.answered_by_id for each in inbound())


@pytest.mark.environment(REPLY_DELAY_SECONDS=0)
def test_who_goes_on_writing_is_answered_after_two_new_beginnings(app, openai, work):
    openai.hold()
    write(ANA, "message 1")
    with at_once(app, 1) as start:
        holder = start(reply.answer, participant(ANA).id)
        for number in (2, 3, 4):
            until_asked(openai, number - 1)
            write(ANA, f"message {number}")
            openai.release()
            openai.hold()
        openai.release()
        holder.result(10)
    assert asked(openai)[-1] == ["message 1", "message 2", "message 3"]
    (answer,) = outbound()
    assert [each.body for each in inbound() if each.answered_by_id == answer.id] == [
        "message 1",
        "message 2",
        "message 3",
    ]
    assert "jobs.reply.answer" in work.waiting()  # for the fourth
