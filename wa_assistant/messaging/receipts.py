"""Twilio's receipts move a message forward only, in whatever order and number they come."""

from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from .. import live
from ..database import db
from ..models import Attention, Message, Participant, Status
from . import attention

FORWARD = (
    Status.ACCEPTED,
    Status.QUEUED,
    Status.SENDING,
    Status.SENT,
    Status.DELIVERED,
    Status.READ,
)
FAILURES = (Status.FAILED, Status.UNDELIVERED)
LONGEST_CODE = 9  # digits the column holds; Twilio's have five


def before(status: Status) -> tuple[Status, ...]:
    """The states from which a receipt of `status` moves a message on.

    A failure is final unless the message turns out to have been delivered after all.
    """
    if status in FAILURES:
        return FORWARD[: FORWARD.index(Status.DELIVERED)]
    earlier = FORWARD[: FORWARD.index(status)]
    return earlier + FAILURES if status in (Status.DELIVERED, Status.READ) else earlier


def apply(form: MultiDict[str, str]) -> bool:
    """Apply the receipt in `form`; False when its message is not ours, or not yet."""
    message = db.session.scalar(
        select(Message).where(Message.provider_sid == form["MessageSid"]).with_for_update()
    )
    if message is None:
        return False
    name = form.get("MessageStatus", "").lower()
    if name not in (*FORWARD, *FAILURES):
        return True
    moved = db.session.execute(
        update(Message)
        .where(Message.id == message.id, Message.status.in_(before(Status(name))))
        .values(status=name, error_code=_code(form) or Message.error_code)
        .returning(Message.id)
    ).first()
    if moved:
        if name in FAILURES:
            participant = db.session.get_one(Participant, message.participant_id)
            attention.call(participant, Attention.NOT_DELIVERED)
        live.changed("conversations", live.thread(message.participant_id))
    return True


def _code(form: MultiDict[str, str]) -> int | None:
    given = form.get("ErrorCode", "")
    return int(given) if given.isdecimal() and len(given) <= LONGEST_CODE else None
