"""Somebody is added by hand, once, however their number is written."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import ANA, BIA, BRUNO, known, only, participant, rows, write
from tests.web import people
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, FormerAddress, Participant, Role

PAGE = "/participants/new"


@pytest.fixture
def bia(app: Flask, context: None) -> FlaskClient:
    return people.signed_in(app, BIA, Role.EDITOR)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("(11) 98765-4321", ANA),
        ("11 8765-4321", ANA),  # before the ninth digit
        ("+55 11 98765-4321", ANA),
        ("+1 415 555 0123", BRUNO),
        ("00 351 912 345 678", "whatsapp:+351912345678"),
    ],
)
def test_somebody_is_added_by_their_number_without_any_consent(bia, typed, address):
    response = people.submit(bia, PAGE, PAGE, number=typed, name="  Ana  Beatriz ")
    added = only(Participant)
    assert response.location == f"/conversations/{added.id}"
    assert (added.address, added.known_as) == (address, "Ana Beatriz")
    assert (added.consent, added.marketing_consent, added.last_inbound_at) == (None, None, None)
    assert [each.subject_id for each in rows(AuditEntry, AuditEntry.action == "added")] == [
        str(added.id)
    ]


@pytest.mark.parametrize("typed", ["11 8765-4321", "+5511987654321"])
@pytest.mark.parametrize("address", [ANA, "whatsapp:+551187654321"])
def test_who_is_there_already_is_linked_to(bia, typed, address):
    there = known(address)
    response = people.submit(bia, PAGE, PAGE, number=typed, name="Somebody else")
    assert response.status_code == 422
    assert f'href="/conversations/{there}"' in response.text
    assert 'value="Somebody else"' in response.text
    assert only(Participant).known_as == ""


def test_who_had_the_number_before_they_were_merged_is_linked_to(bia):
    there = known(BRUNO)
    with transaction():
        db.session.add(FormerAddress(address=ANA, participant_id=there, former_id=99))
    response = people.submit(bia, PAGE, PAGE, number="11 98765-4321", name="")
    assert f'href="/conversations/{there}"' in response.text


@pytest.mark.parametrize("typed", ["", "12", "5,51198E+12", "ana@example.com", "9" * 80])
def test_what_is_no_number_is_refused_and_stays(bia, typed):
    response = people.submit(bia, PAGE, PAGE, number=typed, name="Ana")
    assert response.status_code == 422
    assert "This is no telephone number" in response.text
    assert 'value="Ana"' in response.text
    assert not rows(Participant)


def test_who_was_added_and_then_writes_is_the_same(bia):
    people.submit(bia, PAGE, PAGE, number="11 98765-4321", name="Ana")
    write(ANA, "Oi!", ProfileName="Aninha")
    assert participant(ANA).label == "Ana"
    assert only(Participant).name == "Aninha"
