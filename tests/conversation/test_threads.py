"""What is read of one conversation, and of the last that was said."""

import pytest

from tests.cast import ANA, BRUNO, inbound, known, participant, write
from wa_assistant.conversation import reading
from wa_assistant.database import db, transaction
from wa_assistant.models import Author, Direction, Message, Status

pytestmark = pytest.mark.usefixtures("context")


def chatter(participant_id: int, count: int) -> None:
    with transaction():
        for number in range(count):
            db.session.add(
                Message(
                    participant_id=participant_id,
                    direction=Direction.INBOUND,
                    author=Author.PARTICIPANT,
                    status=Status.RECEIVED,
                    body=str(number),
                )
            )


def test_a_thread_reads_from_oldest_to_newest_by_pages():
    ana = known(ANA)
    chatter(ana, 120)
    chatter(known(BRUNO), 3)
    bodies: list[str] = []
    before = None
    while True:
        page, before = reading.thread(ana, before)
        bodies = [message.body for message in page] + bodies
        if before is None:
            break
    assert bodies == [str(number) for number in range(120)]


def test_an_empty_thread_is_a_page():
    assert reading.thread(known(ANA)) == ([], None)


def test_the_last_message_of_each_is_found():
    write(ANA, "one")
    write(BRUNO, "two")
    write(ANA, "three")
    ids = [participant(ANA).id, participant(BRUNO).id, 12345]
    last = reading.last_messages(ids)
    assert {key: each.said.body for key, each in last.items()} == {ids[0]: "three", ids[1]: "two"}
    assert reading.last_messages([]) == {}


def test_what_a_call_took_can_be_read_with_its_answer(work):
    write(ANA)
    work()
    page, _ = reading.thread(participant(ANA).id)
    assert len(inbound()) == 1
    call = page[-1].ai_call
    assert call
    assert call.model == "gpt-6-luna"
