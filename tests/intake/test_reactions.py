"""A reaction is no question, but may be the reply to one."""

import pytest

from tests.cast import ANA, inbound, outbound, participant, report, say, write
from tests.journey.under_way import journey
from wa_assistant.conversation import attention
from wa_assistant.database import transaction
from wa_assistant.models import Attention, Consent, ConsentMode, Settlement

pytestmark = pytest.mark.usefixtures("context")


def react(sign: str, to: str | None = None) -> None:
    write(ANA, sign, MessageType="reaction", OriginalRepliedMessageSid=to)


def last() -> str:
    return str(outbound()[-1].provider_sid)


@pytest.fixture
def answered(openai, twilio, work) -> None:
    write(ANA, "Oi")
    work()


@pytest.mark.parametrize("sign", ["👍", "❤️", "😂", "🙏🏽", ""])
def test_a_reaction_alone_is_not_answered_and_calls_nobody(openai, work, answered, sign):
    unread = participant(ANA).unread
    react(sign, last())
    work()
    assert len(openai.calls) == 1
    assert inbound()[-1].settlement == Settlement.NOTHING_ASKED
    assert (participant(ANA).unread, participant(ANA).attention) == (unread, None)


def test_the_model_is_told_of_it_with_what_is_asked_next(openai, work, answered):
    react("👍", last())
    write(ANA, "Obrigada!")
    work()
    *_, said = openai.calls[-1]["messages"]
    body = outbound()[0].body
    quote = f'[in reply to your message "{body}"]'
    assert said["content"] == f'{quote}\n[reacted with "👍"]\n\nObrigada!'


@pytest.mark.parametrize(
    ("sign", "consent"),
    [
        ("👍", Consent.GIVEN),
        ("👍🏽", Consent.GIVEN),
        ("👎", Consent.REFUSED),
        ("❤️", Consent.ASKED),
        ("", Consent.ASKED),
    ],
)
def test_a_thumb_is_the_reply_to_a_prompt(openai, work, sign, consent):
    journey(consent=ConsentMode.ASK)
    write(ANA, "Oi")
    work()
    react(sign, last())
    work()
    assert participant(ANA).consent == consent
    asked = [each for each in outbound() if each.prompt]
    assert len(asked) == 1, "nobody is asked again for a heart"


def test_a_thumb_to_something_else_agrees_to_nothing(openai, work):
    journey(consent=ConsentMode.ASK)
    write(ANA, "Oi")
    work()
    react("👍", "SM" + "9" * 32)
    assert participant(ANA).consent == Consent.ASKED
    assert inbound()[-1].settlement == Settlement.NOTHING_ASKED


@pytest.mark.parametrize(
    ("asked", "sign", "is_answered"),
    [
        ("Quer que eu envie a proposta?", "👍", True),
        ("Quer que eu envie a proposta?", "👎", True),
        ("Quer que eu envie a proposta?", "😂", False),
        ("A proposta foi enviada.", "👍", False),
    ],
)
def test_a_thumb_to_a_question_answers_it(openai, work, answered, asked, sign, is_answered):
    say(ANA, asked)
    work()
    report(last(), "delivered")
    calls = len(openai.calls)
    react(sign, last())
    work()
    assert (len(openai.calls) > calls) == is_answered


def test_who_has_stopped_may_react_and_nobody_is_called(work, answered):
    write(ANA, "SAIR")
    work()
    react("👍", last())
    assert participant(ANA).attention != Attention.WROTE_AFTER_STOPPING


def test_a_reaction_to_a_colleague_s_message_leaves_everything_as_it_is(work, answered):
    with transaction():
        ana = participant(ANA)
        attention.call(ana, Attention.ASKED_FOR)
    react("👍", last())
    assert participant(ANA).attention == Attention.ASKED_FOR
