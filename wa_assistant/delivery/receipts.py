"""Twilio's receipts move a message forward only, in whatever order and number they come."""

from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from .. import live
from ..database import db
from ..models import Message, Participant, Refusal, State, Status, Webhook
from ..models.message import AT_TWILIO, FAILURES
from ..providers import circuit
from ..work.queue import later
from . import failure_policy

ON_ITS_WAY = (Status.SENT, Status.DELIVERED, Status.READ)
LONGEST_CODE = 9  # digits the column holds; Twilio's have five


def before(status: Status) -> tuple[Status, ...]:
    """The states from which a receipt of `status` moves a message on.

    A failure is final unless the message turns out to have been delivered after all.
    """
    if status in FAILURES:
        return AT_TWILIO[: AT_TWILIO.index(Status.DELIVERED)]
    earlier = AT_TWILIO[: AT_TWILIO.index(status)]
    return earlier + FAILURES if status in (Status.DELIVERED, Status.READ) else earlier


def apply(form: MultiDict[str, str]) -> bool:
    """Apply the receipt in `form`; False when its message is not ours, or not yet."""
    sid, name = form["MessageSid"], form.get("MessageStatus", "").lower()
    known = db.session.execute(
        select(Message.id, Message.participant_id, Message.handed_over_at).where(
            Message.provider_sid == sid
        )
    ).first()
    if known is None:
        return _apply_to_refused(sid, name)
    if name in FAILURES:
        # Whoever changes both takes the participant first: so nobody waits in a circle.
        participant = db.session.get_one(Participant, known.participant_id, with_for_update=True)
        if _move(sid, Status(name), _code(form)):
            failure_policy.follow(participant, db.session.get_one(Message, known.id))
    elif name in AT_TWILIO and _move(sid, Status(name), _code(form)):
        if name in ON_ITS_WAY and known.handed_over_at:
            circuit.went_out(known.handed_over_at)
        live.conversation_changed(known.participant_id)
    return True


def ring_for_parked(message: Message) -> None:
    """Have the receipts applied that came before the message's SID was known, if there are any."""
    parked = (Webhook.provider_sid == message.provider_sid, Webhook.state == State.PARKED)
    with db.session.no_autoflush:  # it says nothing of this message, which changes further
        waits = db.session.scalar(select(Webhook.id).where(*parked).limit(1)) is not None
    if waits:
        later("jobs.webhooks.process_parked", message.id)


def _move(sid: str, status: Status, code: int | None) -> bool:
    moved = db.session.execute(
        update(Message)
        .where(Message.provider_sid == sid, Message.status.in_(before(status)))
        .values(status=status, error_code=code or Message.error_code)
        .returning(Message.id)
    ).first()
    return moved is not None


def _apply_to_refused(sid: str, name: str) -> bool:
    """The message went back to wait; it arrived all the same, or nothing changes."""
    refusal = db.session.get(Refusal, sid)
    if refusal is None:
        return False
    if name in (Status.DELIVERED, Status.READ):
        arrived = {"status": name, "provider_sid": sid, "error": None, "error_code": None}
        participant_id = db.session.scalar(
            update(Message)
            .where(Message.id == refusal.message_id, Message.status == Status.WAITING)
            .values(due_at=None, **arrived)
            .returning(Message.participant_id)
        )
        if participant_id is not None:
            db.session.delete(refusal)
            later("jobs.delivery.deliver", participant_id)  # what stands behind it
            live.conversation_changed(participant_id)
    return True


def _code(form: MultiDict[str, str]) -> int | None:
    given = form.get("ErrorCode", "")
    return int(given) if given.isdecimal() and len(given) <= LONGEST_CODE else None
