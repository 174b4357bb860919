"""What did not arrive is sent again by a person: in their name, once, and only where it may."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, BRUNO, CAIO, known, only, outbound, participant, rows, say, write
from tests.cast import together as at_the_same_moment
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.delivery import resend
from wa_assistant.models import AuditEntry, Author, Message, Role, Status, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))


def user(email: str) -> Any:
    return only(User, User.email == email)


@pytest.fixture
def failed() -> int:
    known(ANA)
    return fail(say(ANA, "Olá, Ana!"), 63012)


def fail(message_id: int, code: int | None, status: Status = Status.UNDELIVERED) -> int:
    with transaction():
        message = db.session.get_one(Message, message_id)
        message.status, message.error_code = status, code
    return message_id


def ana() -> int:
    return int(participant(ANA).id)


def test_the_same_words_go_out_in_the_colleagues_name(failed, twilio, work):
    sent = resend.send_again(ana(), failed, user(BIA))
    assert (sent.author, sent.user_id) == (Author.USER, user(BIA).id)
    work()
    assert [each.body for each in twilio.messages] == ["Olá, Ana!"]
    assert [each.status for each in outbound()] == [Status.UNDELIVERED, Status.QUEUED]
    (entry,) = rows(AuditEntry)
    assert (entry.actor, entry.action, entry.after) == (BIA, "sent again", {"message": failed})


def test_nobody_takes_over_by_it(failed):
    resend.send_again(ana(), failed, user(BIA))
    assert participant(ANA).taken_over_by_id is None


def test_a_second_click_or_a_colleagues_sends_nothing_and_is_told_who_did(failed, twilio, work):
    resend.send_again(ana(), failed, user(BIA))
    for again in (BIA, CAIO):
        with pytest.raises(resend.SentAgainError) as told:
            resend.send_again(ana(), failed, user(again))
        assert told.value.sender.email == BIA
    work()
    assert len(twilio.messages) == len(rows(AuditEntry)) == 1
    assert resend.sent_again(ana(), [failed])[failed].email == BIA


def test_two_at_the_same_moment_send_once(app, failed, twilio, work):
    bia, caio, participant_id = user(BIA), user(CAIO), ana()

    def click(actor):
        try:
            return resend.send_again(participant_id, failed, actor).user_id
        except resend.SentAgainError as error:
            return error.sender.id

    told = at_the_same_moment(app, lambda: click(bia), lambda: click(caio))
    assert told[0] == told[1]
    work()
    assert len(twilio.messages) == 1


def test_what_was_sent_again_and_failed_again_may_be_sent_again(failed, twilio, work):
    second = fail(resend.send_again(ana(), failed, user(BIA)).id, 63012, Status.FAILED)
    resend.send_again(ana(), second, user(CAIO))
    work()
    assert len(twilio.messages) == 1
    by = resend.sent_again(ana(), [failed, second])
    assert (by[failed].email, by[second].email) == (BIA, CAIO)


@pytest.mark.parametrize("code", [63016, 21610, 63014, 63003, 63024, 21617])
def test_what_would_fail_again_is_not_sent(failed, code):
    fail(failed, code)
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana(), failed, user(BIA))
    assert len(outbound()) == 1


@pytest.mark.parametrize("code", [None, 63012, 63015, 63018, 20003, 99999])
def test_what_may_have_passed_is(failed, code):
    fail(failed, code)
    assert resend.send_again(ana(), failed, user(BIA))


@pytest.mark.parametrize("status", [Status.WAITING, Status.CANCELLED, Status.DELIVERED])
def test_what_did_not_fail_is_not_sent_again(failed, status):
    fail(failed, None, status)
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana(), failed, user(BIA))


def test_nothing_is_sent_again_to_who_has_stopped_the_messages_since(failed, twilio, work):
    write(ANA, "SAIR")
    work()
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana(), failed, user(BIA))
    write(ANA, "VOLTAR")
    assert resend.send_again(ana(), failed, user(BIA))


def test_a_dead_letter_is_replayed_from_there_and_not_sent_again(failed):
    fail(failed, None, Status.FAILED)
    with transaction():
        db.session.get_one(Message, failed).dead_at = utcnow()
    with pytest.raises(resend.NotAgainError):
        resend.send_again(ana(), failed, user(BIA))


def test_another_participants_message_is_not_sent_to_this_one(failed):
    known(BRUNO)
    with pytest.raises(resend.NotAgainError):
        resend.send_again(participant(BRUNO).id, failed, user(BIA))
    with pytest.raises(resend.NotAgainError):
        resend.send_again(participant(BRUNO).id, 4711, user(BIA))
