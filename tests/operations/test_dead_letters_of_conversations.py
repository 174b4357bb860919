"""What our own code failed on stands before a person, who replays or dismisses it, once."""

from typing import Any

import pytest

from tests.cast import ANA, BIA, inbound, only, outbound, participant, rows, together, write
from wa_assistant.assistant import burst, reply
from wa_assistant.conversation import takeover
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, transaction
from wa_assistant.intake import inbound as inbound_module
from wa_assistant.intake import webhook_log
from wa_assistant.intake.webhook_log import WEBHOOKS
from wa_assistant.models import (
    Attention,
    AuditEntry,
    Message,
    Role,
    Settlement,
    State,
    User,
    Webhook,
)
from wa_assistant.operations import dead_letters
from wa_assistant.work import overdue

MOST_FAULTS = WEBHOOKS.policy.most_faults

pytestmark = pytest.mark.usefixtures("context")


class OurFaultError(Exception):
    """What nobody thought of."""


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


@pytest.fixture
def fault(monkeypatch):
    """Our code fails, on webhooks and on answers, until `fault.undo()`."""

    def fail(*_: Any, **__: Any) -> None:
        raise OurFaultError

    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", fail)
        patch.setattr(burst, "read", fail)
        yield patch


def bia() -> Any:
    return only(User)


def fail_on_webhooks(*senders: str) -> None:
    for sender in senders:
        write(sender)
    for webhook in rows(Webhook, Webhook.state == State.RECEIVED):
        for _ in range(MOST_FAULTS - webhook.faults):
            webhook_log.process(webhook.id)


def fail_to_answer(work, *addresses: str) -> None:
    for address in addresses:
        known = participant(address).id
        for _ in range(MOST_FAULTS):
            with pytest.raises(OurFaultError):
                reply.answer(known)
            work.pass_time(61)
        reply.answer(known)


def said(action: str) -> list[tuple[str, str]]:
    found = rows(AuditEntry, AuditEntry.action == action)
    return [(each.actor, f"{each.subject} {each.subject_id}") for each in found]


def test_a_webhook_is_listed_until_it_is_replayed(fault, twilio, work):
    assert not dead_letters.anything()
    fail_on_webhooks(ANA)
    webhook = only(Webhook)
    assert [each.row.id for each in dead_letters.page()[0]] == [webhook.id]
    assert dead_letters.anything()
    fault.undo()
    assert dead_letters.replay(WEBHOOKS, webhook.id, bia()) is True
    assert (only(Webhook).state, only(Webhook).dead_at) == (State.PROCESSED, None)
    assert (dead_letters.page()[0], dead_letters.anything()) == ([], False)
    assert said("replayed") == [(BIA, f"webhook {webhook.id}")]
    work()
    assert len(twilio.messages) == 1


def test_a_replay_that_fails_again_leaves_it_there_with_its_new_error(fault):
    fail_on_webhooks(ANA)
    fault.setattr(inbound_module, "receive", lambda *_, **__: 1 / 0)
    webhook = only(Webhook)
    assert dead_letters.replay(WEBHOOKS, webhook.id, bia()) is False
    webhook = only(Webhook)
    assert webhook.dead_at
    assert webhook.faults == MOST_FAULTS + 1
    assert "ZeroDivisionError" in webhook.error


def test_two_replays_at_once_take_effect_once(app, fault):
    fail_on_webhooks(ANA)
    fault.undo()
    webhook_id, actor = only(Webhook).id, bia()
    together(app, *[lambda: dead_letters.replay(WEBHOOKS, webhook_id, actor)] * 3)
    assert len(inbound()) == 1
    assert dead_letters.replay(WEBHOOKS, webhook_id, bia()) is None


def test_a_webhook_that_was_dismissed_takes_no_effect_ever(fault, work):
    fail_on_webhooks(ANA)
    fault.undo()
    webhook_id = only(Webhook).id
    assert dead_letters.dismiss(WEBHOOKS, webhook_id, bia())
    assert not dead_letters.dismiss(WEBHOOKS, webhook_id, bia())
    assert dead_letters.replay(WEBHOOKS, webhook_id, bia()) is None
    assert not webhook_log.process(webhook_id)
    work.pass_time(24 * 3600)
    assert (webhook_log.unprocessed(), inbound()) == ([], [])
    assert overdue.find(webhook_log.WEBHOOKS, 9) == []
    assert (only(Webhook).state, only(Webhook).dead_at) == (State.DISMISSED, None)
    assert said("dismissed") == [(BIA, f"webhook {webhook_id}")]


def test_messages_are_listed_with_their_fault_and_answered_when_replayed(fault, twilio, work):
    fault.undo()
    for body in ("Oi", "Alguém?", "Ei", "Oi?"):
        write(ANA, body)
    fault.setattr(burst, "read", fail_now)
    fail_to_answer(work, ANA)
    (talk,) = dead_letters.page()[0]
    assert (talk.participant, talk.number) == (participant(ANA), 4)
    assert [each.body for each in talk.messages] == ["Oi", "Alguém?", "Ei"]
    assert talk.faults == MOST_FAULTS
    assert str(talk.fault).startswith("OurFaultError")
    assert participant(ANA).attention == Attention.DEAD_LETTER
    fault.undo()
    work()
    assert outbound() == []

    assert dead_letters.replay(ANSWERS, participant(ANA).id, bia())
    assert dead_letters.replay(ANSWERS, participant(ANA).id, bia()) is None
    assert (dead_letters.page()[0], dead_letters.anything()) == ([], False)
    assert participant(ANA).attention is None
    work()
    assert len(outbound()) == len(twilio.messages) == 1
    assert {each.settlement for each in inbound()} == {Settlement.ANSWERED}
    assert said("replayed") == [(BIA, f"participant {participant(ANA).id}")]


def test_what_fails_again_after_a_replay_is_a_dead_letter_again_after_as_many_faults(fault, work):
    fault.undo()
    write(ANA)
    fault.setattr(burst, "read", fail_now)
    fail_to_answer(work, ANA)
    dead_letters.replay(ANSWERS, participant(ANA).id, bia())
    assert participant(ANA).faults == 0
    fail_to_answer(work, ANA)
    assert only(Message).settlement == Settlement.DEAD_LETTER
    assert participant(ANA).attention == Attention.DEAD_LETTER


def test_messages_that_were_dismissed_are_a_persons(fault, work):
    fault.undo()
    write(ANA)
    fault.setattr(burst, "read", fail_now)
    fail_to_answer(work, ANA)
    fault.undo()
    assert dead_letters.dismiss(ANSWERS, participant(ANA).id, bia())
    assert not dead_letters.dismiss(ANSWERS, participant(ANA).id, bia())
    work()
    assert (outbound(), dead_letters.anything()) == ([], False)
    assert only(Message).settlement == Settlement.WITH_A_PERSON
    assert participant(ANA).attention == Attention.DEAD_LETTER  # and stays called
    assert said("dismissed") == [(BIA, f"participant {participant(ANA).id}")]


def test_a_replay_while_a_person_holds_the_conversation_is_theirs(fault, work):
    fault.undo()
    write(ANA)
    fault.setattr(burst, "read", fail_now)
    fail_to_answer(work, ANA)
    fault.undo()
    takeover.take_over(participant(ANA).id, bia())
    dead_letters.replay(ANSWERS, participant(ANA).id, bia())
    work()
    assert (outbound(), only(Message).settlement) == ([], Settlement.WITH_A_PERSON)


def fail_now(*_: Any) -> None:
    raise OurFaultError
