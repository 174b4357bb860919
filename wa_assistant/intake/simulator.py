"""Pretended participants: what they do takes the same way in as a webhook from Twilio."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import select

from .. import live
from ..clients import simulated
from ..conversation import identity
from ..database import db, transaction, utcnow
from ..models import Direction, JourneyVersion, Kind, Message, Participant, Status
from ..work.queue import later
from . import webhook_log

ON_THE_PHONE = (Status.DELIVERED, Status.READ)
MOST_READ_AT_ONCE = 50


def new_address() -> str:
    """The address of somebody nobody has pretended to be yet."""
    return f"simulated:+55119{secrets.randbelow(10**8):08}"


def introduce(name: str, version_id: int) -> str:
    """Somebody new, who will enter this version of a journey when they write; their address."""
    with transaction():
        sender = identity.Sender(new_address(), None)
        participant = identity.find_or_make(sender, simulated=True, at=utcnow())
        participant.name = name
        participant.journey_version_id = db.session.get_one(JourneyVersion, version_id).id
        return participant.address


def write(address: str, name: str, *bodies: str, quoted: str = "") -> Participant:
    """Let the pretended participant at `address` write, one message after the other. `quoted`: the
    SID of what the first of them replies to.
    """
    for number, body in enumerate(bodies):
        more = {"OriginalRepliedMessageSid": quoted} if quoted and not number else {}
        _receive(address, name, Body=body, MessageType="text", **more)
    return db.session.scalars(select(Participant).where(Participant.address == address)).one()


def speak(address: str, name: str) -> None:
    """Let them send a voice message: two seconds of a tone."""
    _send(address, name, "audio", simulated.VOICE, "audio/wav")


def attach(address: str, name: str, file_name: str, content_type: str, content: bytes) -> None:
    """Let them send a picture or any other file."""
    family = content_type.partition("/")[0]
    kind = family if family in ("image", "audio", "video") else "document"
    body = file_name if kind == "document" else ""
    _send(address, name, kind, simulated.attach(content), content_type, body)


def read(participant_id: int) -> int:
    """Let them read what has arrived; how many messages that were."""
    delivered = db.session.scalars(
        select(Message.provider_sid)
        .where(
            Message.participant_id == participant_id,
            Message.direction == Direction.OUTBOUND,
            Message.status.in_((Status.SENT, Status.DELIVERED)),
        )
        .order_by(Message.id.desc())
        .limit(MOST_READ_AT_ONCE)
    ).all()
    _report(reversed([sid for sid in delivered if sid]), MessageStatus=Status.READ)
    return len(delivered)


def move_clock(participant_id: int, by: timedelta) -> None:
    """For them it is now so much later."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id, with_for_update=True)
        participant.clock_ahead += int(by.total_seconds())
        later("jobs.journey.begin", participant.id)
        live.conversation_changed(participant.id)


def _send(address: str, name: str, kind: str, url: str, content_type: str, body: str = "") -> None:
    fields = {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": content_type}
    _receive(address, name, Body=body, MessageType=kind, **fields)


def _receive(address: str, name: str, **fields: str) -> None:
    form = {
        "MessageSid": simulated.new_sid(),
        "From": address,
        "ProfileName": name,
        "NumMedia": "0",
        **fields,
    }
    body = urlencode(form).encode()
    webhook_log.keep(Kind.INBOUND, body, simulated=True)
    webhook_log.process_kept(Kind.INBOUND, body)


def _report(sids: Iterable[str], **fields: str) -> None:
    for sid in sids:
        form = urlencode({"MessageSid": sid, **fields}).encode()
        webhook_log.keep(Kind.STATUS, form, simulated=True)
        webhook_log.process_kept(Kind.STATUS, form)
