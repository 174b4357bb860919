"""What participants write is answered, once, and settled."""

import pytest

from tests.cast import ANA, BRUNO, inbound, only, outbound, participant, rows, say, write
from wa_assistant.assistant import reply, rules
from wa_assistant.models import (
    AiCall,
    Author,
    Direction,
    Message,
    Outcome,
    Participant,
    Settlement,
    Status,
)

pytestmark = pytest.mark.usefixtures("context")


def test_a_message_is_answered_through_the_model_and_twilio(openai, twilio, work):
    openai.reply = lambda body: "Abrimos às nove. 🌞"
    write(ANA, "Que horas vocês abrem?")
    assert work() == ["jobs.reply.answer"]
    (sent,) = twilio.messages
    assert (sent.to, sent.body) == (ANA, "Abrimos às nove. 🌞")
    answer = only(Message, Message.direction == Direction.OUTBOUND)
    assert (answer.author, answer.status) == (Author.ASSISTANT, Status.QUEUED)


def test_what_was_answered_is_settled_by_its_answer(work):
    write(ANA, "Oi")
    write(ANA, "Tudo bem?")
    work()
    (answer,) = outbound()
    for message in inbound():
        assert message.settlement == Settlement.ANSWERED
        assert message.answered_by_id == answer.id
        assert message.settled_at >= message.created_at


def test_each_participant_gets_an_answer_of_their_own(twilio, work):
    write(ANA, "a pergunta da Ana")
    write(BRUNO, "Bruno's question")
    work()
    assert {sent.to: sent.body for sent in twilio.messages} == {
        ANA: "You wrote: a pergunta da Ana",
        BRUNO: "You wrote: Bruno's question",
    }


def test_nothing_is_left_behind_when_all_is_answered(openai, work):
    write(ANA, "Oi")
    work()
    ana = participant(ANA)
    assert ana.claim_token is ana.due_at is ana.due_at is ana.attention is None
    reply.answer(ana.id)
    assert (len(openai.calls), work()) == (1, [])


def test_a_bell_for_nobody_is_harmless(openai):
    reply.answer(12345)
    assert openai.calls == []


def test_the_prompt_is_the_rules_then_the_conversation_then_the_question(openai, work):
    openai.reply = lambda body: "Olá, Ana!"
    write(ANA, "Oi")
    work()
    write(ANA, "Que horas vocês abrem?")
    work()
    assert openai.calls[1]["messages"] == [
        {"role": "system", "content": rules.SYSTEM},
        {"role": "user", "content": "Oi"},
        {"role": "assistant", "content": "Olá, Ana!"},
        {"role": "user", "content": "Que horas vocês abrem?"},
    ]


def test_what_a_person_of_the_team_said_is_part_of_the_conversation(openai, work):
    write(ANA, "Oi")
    work()
    say(ANA, "Aqui é a Bia. O pedido saiu hoje.", Author.USER)
    write(ANA, "Obrigada!")
    work()
    assert openai.calls[1]["messages"][-2:] == [
        {
            "role": "assistant",
            "content": "You wrote: Oi\n\nAqui é a Bia. O pedido saiu hoje.",
        },
        {"role": "user", "content": "Obrigada!"},
    ]


def test_what_was_never_delivered_is_no_part_of_the_conversation(openai, twilio, work):
    twilio.fail_next(status=400, code=63016)
    write(ANA, "Oi")
    work()
    write(ANA, "Alguém?")
    work()
    contents = [message["content"] for message in openai.calls[1]["messages"]]
    assert contents == [rules.SYSTEM, "Oi\n\nAlguém?"]


def test_nobody_sees_another_participants_conversation(openai, work):
    write(ANA, "o segredo da Ana")
    work()
    write(BRUNO, "Hello")
    work()
    assert "segredo" not in openai.requests[-1].body.decode()


def test_the_model_is_told_neither_number_nor_name(openai, work):
    write(ANA, "Oi", ProfileName="Ana Souza")
    write(ANA, "Tudo bem?", ProfileName="Ana Souza")
    work()
    told = b"".join(
        request.body + str(dict(request.headers)).encode() for request in openai.requests
    ).decode()
    for secret in ("987654321", "5511", "Souza", "whatsapp", participant(ANA).address):
        assert secret.lower() not in told.replace("WhatsApp", "").lower()


def test_a_message_of_ten_thousand_characters_is_answered(openai, work):
    openai.reply = lambda body: "Que alegria!"
    write(ANA, "😀" * 10_000)
    work()
    assert openai.calls[0]["messages"][-1]["content"] == "😀" * 10_000
    assert only(AiCall).outcome == Outcome.ANSWERED
    assert inbound()[0].settled_at


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"body": "", "MessageType": "image", "NumMedia": "1"}, "[image message]"),
        ({"body": "veja", "MessageType": "image"}, "[image message]\nveja"),
        ({"body": "", "MessageType": "location", "Latitude": "-23"}, "[location message]"),
        ({"body": "", "MessageType": "text"}, "[text message]"),
        ({"body": None, "MessageType": None}, "[text message]"),
        ({"body": " \n ", "MessageType": "text"}, "[message without text]"),
    ],
)
def test_what_the_model_cannot_see_is_named_and_answered(openai, work, fields, told):
    write(ANA, **fields)
    work()
    assert openai.calls[0]["messages"][-1] == {"role": "user", "content": told}
    assert len(outbound()) == 1


def test_who_has_a_user_name_only_is_answered_there(twilio, work):
    write("whatsapp:BR.1500123", "Oi", WaId=None)
    work()
    assert [sent.to for sent in twilio.messages] == ["whatsapp:BR.1500123"]
    assert only(Participant).phone is None


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "שלום", "\x00oi\x00", "{{7*7}}"])
def test_odd_words_are_answered_like_any(openai, work, words):
    openai.reply = lambda body: body["messages"][-1]["content"]
    write(ANA, words)
    work()
    assert [message.body for message in outbound()] == [words.replace("\x00", "")]


def test_many_conversations_end_with_every_message_settled_once(work):
    for number in range(12):
        write(ANA if number % 3 else BRUNO, str(number))
        if number % 4 == 3:
            work()
    answers = {message.id for message in outbound()}
    assert {message.answered_by_id for message in inbound()} == answers
    assert len(answers) == len(rows(AiCall))
