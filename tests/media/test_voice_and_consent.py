"""Whose voice is given to a model, and what a spoken word can do."""

import pytest

from tests.cast import ANA, inbound, only, participant, rows, write
from tests.journey.under_way import journey
from tests.support.samples import OGG, send
from wa_assistant.conversation import takeover
from wa_assistant.database import db
from wa_assistant.models import Attention, ConsentMode, Media, MediaStatus, Settlement, User

pytestmark = pytest.mark.usefixtures("context")


def speak(twilio) -> None:
    send(twilio, ANA, OGG, "audio/ogg", kind="audio")


@pytest.mark.parametrize("said", [("Oi", "sim", "SAIR"), ("Oi", "não"), ("Oi", "SAIR")])
def test_who_has_stopped_or_refused_is_fetched_and_not_heard_by_a_model(openai, twilio, work, said):
    journey(consent=ConsentMode.ASK)
    for body in said:
        write(ANA, body)
        work()
    speak(twilio)
    work()
    assert openai.transcriptions == []
    assert (only(Media).status, only(Media).step) == (MediaStatus.KEPT, None)
    assert participant(ANA).attention == Attention.WROTE_AFTER_STOPPING


def test_a_stop_while_a_voice_message_is_fetched_keeps_it_from_the_model(openai, twilio, work):
    speak(twilio)
    write(ANA, "SAIR")
    work()
    assert openai.transcriptions == []


@pytest.mark.parametrize(
    "then", [("atendente",), ("hm", "simples"), "takeover"], ids=["person", "unclear", "takeover"]
)
def test_what_was_held_is_fetched_for_the_person_who_gets_it(openai, twilio, work, then):
    journey(consent=ConsentMode.ASK)
    speak(twilio)
    work()
    if then == "takeover":
        bia = User(email="bia@example.com", name="Bia", role="editor")
        db.session.add(bia)
        db.session.commit()
        takeover.take_over(participant(ANA).id, bia)
    else:
        for body in then:
            write(ANA, body)
            work()
    work()
    assert inbound()[0].settlement == Settlement.WITH_A_PERSON
    assert (only(Media).status, only(Media).transcript) == (MediaStatus.KEPT, None)
    assert openai.requests == []


def test_without_a_yes_nothing_they_say_to_a_person_goes_to_a_model(openai, twilio, work):
    journey(consent=ConsentMode.ASK)
    for body in ("Oi", "atendente"):
        write(ANA, body)
        work()
    speak(twilio)
    work()
    assert only(Media).status == MediaStatus.KEPT
    assert openai.requests == []


def test_a_spoken_stop_stops(openai, twilio, work):
    openai.hears = "Pare de me mandar mensagens."
    speak(twilio)
    work()
    assert participant(ANA).stopped_at
    assert openai.calls == []
    assert [each.settlement for each in inbound()] == [Settlement.STOPPED]
    assert twilio.messages[-1].body.startswith("Pronto, você não vai mais receber")


def test_a_spoken_call_for_a_person_calls_one(openai, twilio, work):
    openai.hears = "Quero falar com um atendente"
    speak(twilio)
    write(ANA, "por favor")
    work()
    assert participant(ANA).attention == Attention.ASKED_FOR_A_PERSON
    assert openai.calls == []
    assert {each.settlement for each in inbound()} == {Settlement.WITH_A_PERSON}
    assert len(twilio.messages) == 1


@pytest.mark.parametrize("words", ["Cancelar.", "Sim.", "Voltar."])
def test_nothing_else_is_decided_by_what_was_spoken(openai, twilio, work, words):
    openai.hears = words
    speak(twilio)
    work()
    assert len(openai.calls) == 1
    assert len(rows(Media)) == 1
