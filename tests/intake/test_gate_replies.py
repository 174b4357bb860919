"""The replies to a prompt, as people write them, and what follows from each."""

import pytest

from tests.cast import ANA, participant, rows, write
from tests.journey.under_way import journey
from wa_assistant.models import Consent, ConsentEvent, ConsentMode

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def asks(context) -> None:
    journey(consent=ConsentMode.ASK)


def kinds() -> list[str]:
    return [event.kind for event in rows(ConsentEvent)]


def bodies(twilio) -> list[str]:
    return [sent.body for sent in twilio.messages]


@pytest.mark.usefixtures("asks")
@pytest.mark.parametrize("words", ["sim", "👍", "pode ser", "não", "agora não", "sair"])
def test_once_consent_is_clear_nobody_is_called_because_it_was_not(work, words):
    for unclear in ("Oi", "ok mas antes uma pergunta", "simples", words):
        write(ANA, unclear)
        work()
    assert participant(ANA).attention is None


@pytest.mark.usefixtures("asks")
@pytest.mark.parametrize(
    ("words", "kind"),
    [("👍", Consent.GIVEN), ("tá bom", Consent.GIVEN), ("deixa quieto", Consent.REFUSED)],
)
def test_a_prompt_is_answered_as_people_answer_one(work, words, kind):
    write(ANA, "Oi")
    work()
    write(ANA, words)
    work()
    assert kinds() == [Consent.ASKED, kind]


@pytest.mark.usefixtures("asks")
@pytest.mark.parametrize("words", ["sim mas não agora", "👍👎", "pode ser?"])
def test_what_is_no_plain_yes_is_asked_again(openai, work, words):
    write(ANA, "Oi")
    work()
    write(ANA, words)
    work()
    assert kinds() == [Consent.ASKED] * 2
    assert openai.requests == []


@pytest.mark.parametrize("words", ["deixa quieto", "quero continuar", "👎"])
def test_who_would_rather_not_stop_goes_on(twilio, work, words):
    write(ANA, "cancelar")
    work()
    write(ANA, words)
    work()
    assert participant(ANA).stopped_at is None
    assert bodies(twilio)[1].startswith("Certo, então você continua recebendo.")


def test_who_changed_their_mind_returns(twilio, work):
    for words in ("SAIR", "mudei de ideia, me coloca de volta"):
        write(ANA, words)
        work()
    assert participant(ANA).stopped_at is None
    assert bodies(twilio)[1].startswith("Que bom ter você de volta")
