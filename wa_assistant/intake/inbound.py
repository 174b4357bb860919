"""A webhook's form becomes a participant's message, and the bell for its answer rings."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from werkzeug.datastructures import MultiDict

from .. import live
from ..conversation import attention, identity, window
from ..database import db, utcnow
from ..journey import entrance
from ..media import files
from ..models import Attention, Author, Direction, Message, Participant, Settlement, Status
from ..work.queue import later
from . import gate, twilio_form
from .twilio_form import LONGEST_ADDRESS

MOST_MEDIA = 10
LATE = timedelta(hours=6)
PLACE = ("Latitude", "Longitude", "Label", "Address")


def receive(form: MultiDict[str, str], *, simulated: bool, at: datetime) -> None:
    """Store the message in `form`, written at `at`; runs inside the webhook log's writing unit."""
    participant = identity.find_or_make(_sender(form), simulated=simulated, at=at)
    entrance.enter(participant, _text(form, "Body"))
    message = Message(
        participant_id=participant.id,
        direction=Direction.INBOUND,
        author=Author.PARTICIPANT,
        body=_text(form, "Body"),
        kind=_kind(form),
        media=_place(form),
        provider_sid=form["MessageSid"],
        status=Status.RECEIVED,
        created_at=at,
        clock_ahead=participant.clock_ahead,
    )
    db.session.add(message)
    db.session.flush()
    if came := _files(form):
        files.add(message, came)
    participant.last_activity_at = max(at, participant.last_activity_at)
    written_at = at + timedelta(seconds=participant.clock_ahead)
    participant.last_inbound_at = max(written_at, participant.last_inbound_at or written_at)
    participant.unread += 1
    participant.name = _text(form, "ProfileName")[:200] or participant.name
    window.unpark(participant)
    _pass_on(participant, message)
    live.conversation_changed(participant.id)


def _pass_on(participant: Participant, message: Message) -> None:
    """Ring for the answer; hours later one would only astonish, and a person looks at it."""
    late = message.created_at <= utcnow() - LATE
    if gate.settles(participant, message, late=late):
        return
    if not late:
        later("jobs.reply.answer", participant.id, delay=current_app.config["REPLY_DELAY_SECONDS"])
        return
    message.settlement, message.settled_at = Settlement.WITH_A_PERSON, utcnow()
    attention.call(participant, Attention.FOUND_LATE)


def _sender(form: MultiDict[str, str]) -> identity.Sender:
    named, address = _text(form, "ExternalUserId"), twilio_form.sender(form)
    if not 0 < len(address) <= LONGEST_ADDRESS:
        raise ValueError("The webhook names no sender that could be answered.")
    return identity.Sender(address, named[:LONGEST_ADDRESS] or None)


def _kind(form: MultiDict[str, str]) -> str:
    given = _text(form, "MessageType")[:30].lower()
    if given:
        return given
    if form.get("NumMedia", "0") not in ("", "0"):
        return (_text(form, "MediaContentType0") or "media").partition("/")[0][:30]
    return "location" if _text(form, "Latitude") else "text"


def _files(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [
        (_text(form, f"MediaUrl{i}"), _text(form, f"MediaContentType{i}"))
        for i in range(MOST_MEDIA)
        if f"MediaUrl{i}" in form
    ]


def _place(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    place = {name.lower(): text for name in PLACE if (text := _text(form, name))}
    return [place] if place else []


def _text(form: MultiDict[str, str], name: str) -> str:
    # Postgres has no NUL in text; the webhook log keeps the bytes as they came.
    return form.get(name, "").replace("\x00", "")
