"""Consent that was given or taken back outside of the chat, with a source and a date."""

from datetime import UTC, datetime

import pytest

from tests.cast import ANA, BIA, known, only, participant, rows, write
from tests.journey.people import user
from tests.journey.under_way import journey
from wa_assistant.conversation import consents
from wa_assistant.database import utcnow
from wa_assistant.models import (
    Action,
    AuditEntry,
    Consent,
    ConsentEvent,
    ConsentMode,
    ConsentSource,
    Purpose,
)
from wa_assistant.privacy import consent
from wa_assistant.settings.problem import Problem

pytestmark = pytest.mark.usefixtures("context")
MARCH = datetime(2026, 3, 5, 15, tzinfo=UTC)
FORM = "Formulário da feira, página 3"


def record(who: int, purpose: Purpose, kind: Consent, at=MARCH, proof=FORM) -> bool:
    hand = ConsentSource.BY_HAND
    return consents.record_by_hand(user(BIA), who, purpose, kind, hand, at, proof)


def test_it_is_kept_with_who_says_so_since_when_and_by_what():
    assert record(known(ANA), Purpose.MARKETING, Consent.GIVEN)
    event = only(ConsentEvent)
    assert (event.purpose, event.kind, event.source) == ("marketing", "given", "by hand")
    assert (event.proof, event.said_at, event.user.email) == (FORM, MARCH, BIA)
    assert consent.may_market(participant(ANA))
    assert participant(ANA).consent is None


def test_the_audit_says_so_and_nothing_of_the_proof():
    record(known(ANA), Purpose.MARKETING, Consent.GIVEN)
    entry = only(AuditEntry, AuditEntry.action == Action.RECORDED_CONSENT)
    what = {"purpose": "marketing", "kind": "given", "source": "by hand", "on": "2026-03-05"}
    assert entry.after == what


def test_what_they_said_later_still_counts():
    ana = known(ANA)
    write(ANA, "não quero ofertas")
    assert not record(ana, Purpose.MARKETING, Consent.GIVEN)
    assert participant(ANA).marketing_consent == Consent.WITHDRAWN
    kinds = [each.kind for each in consent.history(ana)]
    assert kinds == [Consent.WITHDRAWN, Consent.GIVEN]  # by when it was said
    assert record(ana, Purpose.MARKETING, Consent.GIVEN, at=utcnow())
    assert consent.may_market(participant(ANA))


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"at": None}, "at", consents.NO_DATE),
        ({"at": datetime(2999, 1, 1, tzinfo=UTC)}, "at", consents.FUTURE),
        ({"at": datetime(1, 1, 1, tzinfo=UTC)}, "at", consents.TOO_EARLY),
        ({"proof": " \u200b"}, "proof", consents.NO_PROOF),
        ({"proof": "x" * 501}, "proof", consents.TOO_LONG),
        ({"kind": Consent.ASKED}, "kind", consents.NO_KIND),
    ],
)
def test_without_source_and_date_nothing_is_recorded(changed, place, words):
    given = {"kind": Consent.GIVEN, **changed}
    with pytest.raises(Problem) as problem:
        record(known(ANA), Purpose.MARKETING, **given)
    assert problem.value.places == {place: words}
    assert not rows(ConsentEvent)


def test_to_take_the_service_back_is_to_stop_and_takes_all_back(openai, work):
    write(ANA, "aceito ofertas")
    work()
    record(participant(ANA).id, Purpose.SERVICE, Consent.WITHDRAWN, at=utcnow())
    ana = participant(ANA)
    assert ana.stopped_at
    assert ana.consent == ana.marketing_consent == Consent.WITHDRAWN
    write(ANA, "Oi?")
    work()
    assert openai.calls == []


def test_a_yes_by_hand_begins_what_waited_for_it(openai, work):
    journey(consent=ConsentMode.ASK)
    write(ANA, "Quanto custa?")
    work()
    assert openai.calls == []
    assert record(participant(ANA).id, Purpose.SERVICE, Consent.GIVEN)
    work()
    assert len(openai.calls) == 1
