"""Without a model: one courteous sentence, and a person is called."""

import re

import pytest

from tests.cast import ANA, BRUNO, inbound, only, outbound, participant, rows, write
from tests.support.eventually import eventually
from wa_assistant.assistant import offline, reply
from wa_assistant.models import AiCall, Attention, Author, Message, Settlement
from wa_assistant.understanding import commands

PORTUGUESE = offline.HOLDING["pt"]
ENGLISH = offline.HOLDING["en"]

no_model = pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("words", "otherwise", "sentence"),
    [
        ("Olá, queria saber o horário de funcionamento", "en", PORTUGUESE),
        ("Hello, could you tell me your opening hours?", "pt", ENGLISH),
        ("", "pt", PORTUGUESE),
        ("", "en", ENGLISH),
        ("ok", "pt", PORTUGUESE),
        ("e o uniforme?", "pt", PORTUGUESE),
        ("qual o email de vcs?", "pt", PORTUGUESE),
        ("marketing digital", "pt", PORTUGUESE),
        ("De nada!", "en", ENGLISH),
        ("👍🏽", "en", ENGLISH),
        ("👍🏽 12345 ???", "pt", PORTUGUESE),
        ("שלום", "pt", PORTUGUESE),
    ],
)
def test_the_sentence_is_in_the_participants_language_or_their_journey_s(
    words, otherwise, sentence
):
    assert offline.holding_sentence(words, otherwise) == sentence


@pytest.mark.parametrize("sentence", [PORTUGUESE, ENGLISH])
def test_the_sentence_says_nothing_technical(sentence):
    for word in ("model", "error", "AI", "IA", "OpenAI", "offline", "system", "sistema", "[", "{"):
        assert word not in sentence.split()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_word_it_names_for_a_person_calls_one(language):
    (word,) = re.findall(r"\b[A-Z]{3,}\b", offline.QUOTED[language])
    assert commands.command(word) == commands.Command.PERSON


@no_model
def test_without_a_model_a_person_is_called_and_the_participant_told(twilio, openai, work):
    write(ANA, "Olá, queria saber o horário de vocês")
    work()
    assert [sent.body for sent in twilio.messages] == [PORTUGUESE]
    (answer,) = outbound()
    assert (answer.author, answer.ai_call_id) == (Author.ASSISTANT, None)
    assert participant(ANA).attention == Attention.NO_MODEL
    assert inbound()[0].settlement == Settlement.ANSWERED
    assert inbound()[0].answered_by_id == answer.id
    assert (rows(AiCall), openai.requests) == ([], [])


@no_model
def test_without_a_model_every_burst_gets_its_sentence(work):
    for words in ("Hello there, good morning", "Is anybody there today?"):
        write(BRUNO, words)
        work()
    assert [message.body for message in outbound()] == [ENGLISH] * 2


@no_model
def test_what_was_written_is_never_echoed(work):
    write(ANA, "<script>segredo</script> {{reply}} segredo")
    work()
    assert "segredo" not in only(Message, Message.author == Author.ASSISTANT).body


@no_model
def test_without_a_model_who_was_called_stays_called(work):
    write(ANA, "Oi")
    work()
    first = participant(ANA).attention_at
    write(ANA, "Oi?")
    work()
    assert participant(ANA).attention_at == first


def test_a_model_that_fails_again_is_not_excused_twice_within_the_hour(openai, work):
    openai.fail_next(9, status=401)
    for _ in range(3):
        write(ANA, "Bom dia, tudo bem com vocês?")
        work()
    assert [message.body for message in outbound()] == [PORTUGUESE]
    first, *others = inbound()
    assert first.settlement == Settlement.ANSWERED
    for message in others:
        assert (message.settlement, message.answered_by_id) == (Settlement.WITH_A_PERSON, None)
        assert message.settled_at
    assert participant(ANA).attention == Attention.MODEL_FAILED


def test_after_an_hour_it_is_said_again(openai, work):
    openai.fail_next(2, status=401)
    for _ in range(2):
        write(ANA, "Bom dia, tudo bem com vocês?")
        work()
        work.pass_time(3601)
    assert len(outbound()) == 2


def test_the_hour_is_each_participants_own(openai, work):
    openai.fail_next(2, status=401)
    write(ANA, "Bom dia")
    write(BRUNO, "Good morning, how are you?")
    work()
    assert len(outbound()) == 2


def test_an_answer_of_the_model_does_not_count_as_that_sentence(openai, work):
    write(ANA, "Bom dia")
    work()
    openai.fail_next(status=401)
    write(ANA, "Quanto custa?")
    work()
    assert len(outbound()) == 2


def test_when_the_model_is_back_it_answers_again(openai, work):
    openai.fail_next(status=401)
    write(ANA, "Bom dia")
    work()
    write(ANA, "Quanto custa?")
    work()
    assert [message.body for message in outbound()] == [PORTUGUESE, "You wrote: Quanto custa?"]


def test_dashboards_hear_that_a_person_is_called_without_a_word_sent(openai, valkey, work):
    openai.fail_next(2, status=401)
    write(ANA, "Bom dia")
    work()
    write(ANA, "Quanto custa?")
    with valkey.redis.pubsub(ignore_subscribe_messages=True) as listener:
        listener.subscribe("wa_assistant:live")
        reply.answer(participant(ANA).id)
        heard = eventually(lambda: listener.get_message(timeout=1), 3)
    thread = f"thread-{participant(ANA).id}"
    assert heard["data"].decode().split() == ["attention", "conversations", thread]
