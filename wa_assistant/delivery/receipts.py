"""Twilio's receipts move a message forward only, in whatever order and number they come."""

from typing import Any

from sqlalchemy import Row, exists, select, update
from werkzeug.datastructures import MultiDict

from .. import live
from ..conversation import attention
from ..database import db
from ..models import Attention, Message, Participant, Refusal, State, Status, Webhook
from ..models.message import AT_TWILIO, FAILURES
from ..models.participant import WINDOW
from ..money import message_costs
from ..providers import circuit
from ..work.queue import later
from . import failure_policy

KNOWN = (
    *(Message.id, Message.participant_id, Message.handed_over_at, Message.status),
    *(Message.day, Message.failed_cost),
)
ARRIVED = (Status.DELIVERED, Status.READ)
ON_ITS_WAY = (Status.SENT, *ARRIVED)
LONGEST_CODE = 9  # digits the column holds; Twilio's have five


def before(status: Status) -> tuple[Status, ...]:
    """The states from which a receipt of `status` moves a message on.

    A failure is final unless the message turns out to have been delivered after all.
    """
    if status in FAILURES:
        return AT_TWILIO[: AT_TWILIO.index(Status.DELIVERED)]
    earlier = AT_TWILIO[: AT_TWILIO.index(status)]
    return earlier + FAILURES if status in ARRIVED else earlier


def apply(form: MultiDict[str, str]) -> bool:
    """Apply the receipt in `form`; False when its message is not ours, or not yet."""
    sid, name = form["MessageSid"], form.get("MessageStatus", "").lower()
    known = db.session.execute(select(*KNOWN).where(Message.provider_sid == sid)).first()
    if known is None:
        return _apply_to_refused(sid, name)
    # Whoever changes both takes the participant first: so nobody waits in a circle.
    if name in FAILURES:
        participant = _locked(known.participant_id)
        cost = message_costs.of_failure(known.day, Status(name), known.failed_cost)
        if _move(sid, Status(name), _code(form), cost):
            failure_policy.follow(participant, db.session.get_one(Message, known.id))
    elif name in AT_TWILIO:
        if known.status in FAILURES and name in ARRIVED:
            _locked(known.participant_id)
        if moved := _move(sid, Status(name), _code(form)):
            _went_on(known, name, has_failed=known.status in FAILURES or bool(moved.error_code))
    return True


def ring_for_parked(message: Message) -> None:
    """Have the receipts applied that came before the message's SID was known, if there are any."""
    parked = (Webhook.provider_sid == message.provider_sid, Webhook.state == State.PARKED)
    with db.session.no_autoflush:  # it says nothing of this message, which changes further
        waits = db.session.scalar(select(Webhook.id).where(*parked).limit(1)) is not None
    if waits:
        later("jobs.webhooks.process_parked", message.id)


def _move(
    sid: str, status: Status, code: int | None, cost: int | None = None
) -> Row[int, int | None] | None:
    """Its id, and the code it failed with; None where it is further already. `cost`: what it turned
    out to have cost, None where that is as it was taken to be."""
    told = {"status": status, "error_code": code or Message.error_code}
    if cost is not None:
        told |= {"cost": cost, "reserved": 0}
    return db.session.execute(
        update(Message)
        .where(Message.provider_sid == sid, Message.status.in_(before(status)))
        .values(told)
        .returning(Message.id, Message.error_code)
    ).first()


def _locked(participant_id: int) -> Participant:
    return db.session.get_one(Participant, participant_id, with_for_update=True)


def _went_on(known: Any, name: str, *, has_failed: bool) -> None:
    if name in ON_ITS_WAY and known.handed_over_at:
        circuit.went_out(known.handed_over_at)
    if name in ARRIVED and has_failed:
        participant = _locked(known.participant_id)
        _arrived_after_all(participant, db.session.get_one(Message, known.id))
    live.conversation_changed(known.participant_id)


def _arrived_after_all(participant: Participant, message: Message) -> None:
    """What had failed is there: nobody is called for it any more, nor are they taken to refuse us.

    The call stays where anything else is a reason, or another message of about then has failed.
    """
    participant.refused_at = participant.refused_code = None
    message_costs.arrived_after_all(message, participant)
    if not _another_failed(participant, message.id):
        attention.call_off(participant, Attention.NOT_DELIVERED, alone=True)


def _another_failed(participant: Participant, message_id: int) -> bool:
    if participant.attention_at is None:
        return False
    another = exists().where(
        Message.participant_id == participant.id,
        Message.id != message_id,
        Message.status.in_(FAILURES),
        Message.created_at > participant.attention_at - WINDOW,
    )
    return bool(db.session.scalar(select(another)))


def _apply_to_refused(sid: str, name: str) -> bool:
    """The message went back to wait, or failed once more; it arrived all the same, or nothing
    changes."""
    refusal = db.session.get(Refusal, sid)
    if refusal is None:
        return False
    if name in ARRIVED:
        of_message = select(Message.participant_id).where(Message.id == refusal.message_id)
        participant = _locked(db.session.scalars(of_message).one())
        _take_for_arrived(participant, refusal, Status(name))
    return True


def _take_for_arrived(participant: Participant, refusal: Refusal, status: Status) -> None:
    message = db.session.get_one(Message, refusal.message_id, with_for_update=True)
    if message.status not in (Status.WAITING, *FAILURES):
        return
    if message.provider_sid:  # of the sending that failed
        failed = {"provider_sid": message.provider_sid, "code": message.error_code}
        db.session.add(Refusal(message_id=message.id, **failed))
    message.status, message.provider_sid, message.due_at = status, refusal.provider_sid, None
    message.error = message.error_code = None
    db.session.delete(refusal)
    db.session.flush()
    _arrived_after_all(participant, message)
    later("jobs.delivery.deliver", participant.id)  # what stands behind it
    live.conversation_changed(participant.id)


def _code(form: MultiDict[str, str]) -> int | None:
    given = form.get("ErrorCode", "")
    return int(given) if given.isdecimal() and len(given) <= LONGEST_CODE else None
