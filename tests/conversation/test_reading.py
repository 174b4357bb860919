"""Conversations as people read them, a page at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import ANA, BIA, BRUNO, inbound, only, participant, rows, say, set_back, write
from wa_assistant.conversation import reading
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import simulator
from wa_assistant.models import Attention, Participant, Role, User

EVA = "whatsapp:+5531988001122"

pytestmark = pytest.mark.usefixtures("context")


def crowd(count: int, *, moments: int = 1) -> None:
    now = utcnow()
    with transaction():
        for number in range(count):
            at = now - timedelta(seconds=number % moments)
            db.session.add(Participant(address=f"whatsapp:+55119{number:08}", last_activity_at=at))


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


def listed(**options: Any) -> reading.Listing:
    return reading.listing(only(User), **options)


def addresses(**options: Any) -> list[str]:
    return [each.address for each in listed(**options).participants]


def change(address: str, **values: Any) -> None:
    with transaction():
        row = db.session.scalars(select(Participant).where(Participant.address == address)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_who_was_active_last_comes_first():
    write(ANA)
    write(BRUNO)
    set_back(Participant.last_activity_at, 60)
    write(ANA)
    assert (addresses(), listed().older) == ([ANA, BRUNO], None)


def test_an_answer_is_activity_too():
    write(ANA)
    write(BRUNO)
    set_back(Participant.last_activity_at, 60)
    say(ANA, "Olá!")
    assert addresses()[0] == ANA


def test_who_needs_a_person_stands_on_top_whoever_waits_longest_first():
    for address in (ANA, BRUNO, EVA):
        write(address)
    change(BRUNO, attention=Attention.ASKED_FOR, attention_at=utcnow() - timedelta(minutes=1))
    change(ANA, attention=Attention.NO_MODEL, attention_at=utcnow() - timedelta(minutes=9))
    assert addresses() == [ANA, BRUNO, EVA]
    assert addresses(show="attention") == [ANA, BRUNO]


def test_mine_is_what_i_hold_and_what_is_assigned_to_me():
    for address in (ANA, BRUNO, EVA):
        write(address)
    change(BRUNO, taken_over_by_id=only(User).id)
    change(ANA, assigned_to_id=only(User).id)
    assert sorted(addresses(show="mine")) == sorted([ANA, BRUNO])


def test_unread_is_what_nobody_has_seen():
    write(ANA)
    write(BRUNO)
    reading.mark_read(participant(BRUNO).id, inbound()[-1].id)
    assert addresses(show="unread") == [ANA]
    write(BRUNO)
    write(BRUNO)
    assert participant(BRUNO).unread == 2


def test_what_arrived_after_a_page_was_made_stays_unread():
    for body in ("one", "two"):
        write(ANA, body)
    ana, seen = participant(ANA).id, inbound()[-1].id
    say(ANA, "Olá!")
    write(BRUNO)
    write(ANA, "three")
    reading.mark_read(ana, seen)
    assert participant(ANA).unread == 1
    reading.mark_read(ana, seen - 1)  # an older page, said late
    assert participant(ANA).unread == 1
    reading.mark_read(ana, inbound()[-1].id)
    assert participant(ANA).unread == 0
    reading.mark_read(ana, seen)
    assert participant(ANA).unread == 0, "what was read is not unread again"


def test_nobody_s_conversation_is_read_by_nobody():
    reading.mark_read(12345, 1)


@pytest.mark.parametrize("moments", [1, 7, 500])
def test_every_participant_is_on_exactly_one_page(moments):
    crowd(120, moments=moments)
    seen, before, sizes = [], None, []
    while True:
        page = listed(before=before)
        seen += [each.id for each in page.participants]
        sizes.append(len(page.participants))
        before = page.older
        if before is None:
            break
    assert sizes == [50, 50, 20]
    assert sorted(seen) == [each.id for each in rows(Participant)]


def test_a_page_that_is_just_full_is_the_last():
    crowd(50)
    page = listed()
    assert (len(page.participants), page.older) == (50, None)


def test_whoever_moves_meanwhile_is_not_listed_twice_and_nobody_is_skipped():
    crowd(120, moments=7)
    at_first = [each.id for each in rows(Participant)]
    first = listed()
    for mover in (first.others[-1], first.others[0]):  # the page's edge, and another
        change(mover.address, last_activity_at=utcnow())
    second = listed(before=first.older)
    third = listed(before=second.older)
    seen = [each.id for page in (first, second, third) for each in page.participants]
    assert sorted(seen) == at_first


def test_a_place_is_the_same_after_its_way_through_an_address():
    crowd(60, moments=7)
    older = listed().older
    assert older
    assert reading.Place.parse(str(older)) == older


def test_simulated_participants_can_be_listed_alone():
    write(ANA)
    someone = simulator.write(simulator.new_address(), "Bruno", "Oi")
    assert [each.id for each in reading.simulated()[0]] == [someone.id]
    assert [each.id for each in listed(show="simulated").participants] == [someone.id]
    assert addresses() == [ANA]
