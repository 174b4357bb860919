"""What a plain yes or no means: the answer to what was asked last, once it could be read."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from tests.cast import ANA, TWILIO, inbound, outbound, participant, rows, write
from tests.journey.under_way import journey
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import inbound as incoming
from wa_assistant.intake import simulator
from wa_assistant.models import (
    Attention,
    Consent,
    ConsentEvent,
    ConsentMode,
    Message,
    Settlement,
    Status,
    User,
)

pytestmark = pytest.mark.usefixtures("context")

MODES = pytest.mark.parametrize("mode", [ConsentMode.ASK, ConsentMode.NOTIFY])
HELD = [Settlement.AWAITING_CONSENT]


@pytest.fixture
def bia() -> User:
    user = User(email="bia@example.com", name="Bia", role="editor")
    db.session.add(user)
    db.session.commit()
    return user


def say(work, *bodies: str) -> None:
    for body in bodies:
        write(ANA, body)
        work()


def bodies(twilio) -> list[str]:
    return [sent.body for sent in twilio.messages]


def kinds() -> list[str]:
    return [event.kind for event in rows(ConsentEvent)]


def settlements() -> list[str | None]:
    return [message.settlement for message in inbound()]


@MODES
def test_a_yes_to_whether_to_stop_stops(openai, twilio, work, mode):
    journey(consent=mode)
    say(work, "Oi", "cancelar")
    asked = len(openai.calls)
    say(work, "sim", "Oi?")
    assert participant(ANA).stopped_at
    assert kinds()[-1] == Consent.WITHDRAWN
    assert Consent.GIVEN not in kinds()
    assert bodies(twilio)[-1].startswith("Pronto, você não vai mais receber")
    assert len(openai.calls) == asked


def test_a_no_to_whether_to_stop_goes_on_with_the_stage_s_words(openai, twilio, work):
    journey()
    say(work, "Oi", "cancelar")
    asked = len(openai.calls)
    say(work, "não")
    assert participant(ANA).stopped_at is None
    assert bodies(twilio)[-2:] == [
        "Certo, então você continua recebendo. Continuamos de onde paramos.",
        "Vamos começar! O que você faz?",
    ]
    assert len(openai.calls) == asked


def test_a_no_comes_after_the_answer_to_what_has_none_yet(openai, twilio, work):
    journey()
    say(work, "Oi", "cancelar")
    with transaction():
        before = db.session.get_one(Message, inbound()[0].id)
        before.settled_at = before.settlement = before.answered_by_id = None
    say(work, "não")
    assert inbound()[0].answered_by_id == inbound()[2].answered_by_id == outbound()[-1].id


def test_a_no_to_whether_to_stop_is_no_refusal_and_consent_is_asked_for_again(twilio, work):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi", "cancelar", "não")
    assert kinds() == [Consent.ASKED, Consent.ASKED]
    assert "Podemos começar?" in bodies(twilio)[-1]
    say(work, "sim")
    assert participant(ANA).consent == Consent.GIVEN


@MODES
def test_anything_else_clears_the_question_whether_to_stop(openai, twilio, work, mode):
    journey(consent=mode)
    say(work, "Oi", "cancelar", "meu pedido", "sim")
    assert participant(ANA).stopped_at is None


def test_a_yes_after_something_else_before_any_answer_stops_nobody(openai, work):
    journey()
    say(work, "Oi", "cancelar")
    write(ANA, "espera aí")
    write(ANA, "sim")
    work()
    assert participant(ANA).stopped_at is None


@pytest.mark.parametrize("word", ["não", "sim", "meu pedido é o 123", "Cancelar", "atendente"])
def test_while_a_colleague_holds_it_all_but_a_stop_is_theirs_to_hear(
    openai, twilio, work, bia, word
):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi")
    takeover.write(participant(ANA).id, bia, "Aqui é a Bia. Recebeu o pedido?", "a-form-key-1")
    work()
    say(work, word)
    assert kinds() == [Consent.ASKED]
    assert len(twilio.messages) == 2
    assert settlements() == [Settlement.WITH_A_PERSON] * 2
    assert (participant(ANA).stopped_at, participant(ANA).attention) == (None, None)
    say(work, "SAIR")
    assert participant(ANA).stopped_at


def test_a_yes_to_a_colleague_is_no_consent_after_they_have_handed_back(openai, work, bia):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi")
    takeover.write(participant(ANA).id, bia, "Recebeu o pedido?", "a-form-key-1")
    work()
    takeover.hand_back(participant(ANA).id, bia)
    say(work, "sim")
    assert kinds() == [Consent.ASKED] * 2
    assert openai.calls == []


def test_after_a_call_for_a_person_nothing_else_is_asked_or_said(openai, twilio, work):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi", "atendente", "meu pedido não chegou", "e aí?", "não", "atendente")
    assert kinds() == [Consent.ASKED]
    assert len(twilio.messages) == 2
    assert settlements() == [Settlement.WITH_A_PERSON] * 6
    assert participant(ANA).attention == Attention.ASKED_FOR_A_PERSON


def test_during_a_colleague_s_short_pause_a_person_can_be_asked_for(twilio, work, bia):
    say(work, "Oi")
    takeover.pause(participant(ANA).id, bia, takeover.PAUSES["15"])
    say(work, "atendente", "atendente")
    assert participant(ANA).attention == Attention.ASKED_FOR_A_PERSON
    assert len(twilio.messages) == 2
    work.pass_time(3600)
    say(work, "alô?")
    assert len(twilio.messages) == 2


@pytest.mark.parametrize("second", ["Tudo bem?", "blz", "sim", "não"])
def test_a_burst_before_the_question_can_be_read_holds_no_answer_to_it(
    openai, twilio, work, second
):
    journey(consent=ConsentMode.ASK)
    for body in ("Opa", second, "Quero saber do evento"):
        write(ANA, body)
    work()
    assert kinds() == [Consent.ASKED]
    assert len(twilio.messages) == 1
    assert settlements() == HELD * 3
    assert participant(ANA).attention is None
    say(work, "sim")
    assert settlements() == [Settlement.ANSWERED] * 4


def test_in_the_simulator_neither(openai, work):
    journey(consent=ConsentMode.ASK)
    ana = simulator.new_address()
    simulator.write(ana, "Ana", "Oi", "ok", "Quero saber do evento")
    work()
    assert settlements() == HELD * 3
    simulator.write(ana, "Ana", "sim")
    work()
    assert participant(ana).consent == Consent.GIVEN


@pytest.mark.parametrize(
    ("hours", "settlement"), [(5, Settlement.AWAITING_CONSENT), (7, Settlement.WITH_A_PERSON)]
)
def test_a_yes_from_before_the_question_that_is_found_late_is_none(openai, work, hours, settlement):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi")
    with transaction():
        form = MultiDict(TWILIO.inbound(ANA, "sim"))
        incoming.receive(form, simulated=False, at=utcnow() - timedelta(hours=hours))
    work()
    assert participant(ANA).consent == Consent.ASKED
    assert settlements() == [*HELD, settlement]


def test_who_asked_for_a_person_and_returns_from_a_stop_is_answered_again(openai, work):
    say(work, "atendente", "SAIR", "VOLTAR", "quanto custa?")
    assert len(openai.calls) == 1


def test_who_returns_in_the_middle_of_a_stage_reads_its_words_again(openai, twilio, work):
    journey()
    say(work, "Oi", "SAIR", "VOLTAR")
    assert bodies(twilio)[-2:] == [
        "Que bom ter você de volta! Continuamos de onde paramos.",
        "Vamos começar! O que você faz?",
    ]
    assert outbound()[-1].opens == "intro"


def test_who_returns_to_a_colleague_is_not_the_assistant_s(openai, twilio, work, bia):
    journey()
    say(work, "Oi")
    asked = len(openai.calls)
    takeover.take_over(participant(ANA).id, bia)
    say(work, "SAIR", "VOLTAR", "quanto custa?")
    assert bodies(twilio)[-1] == "Que bom ter você de volta!"
    assert settlements()[-2:] == [Settlement.WITH_A_PERSON] * 2
    assert len(openai.calls) == asked


def test_reopening_a_call_for_a_person_silences_the_assistant_again(openai, work, bia):
    say(work, "ATENDENTE")
    attention.resolve(participant(ANA).id, bia)
    attention.reopen(participant(ANA).id, bia)
    say(work, "cadê?")
    assert openai.calls == []
    attention.resolve(participant(ANA).id, bia)
    say(work, "cadê?")
    assert len(openai.calls) == 1


def test_who_the_model_thinks_wants_to_stop_is_asked_and_told_nothing_else(openai, twilio, work):
    journey()
    openai.finds = lambda _: {"wants_stop": True}
    say(work, "vocês me enchem, tchau pra sempre")
    assert [body[:22] for body in bodies(twilio)] == ["Você quer parar de rec"]
    assert settlements() == [Settlement.ANSWERED]
    assert participant(ANA).stage is None
    say(work, "sim")
    assert participant(ANA).stopped_at


def test_a_question_that_never_reached_them_is_asked_anew(openai, twilio, work):
    journey(consent=ConsentMode.ASK)
    say(work, "Oi")
    with transaction():
        question = db.session.merge(outbound()[0])
        question.status = Status.UNDELIVERED
    say(work, "sim")
    assert kinds() == [Consent.ASKED] * 2
    assert participant(ANA).consent == Consent.ASKED
