"""Stop, a person, and consent: decided by code, before anybody answers."""

import pytest

from tests.cast import ANA, at_once, inbound, only, outbound, participant, rows, say, write
from tests.journey.under_way import journey
from tests.settlement import lost, out_of_order, twice
from tests.support.eventually import eventually
from tests.support.samples import OGG, send
from wa_assistant.assistant import reply
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import db
from wa_assistant.models import (
    AiCall,
    Attention,
    Author,
    Consent,
    ConsentEvent,
    ConsentMode,
    Media,
    Outcome,
    Purpose,
    Settlement,
    Status,
    User,
)

pytestmark = pytest.mark.usefixtures("context")

OF_SERVICE = ConsentEvent.purpose == Purpose.SERVICE
STOPPED = "Pronto, você não vai mais receber mensagens nossas."


@pytest.fixture
def asks(context) -> None:
    journey(consent=ConsentMode.ASK)


def settlements() -> list[str | None]:
    return [message.settlement for message in inbound()]


def kinds() -> list[str]:
    return [event.kind for event in rows(ConsentEvent, OF_SERVICE)]


def bodies(twilio) -> list[str]:
    return [sent.body for sent in twilio.messages]


@pytest.mark.parametrize("word", ["SAIR", "parar", "Stop!", "  pare de me mandar mensagem "])
def test_who_stops_gets_one_confirmation_and_then_nothing(openai, twilio, work, word):
    write(ANA, "Oi")
    write(ANA, word)
    work()
    assert bodies(twilio) == [outbound()[-1].body]
    assert bodies(twilio)[0].startswith(STOPPED)
    assert openai.calls == []
    assert settlements() == [Settlement.STOPPED] * 2
    assert (participant(ANA).consent, kinds()) == (Consent.WITHDRAWN, [Consent.WITHDRAWN])
    assert only(ConsentEvent, OF_SERVICE).message_sid == inbound()[-1].provider_sid


def test_what_was_on_its_way_is_not_sent_to_who_stops(twilio, work):
    write(ANA, "Oi")
    say(ANA, "A long answer")
    write(ANA, "SAIR")
    work()
    assert outbound()[0].status == Status.CANCELLED
    assert len(bodies(twilio)) == 1
    assert bodies(twilio)[0].startswith(STOPPED)


def test_what_they_write_after_stopping_waits_for_a_person(openai, twilio, work):
    for words in ("SAIR", "sair", "Na verdade, quanto custa?"):
        write(ANA, words)
        work()
    assert len(twilio.messages) == 1
    assert openai.calls == []
    assert settlements()[-1] == Settlement.WITH_A_PERSON
    assert participant(ANA).attention == Attention.WROTE_AFTER_STOPPING


def test_a_colleague_may_answer_who_has_stopped(twilio, work):
    write(ANA, "SAIR")
    write(ANA, "Ainda tenho uma dúvida")
    say(ANA, "Pode perguntar", Author.USER)
    work()
    assert bodies(twilio)[-1] == "Pode perguntar"


def test_who_returns_is_answered_again(openai, twilio, work):
    for words in ("SAIR", "VOLTAR", "Que horas abrem?"):
        write(ANA, words)
        work()
    assert bodies(twilio)[1].startswith("Que bom ter você de volta")
    assert len(openai.calls) == 1
    assert lost(db.session) == twice(db.session, twilio.messages) == []


def test_return_is_a_word_like_others_for_who_never_stopped(openai, work):
    write(ANA, "VOLTAR")
    work()
    assert len(openai.calls) == 1


def test_to_cancel_alone_is_asked_about(openai, twilio, work):
    write(ANA, "CANCELAR")
    work()
    assert "SAIR" in bodies(twilio)[0]
    assert openai.calls == []
    assert settlements() == [Settlement.ANSWERED]


def test_to_cancel_is_asked_about_after_the_answer_to_what_came_before(openai, twilio, work):
    for words in ("Quanto custa?", "Oi?", "cancelar", "a visita"):
        write(ANA, words)
    work()
    answer, question, last = outbound()
    answered = [each.answered_by_id for each in inbound()]
    assert answered == [answer.id, answer.id, question.id, last.id]
    assert "SAIR" in question.body
    told = [[message["content"] for message in call["messages"][1:]] for call in openai.calls]
    assert told[0] == ["Quanto custa?\n\nOi?"]
    between = f"{answer.body}\n\n{question.body}"
    assert told[1] == ["Quanto custa?\n\nOi?\n\ncancelar", between, "a visita"]
    assert out_of_order(db.session, twilio.messages) == lost(db.session) == []


def test_to_cancel_while_the_model_thinks_leaves_its_answer_as_it_is(app, openai, twilio, work):
    openai.hold()
    write(ANA, "Quanto custa?")
    with at_once(app, 1) as start:
        thinking = start(reply.answer, participant(ANA).id)
        eventually(lambda: openai.waiting == 1)
        write(ANA, "cancelar")
        openai.release()
        thinking.result(10)
    work()
    assert [call.outcome for call in rows(AiCall)] == [Outcome.ANSWERED]
    assert [each.answered_by_id for each in inbound()] == [each.id for each in outbound()]
    assert "SAIR" in bodies(twilio)[1]
    assert out_of_order(db.session, twilio.messages) == twice(db.session, twilio.messages) == []


