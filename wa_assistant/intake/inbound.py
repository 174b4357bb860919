"""A webhook's form becomes a participant's message, and the bell for its answer rings.

Twilio sends a form, by which each webhook can be told apart from all others.
"""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from flask import current_app
from werkzeug.datastructures import MultiDict

from .. import live
from ..conversation import attention, identity, outbox, unsettled
from ..database import db, utcnow
from ..journey import keywords, progress
from ..media import files
from ..models import Attention, Author, Direction, Kind, Message, Participant, Settlement, Status
from ..models.participant import spelt
from ..money import message_costs
from ..work.queue import later
from . import gate, more

Fields = MultiDict[str, str]

MOST_FIELDS = 500
LONGEST_SID = 64
LONGEST_ADDRESS = 255
MOST_MEDIA = 10
LATE = timedelta(hours=6)
WHATSAPP = "whatsapp:"
OUR_TURN = (None, Settlement.WITH_A_PERSON)  # of what a message still needs, or a person gives it
OURS = ("From", "To")  # of a receipt: of a message it is the other way round


class Malformed(Exception):
    """A webhook that cannot be told apart from others, and so cannot be kept."""


def form_in(body: bytes) -> Fields:
    """The form in `body`, blanks included; raises Malformed when it is no UTF-8 form."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed(f"not a form in UTF-8: {error}") from None
    return MultiDict(pairs)


def sid_in(body: bytes) -> str:
    """The SID of the message that `body` is about; raises Malformed."""
    sid = form_in(body).get("MessageSid", "")
    if not 0 < len(sid) <= LONGEST_SID or "\x00" in sid:
        raise Malformed("no MessageSid")
    return sid


def address_in(form: Fields) -> str:
    """Who wrote, as the provider calls them; "" where the form does not say."""
    given = (form.get(name, "").replace("\x00", "") for name in ("From", "ExternalUserId"))
    return next(filter(None, given), "").strip()


def key_of(kind: Kind, body: bytes) -> str:
    """The same for a repeat: a receipt is one only with its status and error code."""
    form = form_in(body)
    names = ("MessageSid", "MessageStatus", "ErrorCode")[: 1 if kind is Kind.INBOUND else 3]
    return ":".join([kind, *(form.get(name, "").replace("\x00", "")[:64] for name in names)])


def another_s(form: Fields, kind: Kind) -> str | None:
    """Whose the webhook is, where it is neither our account's nor our sender's, or came from our
    own number; None where it is ours.

    A Messaging Service of ours may have several senders. What is not told speaks against nothing.
    """
    config = current_app.config
    account, sender = config["TWILIO_ACCOUNT_SID"], config["TWILIO_WHATSAPP_NUMBER"]
    service = config["TWILIO_MESSAGING_SERVICE_SID"]
    us, them = (_text(form, name) for name in (("To", "From") if kind == Kind.INBOUND else OURS))
    if not config["TWILIO_CONNECTED"]:
        return None
    if _text(form, "AccountSid") not in ("", account):
        return f"account {_text(form, 'AccountSid')[:LONGEST_SID]}"
    if us and not us.startswith(WHATSAPP):  # perhaps our own number, on another channel
        return f"text message {us[:LONGEST_ADDRESS]}"
    if identity.is_same(them, sender):
        return "our own number"
    if not us or identity.is_same(us, sender):
        return None
    is_pooled = service and _text(form, "MessagingServiceSid") == service
    return None if is_pooled else f"sender {us[:LONGEST_ADDRESS]}"


def receive(form: Fields, *, simulated: bool, at: datetime) -> None:
    """Store the message in `form`, written at `at`; runs inside the webhook log's writing unit."""
    participant = identity.find_or_make(_sender(form), simulated=simulated, at=at)
    message = Message(
        participant_id=participant.id,
        direction=Direction.INBOUND,
        author=Author.PARTICIPANT,
        body=_text(form, "Body"),
        kind=_kind(form),
        media=[],
        provider_sid=form["MessageSid"],
        status=Status.RECEIVED,
        created_at=at,
        clock_ahead=participant.clock_ahead,
    )
    if not more.NAMES.isdisjoint(form) or any(map(more.OF_AN_AD.match, form)):
        more.keep(more.read(form), participant, message)
    entered = progress.enter(participant, message.body)  # whose version is not read again
    if entered.keyword_of is not None and message.kind not in gate.ASK_NOTHING:
        keywords.obey(participant, entered.keyword_of)
    message_costs.came_in(message, participant)
    db.session.add(message)
    db.session.flush()
    if came := _files(form):
        files.add(message, came)
    participant.last_activity_at = max(at, participant.last_activity_at)
    written_at = at + timedelta(seconds=participant.clock_ahead)
    participant.last_inbound_at = max(written_at, participant.last_inbound_at or written_at)
    if message.kind not in gate.ASK_NOTHING and not participant.blocked_at:
        participant.unread += 1
        participant.answered_at = None
        participant.reopen()
    participant.name = spelt(_text(form, "ProfileName"))[:200] or participant.name
    outbox.unpark(participant)
    _pass_on(participant, message)
    if message.settlement in OUR_TURN:
        participant.waiting_since = participant.waiting_since or at
    live.conversation_changed(participant.id)


def _pass_on(participant: Participant, message: Message) -> None:
    """Ring for the answer; hours later one would only astonish, and a person looks at it."""
    late = message.created_at <= utcnow() - LATE
    if gate.settles(participant, message, late=late):
        return
    if not late:
        later("jobs.reply.answer", participant.id, delay=unsettled.reply_delay())
        return
    message.settlement, message.settled_at = Settlement.WITH_A_PERSON, utcnow()
    attention.call(participant, Attention.FOUND_LATE)


def _sender(form: Fields) -> identity.Sender:
    named, address = _text(form, "ExternalUserId"), address_in(form)
    if not 0 < len(address) <= LONGEST_ADDRESS:
        raise ValueError("The webhook names no sender that could be answered.")
    return identity.Sender(address, named[:LONGEST_ADDRESS] or None)


def _kind(form: Fields) -> str:
    given = _text(form, "MessageType")[:30].lower()
    if given:
        return given
    if form.get("NumMedia", "0") not in ("", "0"):
        return (_text(form, "MediaContentType0") or "media").partition("/")[0][:30]
    if _text(form, "Latitude"):
        return "location"
    return "text"


def _files(form: Fields) -> list[tuple[str, str]]:
    return [
        (_text(form, f"MediaUrl{i}"), _text(form, f"MediaContentType{i}"))
        for i in range(MOST_MEDIA)
        if f"MediaUrl{i}" in form
    ]


def _text(form: Fields, name: str) -> str:
    # Postgres has no NUL in text; the webhook log keeps the bytes as they came.
    return form.get(name, "").replace("\x00", "")
