"""Whether somebody wants offers is apart from whether they want messages, and theirs to say."""

import pytest

from tests.cast import ANA, inbound, outbound, participant, rows, write
from tests.journey.under_way import journey
from wa_assistant.models import Consent, ConsentEvent, ConsentMode, Purpose, Settlement
from wa_assistant.privacy import consent

pytestmark = pytest.mark.usefixtures("context")
GIVEN, WITHDRAWN = Consent.GIVEN, Consent.WITHDRAWN


def said(work, *bodies: str) -> None:
    for body in bodies:
        write(ANA, body)
        work()


def events(purpose: Purpose = Purpose.MARKETING) -> list[str]:
    return [each.kind for each in rows(ConsentEvent, ConsentEvent.purpose == purpose)]


def test_who_accepts_offers_is_told_so_and_may_be_sent_them(openai, work):
    said(work, "Aceito ofertas")
    assert events() == [GIVEN]
    assert consent.may_market(participant(ANA))
    assert outbound()[-1].body.startswith("Combinado, você aceita receber nossas ofertas")
    assert inbound()[-1].settlement == Settlement.ANSWERED
    assert openai.calls == []
    event = rows(ConsentEvent)[-1]
    assert (event.source, event.message_sid) == ("chat", inbound()[-1].provider_sid)


def test_who_takes_that_back_goes_on_getting_answers(openai, work):
    said(work, "aceito ofertas", "não quero mais ofertas", "Quanto custa?")
    assert events() == [GIVEN, WITHDRAWN]
    ana = participant(ANA)
    assert (ana.marketing_consent, ana.stopped_at, ana.consent) == (WITHDRAWN, None, None)
    assert not consent.may_market(ana)
    assert len(openai.calls) == 1


def test_a_stop_takes_all_back_at_once_and_a_return_not_all(openai, work):
    said(work, "aceito ofertas", "SAIR")
    assert (events(), events(Purpose.SERVICE)) == ([GIVEN, WITHDRAWN], [WITHDRAWN])
    assert {each.message_sid for each in rows(ConsentEvent)[1:]} == {inbound()[-1].provider_sid}
    assert not consent.may_market(participant(ANA))
    said(work, "VOLTAR")
    ana = participant(ANA)
    assert (ana.stopped_at, ana.marketing_consent) == (None, WITHDRAWN)
    assert not consent.may_market(ana)


def test_before_they_agree_to_anything_offers_are_no_yes(openai, work):
    journey(consent=ConsentMode.ASK)
    said(work, "Oi", "aceito ofertas")
    assert events() == []
    assert participant(ANA).consent == Consent.ASKED
    said(work, "não quero ofertas")
    assert events() == [WITHDRAWN]


def test_who_refuses_all_takes_offers_back_too(openai, work):
    journey(consent=ConsentMode.ASK)
    said(work, "Oi", "sim", "aceito ofertas")
    assert participant(ANA).marketing_consent == GIVEN


def test_with_a_person_it_counts_and_the_person_answers(openai, work):
    said(work, "atendente")
    told = len(outbound())
    said(work, "aceito ofertas")
    assert events() == [GIVEN]
    assert len(outbound()) == told
    assert inbound()[-1].settlement == Settlement.WITH_A_PERSON
