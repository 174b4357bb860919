"""What a message replies to: above the composer, and for the participant.

Twilio sends no replies as WhatsApp's own are. So what is quoted stands above the message in our
thread, and where its writer wants that its first line goes along as text, which WhatsApp shows as
a quote.
"""

from typing import Any

from flask import Flask

from ...conversation import attached, takeover
from ...models import Direction, Message, Participant
from .labels import apart_from_notice, gist, speaker

LONGEST = 120  # characters of a line


def init_app(app: Flask) -> None:
    app.add_template_filter(line, "quoted_line")
    app.add_template_filter(own_words)


def line(message: Message) -> str:
    """The one line by which a participant knows the message again: of its own words, which are
    not those about their data above a first answer."""
    words = apart_from_notice(message)[1].strip() if message.is_plain else ""
    first = (words.removeprefix("> ") or gist(message)).splitlines()[0].strip()
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1].rstrip()}…"


def own_words(message: Message) -> str:
    """What was written, without the line that was put in front of it for the participant: our own
    thread shows above it what it replies to."""
    is_reply = message.direction == Direction.OUTBOUND and message.quoted_sid
    if not is_reply or not message.body.startswith(attached.QUOTE):
        return message.body
    return message.body.partition("\n")[2]


def shown(participant: Participant, message_id: int | None) -> dict[str, Any] | None:
    """What stands above the composer where it replies to this message; None where that cannot be
    replied to."""
    found = takeover.quotable(participant.id, message_id) if message_id else None
    if found is None:
        return None
    return {"id": found.id, "speaker": speaker(found, participant), "line": line(found)}
