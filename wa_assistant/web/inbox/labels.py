"""What a message says of itself: why it did not arrive, what it quotes, where it came from."""

import re
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask
from flask_babel import format_date, format_datetime, to_user_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...clients import errors
from ...conversation.fixed_texts import FIXED_TEXTS, FixedText
from ...database import utcnow
from ...models import (
    Author,
    Cancelled,
    Direction,
    Message,
    Participant,
    Reason,
    Status,
)
from ..shell.labels import AUTHORS, CANCELLED, STATUSES, hour, kind
from ..shell.marks import unmarked

# As conversation/fixed_texts.py words it, with whatever stands in its places.
NOTICE = re.compile(
    "({})\n\n".format(
        "|".join(
            re.sub(r"\\{\w+\\}", r"[^\\n]+?", re.escape(texts[FixedText.NOTIFY]))
            for texts in FIXED_TEXTS.values()
        )
    )
)
MAP = "https://www.google.com/maps/search/"  # on a telephone it opens the application
REASONS = {
    Reason.LIST_UNREADABLE: _l("Twilio could not tell us whether it has it"),
    Reason.AMBIGUOUS: _l("Twilio has several messages like it, and it may be one of them"),
    Reason.NOT_TAKEN: _l("Twilio did not take it, however often it was tried"),
    Reason.NOT_REACHED: _l("Twilio could not be reached"),
    Reason.FAULT: _l("our own code failed on it again and again"),
}


def init_app(app: Flask) -> None:
    for written in (failure, state, speaker, gist, on_a_map, ahead, apart_from_notice):
        app.add_template_filter(written)


def failure(message: Message) -> str:
    """The reason in our words where we know it, else in the provider's."""
    meaning = errors.TABLE.get(message.error_code or 0)
    if meaning:
        return str(meaning.words)
    if message.reason:
        return str(REASONS[Reason(message.reason)])
    return message.error or ""


def state(message: Message) -> str:
    """How far it has come; of some that were given up nobody knows, and some we did not send."""
    if message.may_have_arrived:
        return str(_("not known whether it was sent"))
    if message.status == Status.FAILED and message.provider_sid:  # Twilio had taken it
        return str(STATUSES[Status.UNDELIVERED])
    if message.cancelled_for:
        return str(CANCELLED[Cancelled(message.cancelled_for)])
    return str(STATUSES[Status(message.status)])


def speaker(message: Message, participant: Participant) -> str:
    """Who said what is quoted: the participant by name, and our side as a side."""
    if message.direction == Direction.INBOUND:
        return participant.label
    return str(AUTHORS[Author(message.author)])


def gist(message: Message) -> str:
    """What a message says on one line; what it is, where that is not words alone."""
    spoken = [file.transcript for file in message.files if file.transcript]
    said = " ".join(filter(None, (message.body, *spoken)))
    if not said and message.media:
        said = message.media[0].get("label") or message.coordinates
    words = " ".join(unmarked(said).split())
    if message.is_plain and words:
        return words
    return ": ".join(filter(None, (kind(message.kind), words)))


def apart_from_notice(message: Message) -> tuple[str, str]:
    """The line about their data with which a first answer opens, "" where it is none, and the words
    after it."""
    found = NOTICE.match(message.body) if message.direction == Direction.OUTBOUND else None
    return (found[1], message.body[found.end() :]) if found else ("", message.body)


def on_a_map(message: Message) -> str:
    """The address of a map with a mark at its coordinates, where it has some."""
    at = message.coordinates.replace(" ", "")
    return f"{MAP}?{urlencode({'api': 1, 'query': at})}"


def ahead(when: datetime) -> str:
    """A moment that lies ahead: the time today, with its weekday this week, else with its date."""
    days = (to_user_timezone(when).date() - to_user_timezone(utcnow()).date()).days
    if days < 1:
        return hour(when)
    day = format_datetime(when, "EEE") if days < 7 else format_date(when, "short")
    return f"{day} {hour(when)}"
