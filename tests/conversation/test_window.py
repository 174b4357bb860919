"""The 24 hours in which free text may be sent."""

from datetime import timedelta

import pytest

from tests.cast import ANA, inbound, known, outbound, participant, say, write
from tests.journey.under_way import moved
from wa_assistant.conversation import reading, takeover, window
from wa_assistant.database import db, utcnow
from wa_assistant.delivery import resend, send
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.intake import simulator
from wa_assistant.models import Attention, Author, Status, User
from wa_assistant.work import overdue

pytestmark = pytest.mark.usefixtures("context")

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def bia() -> User:
    user = User(email="bia@example.com", name="Bia", role="editor")
    db.session.add(user)
    db.session.commit()
    return user


@pytest.mark.parametrize(
    ("ago", "sent"),
    [(23 * HOUR + 57 * MINUTE, True), (23 * HOUR + 59 * MINUTE, False), (25 * HOUR, False)],
)
@pytest.mark.parametrize("author", [Author.ASSISTANT, Author.SYSTEM, Author.USER])
def test_it_is_decided_when_a_message_is_sent_with_a_margin(twilio, ago, sent, author):
    ana = known(ANA)
    moved(ana, last_inbound_at=utcnow() - ago)
    say(ANA, "Olá", author)
    send.deliver(ana)
    assert len(twilio.messages) == sent
    status = outbound()[0].status
    assert (status == Status.PARKED) == (not sent)
    assert participant(ANA).attention == (None if sent else Attention.PARKED)


def test_who_has_never_written_cannot_be_written_to(twilio):
    ana = known(ANA)
    moved(ana, last_inbound_at=None)
    say(ANA, "Olá")
    send.deliver(ana)
    assert twilio.messages == []


def test_what_is_parked_holds_nothing_up_and_is_not_looked_for_again(twilio, work):
    ana = known(ANA)
    moved(ana, last_inbound_at=utcnow() - 25 * HOUR)
    for body in ("one", "two"):
        say(ANA, body)
    work()
    assert [message.status for message in outbound()] == [Status.PARKED] * 2
    work.pass_time(60)
    assert overdue.find(MESSAGES, 10) == []


def test_when_they_write_the_assistant_s_words_go_out_and_a_colleague_s_wait(twilio, work, bia):
    ana = known(ANA)
    moved(ana, last_inbound_at=utcnow() - 25 * HOUR)
    say(ANA, "from the assistant")
    mine = say(ANA, "from Bia", Author.USER)
    work()
    write(ANA, "Oi")
    work()
    assert [sent.body for sent in twilio.messages] == ["from the assistant", "You wrote: Oi"]
    resend.send_again(ana, mine, bia)
    work()
    assert [sent.body for sent in twilio.messages][-1] == "from Bia"
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana, mine, bia)


def test_a_colleague_s_click_outside_the_window_changes_nothing(twilio, work, bia):
    ana = known(ANA)
    moved(ana, last_inbound_at=utcnow() - 25 * HOUR)
    mine = say(ANA, "from Bia", Author.USER)
    work()
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana, mine, bia)
    work()
    assert twilio.messages == []
    assert outbound()[0].status == Status.PARKED


@pytest.mark.parametrize(
    ("ago", "called"),
    [(21 * HOUR, False), (22 * HOUR + MINUTE, True), (23 * HOUR, True), (25 * HOUR, False)],
)
def test_the_team_is_called_before_a_conversation_that_waits_for_it_closes(ago, called):
    write(ANA, "Oi")
    moved(participant(ANA).id, last_inbound_at=utcnow() - ago, taken_over_by_id=None)
    moved(participant(ANA).id, paused_until=utcnow() + HOUR)
    window.call_before_they_close()
    window.call_before_they_close()
    assert (participant(ANA).attention == Attention.WINDOW_CLOSES) == called


@pytest.mark.parametrize("answered", [False, True])
def test_so_it_is_where_a_colleague_has_read_and_not_answered(twilio, work, bia, answered):
    write(ANA, "Oi")
    work()
    takeover.take_over(participant(ANA).id, bia)
    write(ANA, "E o meu pedido?")
    work()
    reading.mark_read(participant(ANA).id, inbound()[-1].id)
    if answered:
        say(ANA, "Já vejo", Author.USER)
        work()
    moved(participant(ANA).id, last_inbound_at=utcnow() - 23 * HOUR)
    assert window.call_before_they_close() == (not answered)
    assert participant(ANA).attention == (None if answered else Attention.WINDOW_CLOSES)


@pytest.mark.parametrize(("ahead", "called"), [(20, 0), (23, 1), (25, 0)])
def test_so_it_is_in_the_simulator_whose_clock_was_moved(openai, work, ahead, called):
    ana = simulator.new_address()
    for body in ("Oi", "atendente"):
        simulator.write(ana, "Ana", body)
        work()
    simulator.move_clock(participant(ana).id, ahead * HOUR)
    assert window.call_before_they_close() == called


def test_who_waits_for_nobody_is_no_call(twilio, work):
    write(ANA, "Oi")
    work()
    moved(participant(ANA).id, last_inbound_at=utcnow() - 23 * HOUR)
    window.call_before_they_close()
    assert participant(ANA).attention is None


def test_it_holds_in_the_simulator_where_the_clock_can_be_moved(work):
    ana = simulator.write(simulator.new_address(), "Ana", "Oi")
    work()
    simulator.move_clock(ana.id, 25 * HOUR)
    assert not participant(ana.address).window_left()
    say(ana.address, "Olá")
    work()
    assert outbound()[-1].status == Status.PARKED
    simulator.write(ana.address, "Ana", "Oi")
    assert participant(ana.address).window_left() > 23 * HOUR
    assert inbound()[-1].created_at < utcnow() + MINUTE