def test_to_cancel_goes_to_the_person_who_was_called_meanwhile(openai, twilio, work):
    openai.hears = "quero falar com um atendente"
    send(twilio, ANA, OGG, "audio/ogg", kind="audio")
    write(ANA, "cancelar")
    work()
    assert settlements() == [Settlement.WITH_A_PERSON] * 2
    assert len(twilio.messages) == 1
    assert participant(ANA).asked_for_person_at


def test_who_asks_for_a_person_is_no_longer_answered_by_the_assistant(openai, twilio, work):
    write(ANA, "Oi")
    write(ANA, "Atendente")
    write(ANA, "meu pedido não chegou")
    work()
    assert openai.calls == []
    assert len(twilio.messages) == 1
    assert settlements() == [Settlement.WITH_A_PERSON] * 3
    assert participant(ANA).attention_at is not None


@pytest.mark.parametrize("ends", [attention.resolve, takeover.hand_back])
def test_when_a_colleague_is_done_the_assistant_answers_again(openai, work, colleague, ends):
    write(ANA, "ATENDENTE")
    assert participant(ANA).attention == Attention.ASKED_FOR_A_PERSON
    ends(participant(ANA).id, colleague)
    write(ANA, "Que horas abrem?")
    work()
    assert len(openai.calls) == 1


@pytest.fixture
def colleague() -> User:
    user = User(email="bia@example.com", name="Bia", role="editor")
    db.session.add(user)
    db.session.commit()
    return user


@pytest.mark.usefixtures("asks")
def test_before_a_yes_nothing_begins_and_after_it_all_is_answered(openai, twilio, work):
    write(ANA, "Oi, quanto custa?")
    work()
    (notice,) = bodies(twilio)
    assert "SAIR" in notice
    assert "/privacy" in notice
    assert openai.requests == []
    assert settlements() == [Settlement.AWAITING_CONSENT]
    assert participant(ANA).attention is None
    write(ANA, "Sim")
    work()
    assert openai.calls[0]["messages"][-1]["content"] == "Oi, quanto custa?\n\nSim"
    assert settlements() == [Settlement.ANSWERED] * 2
    assert bodies(twilio)[2] == "Vamos começar! O que você faz?"
    assert kinds() == [Consent.ASKED, Consent.GIVEN]
    assert rows(ConsentEvent)[0].notice_version
    assert lost(db.session) == twice(db.session, twilio.messages) == []


@pytest.mark.usefixtures("asks")
def test_a_voice_before_a_yes_is_neither_fetched_nor_heard(openai, twilio, work):
    send(twilio, ANA, OGG, "audio/ogg", kind="audio")
    work()
    assert only(Media).status == "waiting"
    assert openai.requests == []
    write(ANA, "sim")
    work()
    assert only(Media).transcript
    assert len(openai.transcriptions) == 1


@pytest.mark.usefixtures("asks")
def test_a_refusal_settles_what_was_held_as_stopped(openai, twilio, work):
    for words in ("Oi", "não concordo", "mesmo?"):
        write(ANA, words)
        work()
    assert len(twilio.messages) == 2
    assert openai.requests == []
    assert settlements() == [Settlement.STOPPED] * 2 + [Settlement.WITH_A_PERSON]
    assert kinds() == [Consent.ASKED, Consent.REFUSED]


@pytest.mark.usefixtures("asks")
def test_who_refused_and_returns_is_asked_anew(openai, twilio, work):
    for words in ("Oi", "não", "VOLTAR", "sim"):
        write(ANA, words)
        work()
    assert kinds() == [
        Consent.ASKED,
        Consent.REFUSED,
        Consent.RETURNED,
        Consent.ASKED,
        Consent.GIVEN,
    ]
    assert len(openai.calls) == 1


@pytest.mark.usefixtures("asks")
def test_what_is_unclear_is_asked_once_more_and_then_a_person_is_called(openai, twilio, work):
    for words in ("Oi", "ok mas antes uma pergunta", "simples"):
        write(ANA, words)
        work()
    assert len(twilio.messages) == 2
    assert openai.requests == []
    assert settlements() == [Settlement.WITH_A_PERSON] * 3
    assert participant(ANA).attention == Attention.CONSENT_UNCLEAR
    write(ANA, "sim")
    work()
    assert len(openai.calls) == 1


@pytest.mark.usefixtures("asks")
def test_a_call_for_a_person_instead_of_a_yes_is_one(openai, twilio, work):
    for words in ("Oi", "atendente"):
        write(ANA, words)
        work()
    assert openai.requests == []
    assert settlements() == [Settlement.WITH_A_PERSON] * 2


def test_where_a_journey_notifies_one_line_opens_the_first_answer(openai, twilio, work):
    journey(consent=ConsentMode.NOTIFY)
    for words in ("Oi", "Que horas abrem?"):
        write(ANA, words)
        work()
    first = next(body for body in bodies(twilio) if body.endswith("You wrote: Oi"))
    assert first.startswith("_Quem responde é o assistente virtual")
    assert [body for body in bodies(twilio) if "assistente virtual" in body] == [first]
    assert kinds() == [Consent.NOTIFIED]
