"""A voice message is written down while the assistant may speak, then later, or when asked for."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANA, BRUNO, only, participant, rows, write
from tests.journey.under_way import journey
from tests.support.samples import OGG, send
from wa_assistant.conversation import attention, takeover
from wa_assistant.database import db, transaction
from wa_assistant.media import may_hear
from wa_assistant.models import (
    UNTIL_RESUMED,
    Attention,
    ConsentMode,
    Media,
    MediaStep,
    Participant,
    User,
)

from .attached import SAID, speak

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia(work) -> Any:
    write(ANA, "Oi, tudo bem?")
    work()
    with transaction():
        user = User(email="bia@example.com", name="Bia", role="editor")
        db.session.add(user)
    return only(User)


def fall_silent() -> None:
    with transaction():
        row = db.session.get_one(Participant, participant(ANA).id)
        row.paused_until = UNTIL_RESUMED
        attention.call(row, Attention.LOOP_GUARD)


SILENCED = {
    "taken over": lambda bia, _: takeover.take_over(participant(ANA).id, bia),
    "paused": lambda bia, _: takeover.pause(participant(ANA).id, bia, None),
    "asked for a person": lambda _, work: (write(ANA, "quero um atendente"), work()),
    "fallen silent": lambda *_: fall_silent(),
}


@pytest.mark.parametrize("how", SILENCED)
def test_while_the_assistant_is_silent_nothing_is_paid_for(openai, twilio, work, bia, how):
    SILENCED[how](bia, work)
    for _ in range(3):
        speak(twilio)
        work()
    assert openai.transcriptions == []
    assert {(each.status, each.step, each.error) for each in rows(Media)} == {("kept", None, None)}


@pytest.mark.parametrize("how", SILENCED)
def test_what_waited_is_written_down_when_it_is_handed_back(openai, twilio, work, bia, how):
    SILENCED[how](bia, work)
    speak(twilio)
    work()
    takeover.hand_back(participant(ANA).id, bia)
    work()
    assert only(Media).transcript == SAID
    assert len(openai.transcriptions) == 1


def test_and_when_who_asked_for_a_person_has_had_one(openai, twilio, work, bia):
    SILENCED["asked for a person"](bia, work)
    speak(twilio)
    work()
    attention.resolve(participant(ANA).id, bia)
    work()
    assert only(Media).transcript == SAID


def test_after_a_pause_of_minutes_it_is_written_down_by_itself(openai, twilio, work, bia):
    takeover.pause(participant(ANA).id, bia, timedelta(minutes=15))
    speak(twilio)
    work(within=600)
    assert openai.transcriptions == []
    work.pass_time(1200)
    work()
    assert only(Media).transcript == SAID


def test_what_is_a_day_old_stays_as_it_is(openai, twilio, work, bia):
    takeover.take_over(participant(ANA).id, bia)
    speak(twilio)
    work()
    work.pass_time(90_000)
    takeover.hand_back(participant(ANA).id, bia)
    work()
    assert openai.transcriptions == []


def test_a_colleague_may_ask_for_the_words(openai, twilio, work, bia):
    takeover.take_over(participant(ANA).id, bia)
    speak(twilio)
    work()
    assert may_hear.ask_for(participant(ANA).id, only(Media).id, bia)
    assert only(Media).step == MediaStep.WANTED
    work()
    assert only(Media).transcript == SAID
    assert not may_hear.ask_for(participant(ANA).id, only(Media).id, bia)


@pytest.mark.parametrize("says", ["SAIR", "atendente"])
def test_but_not_of_who_has_stopped_or_not_agreed(openai, twilio, work, bia, says):
    journey(consent=ConsentMode.ASK)
    for said in ("Oi", says):
        write(BRUNO, said)
        work()
    send(twilio, BRUNO, OGG, "audio/ogg", kind="audio")
    work()
    assert not may_hear.ask_for(participant(BRUNO).id, only(Media).id, bia)
    work()
    assert openai.transcriptions == []


def test_nor_under_another_s_conversation(openai, twilio, work, bia):
    takeover.take_over(participant(ANA).id, bia)
    speak(twilio)
    write(BRUNO)
    work()
    assert not may_hear.ask_for(participant(BRUNO).id, only(Media).id, bia)
    assert not may_hear.ask_for(participant(ANA).id, only(Media).id + 1, bia)
