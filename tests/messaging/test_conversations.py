"""Conversations as people read them, a page at a time."""

from datetime import timedelta

import pytest

from tests.cast import ANA, BRUNO, inbound, known, participant, rows, say, set_back, write
from wa_assistant.database import transaction, utcnow
from wa_assistant.messaging import conversations, simulator
from wa_assistant.models import Author, Direction, Message, Participant, Status

pytestmark = pytest.mark.usefixtures("context")


def crowd(count: int, *, moments: int = 1) -> None:
    now = utcnow()
    with transaction() as session:
        for number in range(count):
            at = now - timedelta(seconds=number % moments)
            session.add(Participant(address=f"whatsapp:+55119{number:08}", last_activity_at=at))


def chatter(participant_id: int, count: int) -> None:
    with transaction() as session:
        for number in range(count):
            session.add(
                Message(
                    participant_id=participant_id,
                    direction=Direction.INBOUND,
                    author=Author.PARTICIPANT,
                    status=Status.RECEIVED,
                    body=str(number),
                )
            )


def test_who_was_active_last_comes_first():
    write(ANA)
    write(BRUNO)
    set_back(Participant.last_activity_at, 60)
    write(ANA)
    found, older = conversations.listing()
    assert ([each.address for each in found], older) == ([ANA, BRUNO], None)


def test_an_answer_is_activity_too():
    write(ANA)
    write(BRUNO)
    set_back(Participant.last_activity_at, 60)
    say(ANA, "Olá!")
    assert conversations.listing()[0][0].address == ANA


@pytest.mark.parametrize("moments", [1, 7, 500])
def test_every_participant_is_on_exactly_one_page(moments):
    crowd(120, moments=moments)
    seen, before, sizes = [], None, []
    while True:
        page, before = conversations.listing(before)
        seen += [each.id for each in page]
        sizes.append(len(page))
        if before is None:
            break
    assert sizes == [50, 50, 20]
    assert sorted(seen) == [each.id for each in rows(Participant)]


def test_a_page_that_is_just_full_is_the_last():
    crowd(50)
    page, older = conversations.listing()
    assert (len(page), older) == (50, None)


def test_a_page_before_nobody_is_the_first():
    write(ANA)
    assert len(conversations.listing(before=12345)[0]) == 1


def test_simulated_participants_can_be_listed_alone():
    write(ANA)
    someone = simulator.write(simulator.new_address(), "Bruno", "Oi")
    assert [each.id for each in conversations.listing(simulated_only=True)[0]] == [someone.id]
    assert len(conversations.listing()[0]) == 2


def test_a_thread_reads_from_oldest_to_newest_by_pages():
    ana = known(ANA)
    chatter(ana, 120)
    chatter(known(BRUNO), 3)
    bodies: list[str] = []
    before = None
    while True:
        page, before = conversations.thread(ana, before)
        bodies = [message.body for message in page] + bodies
        if before is None:
            break
    assert bodies == [str(number) for number in range(120)]


def test_an_empty_thread_is_a_page():
    assert conversations.thread(known(ANA)) == ([], None)


def test_the_last_message_of_each_is_found():
    write(ANA, "one")
    write(BRUNO, "two")
    write(ANA, "three")
    ids = [participant(ANA).id, participant(BRUNO).id, 12345]
    last = conversations.last_messages(ids)
    assert {key: message.body for key, message in last.items()} == {ids[0]: "three", ids[1]: "two"}
    assert conversations.last_messages([]) == {}


def test_what_a_call_took_can_be_read_with_its_answer(work):
    write(ANA)
    work()
    page, _ = conversations.thread(participant(ANA).id)
    assert len(inbound()) == 1
    call = page[-1].ai_call
    assert call
    assert call.model == "gpt-6-luna"
