"""A consent that an import brought or took back is as before once the import is undone, with all
that followed from it; what they said since stays."""

from datetime import timedelta

import pytest

from tests.cast import ANA, known, participant, rows
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Consent, ConsentEvent, Participant, Purpose
from wa_assistant.privacy import consent

from .filed import applied, undone

pytestmark = pytest.mark.usefixtures("context")

LONG_AGO = timedelta(days=9)
TAKEN, GIVEN = (
    "numero;consentimento;consentimento: data;consentimento: origem\n"
    f"11 98765-4321;{word};{utcnow() - timedelta(days=3):%Y-%m-%d};carta\n"
    for word in ("retirado", "sim")
)


def said(kind: Consent, *purposes: Purpose, **columns) -> None:
    """As Ana wrote it long ago."""
    ana = known(ANA)
    with transaction():
        there = db.session.get_one(Participant, ana)
        for each in purposes:
            consent.record(there, kind, None, purpose=each)
        for name, value in columns.items():
            setattr(there, name, value)
        db.session.flush()
        db.session.query(ConsentEvent).update({"created_at": utcnow() - LONG_AGO})


def stands() -> tuple[str | None, str | None, bool]:
    there = participant(ANA)
    return there.consent, there.marketing_consent, there.stopped_at is not None


def test_who_took_all_back_has_all_again():
    said(Consent.GIVEN, Purpose.SERVICE, Purpose.MARKETING)
    found = applied(TAKEN)
    assert stands() == (Consent.WITHDRAWN, Consent.WITHDRAWN, True)
    assert undone(found).kept == 0
    assert stands() == (Consent.GIVEN, Consent.GIVEN, False)


def test_who_was_never_asked_about_offers_has_said_nothing_of_them_again():
    said(Consent.GIVEN, Purpose.SERVICE)
    assert undone(applied(TAKEN)).kept == 0
    assert stands() == (Consent.GIVEN, None, False)
    last = [each.kind for each in rows(ConsentEvent) if each.purpose == Purpose.MARKETING]
    assert last == [Consent.WITHDRAWN, Consent.RETURNED]


def test_who_has_said_no_to_offers_since_gets_none():
    said(Consent.GIVEN, Purpose.SERVICE, Purpose.MARKETING)
    found = applied(TAKEN)
    ana = participant(ANA).id
    with transaction():
        there = db.session.get_one(Participant, ana)
        consent.record(there, Consent.WITHDRAWN, None, purpose=Purpose.MARKETING)
    assert undone(found).kept == 1
    assert stands() == (Consent.GIVEN, Consent.WITHDRAWN, False)


def test_who_had_stopped_before_a_yes_has_stopped_again():
    stopped = utcnow() - LONG_AGO
    said(Consent.WITHDRAWN, Purpose.SERVICE, stopped_at=stopped)
    found = applied(GIVEN)
    assert stands() == (Consent.GIVEN, None, False)
    undone(found)
    assert stands() == (Consent.WITHDRAWN, None, True)
    assert participant(ANA).stopped_at == stopped
