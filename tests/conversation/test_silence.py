"""While a person holds a conversation, or it is paused, the assistant says nothing."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import ANA, BIA, at_once, inbound, known, only, outbound, participant, rows, write
from tests.support.eventually import eventually
from wa_assistant.assistant import reply
from wa_assistant.clients.channel import Temporary
from wa_assistant.conversation import attention, silence, takeover
from wa_assistant.database import db, transaction
from wa_assistant.delivery import send
from wa_assistant.models import (
    AiCall,
    Attention,
    Author,
    Message,
    Participant,
    Role,
    Settlement,
    Status,
    User,
)

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


def bia() -> Any:
    return only(User)


def ana() -> int:
    return int(participant(ANA).id)


def silence_by(way: str) -> None:
    if way == "takeover":
        takeover.take_over(ana(), bia())
    elif way == "pause":
        takeover.pause(ana(), bia(), takeover.PAUSES["15"])
    else:
        takeover.write(ana(), bia(), "I am here", "a-form-key-1")


WAYS = pytest.mark.parametrize("way", ["takeover", "pause", "writing"])


def from_the_assistant() -> list[Message]:
    return [each for each in outbound() if each.author == Author.ASSISTANT]


@WAYS
def test_what_is_written_meanwhile_is_a_persons_and_no_model_is_asked(openai, work, way):
    known(ANA)
    silence_by(way)
    write(ANA)
    work()
    assert openai.calls == []
    assert from_the_assistant() == []
    assert only(Message, Message.author == Author.PARTICIPANT).settlement == (
        Settlement.WITH_A_PERSON
    )


@WAYS
def test_a_model_that_was_already_thinking_is_not_heard(app, openai, work, way):
    write(ANA)
    openai.hold()
    with at_once(app) as start:
        thinking = start(reply.answer, ana())
        eventually(lambda: openai.waiting)
        silence_by(way)
        openai.release()
        thinking.result(10)
    work()
    (unsaid,) = from_the_assistant()
    assert (unsaid.status, unsaid.provider_sid) == (Status.CANCELLED, None)
    assert unsaid.ai_call_id == only(AiCall).id
    assert [each.settlement for each in inbound()] == [Settlement.WITH_A_PERSON]
    assert len(rows(AiCall)) == 1, "it was paid for all the same"


@WAYS
def test_an_answer_that_waits_in_the_outbox_is_never_sent(twilio, work, way):
    write(ANA)
    reply.answer(ana())
    (waiting,) = from_the_assistant()
    assert waiting.status == Status.WAITING
    silence_by(way)
    work()
    (cancelled,) = from_the_assistant()
    assert cancelled.status == Status.CANCELLED
    assert [each.body for each in twilio.messages] == (["I am here"] if way == "writing" else [])
    (asked,) = inbound()
    assert (asked.settlement, asked.answered_by_id) == (Settlement.WITH_A_PERSON, None)


@WAYS
def test_an_answer_that_comes_back_from_the_provider_is_not_sent_again(
    twilio, work, monkeypatch, way
):
    write(ANA)
    reply.answer(ana())

    def refuse(to: str, body: str, media: str | None) -> None:
        silence_by(way)
        raise Temporary("busy", None)

    with monkeypatch.context() as patch:
        patch.setattr("wa_assistant.clients.twilio.send", refuse)
        send.deliver(ana())
    assert from_the_assistant()[0].status == Status.WAITING
    work()
    assert from_the_assistant()[0].status == Status.CANCELLED
    assert [each.body for each in twilio.messages] == (["I am here"] if way == "writing" else [])


def test_a_takeover_and_an_answer_at_the_same_moment_end_in_one_of_two_ways(
    app, openai, twilio, work
):
    write(ANA)
    participant_id = ana()
    with at_once(app) as start:
        both = [
            start(reply.answer, participant_id),
            start(lambda: takeover.take_over(participant_id, bia())),
        ]
        for each in both:
            each.result(10)
    work()
    assert [each.status for each in from_the_assistant()] in ([], [Status.CANCELLED])
    assert twilio.messages == []


def test_after_a_hand_back_the_assistant_answers_and_knows_what_was_said(openai, work):
    write(ANA, "Is there a class tonight?")
    reply.answer(ana())
    takeover.write(ana(), bia(), "Yes, at eight, in room 3", "a-form-key-1")
    work()
    takeover.hand_back(ana(), bia())
    write(ANA, "Which room?")
    work()
    told = openai.calls[-1]["messages"]
    said = [(each["role"], each["content"]) for each in told if each["role"] != "system"]
    assert said == [
        ("user", "Is there a class tonight?"),
        ("assistant", "Yes, at eight, in room 3"),  # and not the answer that was cancelled
        ("user", "Which room?"),
    ]
    assert outbound()[-1].author == Author.ASSISTANT


def test_a_pause_ends_by_itself(openai, work):
    known(ANA)
    takeover.pause(ana(), bia(), takeover.PAUSES["15"])
    work.pass_time(15 * 60 + 1)
    write(ANA)
    work()
    assert len(from_the_assistant()) == 1


def test_one_until_it_is_resumed_does_not(openai, work):
    known(ANA)
    takeover.pause(ana(), bia(), takeover.PAUSES["resumed"])
    write(ANA)
    work()
    assert from_the_assistant() == []
    takeover.hand_back(ana(), bia())
    write(ANA)
    work()
    assert len(from_the_assistant()) == 1


def test_who_writes_during_a_pause_is_put_before_the_team_and_during_a_takeover_is_unread(work):
    known(ANA)
    takeover.pause(ana(), bia(), None)
    write(ANA)
    work()
    assert participant(ANA).attention == Attention.WROTE_DURING_PAUSE
    takeover.hand_back(ana(), bia())
    with transaction():
        db.session.scalars(select(Participant)).one().attention = None
    takeover.take_over(ana(), bia())
    write(ANA)
    work()
    assert (participant(ANA).attention, participant(ANA).unread) == (None, 2)


def test_a_pause_that_cancels_an_answer_puts_the_conversation_before_the_team():
    write(ANA)
    reply.answer(ana())
    takeover.pause(ana(), bia(), takeover.PAUSES["15"])
    assert [each.status for each in from_the_assistant()] == [Status.CANCELLED]
    assert participant(ANA).attention == Attention.WROTE_DURING_PAUSE


def test_a_pause_over_a_model_that_thinks_puts_the_conversation_before_the_team(app, openai, work):
    write(ANA)
    openai.hold()
    with at_once(app) as start:
        thinking = start(reply.answer, ana())
        eventually(lambda: openai.waiting)
        takeover.pause(ana(), bia(), takeover.PAUSES["15"])
        openai.release()
        thinking.result(10)
    work()
    assert participant(ANA).attention == Attention.WROTE_DURING_PAUSE


@pytest.mark.parametrize("when", ["nothing is under way", "a person holds it"])
def test_a_pause_that_leaves_nobody_without_an_answer_calls_nobody(when):
    known(ANA)
    if when == "a person holds it":
        write(ANA)
        reply.answer(ana())
        takeover.take_over(ana(), bia())
    takeover.pause(ana(), bia(), takeover.PAUSES["15"])
    assert participant(ANA).attention is None


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_the_offline_assistant_is_silent_too(work):
    known(ANA)
    takeover.take_over(ana(), bia())
    write(ANA)
    work()
    assert from_the_assistant() == []


def test_what_needs_a_person_is_answered_all_the_same(openai, work):
    known(ANA)
    attention.raise_by_hand(ana(), bia())
    write(ANA)
    work()
    assert len(from_the_assistant()) == 1


def test_a_takeover_and_a_hand_back_within_one_failing_send_let_no_old_answer_out(
    twilio, work, monkeypatch
):
    write(ANA)
    reply.answer(ana())

    def refuse(to: str, body: str, media: str | None) -> None:
        takeover.take_over(ana(), bia())
        takeover.hand_back(ana(), bia())
        raise Temporary("busy", None)

    with monkeypatch.context() as patch:
        patch.setattr("wa_assistant.clients.twilio.send", refuse)
        send.deliver(ana())
    work()
    assert from_the_assistant()[0].status == Status.CANCELLED
    assert twilio.messages == []
    assert participant(ANA).attention, "nobody has answered"


def test_what_the_assistant_was_about_to_say_is_the_draft_of_who_took_over(openai, work):
    openai.reply = lambda _: "Abrimos às 9h."
    write(ANA)
    reply.answer(ana())
    assert silence.draft(ana()) == ""
    takeover.take_over(ana(), bia())
    assert silence.draft(ana()) == "Abrimos às 9h."
    takeover.write(ana(), bia(), "Abrimos às 9h em ponto.", "a-key-of-the-form")
    assert silence.draft(ana()) == ""


def test_who_stops_while_the_model_thinks_waits_for_nobody(app, openai, twilio, work):
    write(ANA)
    openai.hold()
    with at_once(app) as start:
        start(reply.answer, ana())
        eventually(lambda: openai.waiting == 1)
        write(ANA, "SAIR")
        openai.release()
    work()
    assert [each.settlement for each in inbound()] == [Settlement.STOPPED] * 2
    assert (participant(ANA).attention, silence.draft(ana())) == (None, "")
    assert len(twilio.messages) == 1, "the confirmation alone"
