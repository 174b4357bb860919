"""What a form tells besides words, files and who wrote: a tap, a quote, a place, an ad."""

import re
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from ..models import Message, Participant

Form = MultiDict[str, str]

PLACE = ("Latitude", "Longitude", "Label", "Address")
TITLES = ("ButtonText", "ListTitle")
PAYLOADS = ("ButtonPayload", "ListId")
QUOTED = ("OriginalRepliedMessageSid", "OriginalRepliedMessageSender")
PARENT = "ParentExternalUserId"
NAMES = {*PLACE, *TITLES, *PAYLOADS, *QUOTED, PARENT}
# Of an advertisement. One field that every form has begins like them.
OF_AN_AD = re.compile(r"Referral(?!NumMedia$)(.+)")
TELL_IT = ("SourceId", "CtwaClid")  # one advertisement from another, and one click
LONGEST = 2000  # characters of a value
LONGEST_SID = 64
LONGEST_ADDRESS = 255


class More(NamedTuple):
    """`title`: of what was tapped. `referral`: by Twilio's names without their beginning."""

    title: str
    payload: str | None
    quoted_sid: str | None
    quoted_sender: str | None
    place: dict[str, str]
    referral: dict[str, str] | None
    parent: str | None


def read(form: Form) -> More:
    found = filter(None, map(OF_AN_AD.match, form))
    referral = {each[1]: value for each in found if (value := _text(form, each[0]))}
    return More(
        title=_first(form, TITLES),
        payload=_first(form, PAYLOADS) or None,
        quoted_sid=_text(form, QUOTED[0])[:LONGEST_SID] or None,
        quoted_sender=_text(form, QUOTED[1])[:LONGEST_ADDRESS] or None,
        place={name.lower(): text for name in PLACE if (text := _text(form, name))},
        referral=referral or None,
        parent=_text(form, PARENT)[:LONGEST_ADDRESS] or None,
    )


def keep(more: More, participant: Participant, message: Message) -> None:
    """With the message; what is new of its writer, with them too.

    An advertisement is told of by each message of the hours after it: the first one has it.
    """
    message.body = more.title or message.body
    message.payload = more.payload
    message.quoted_sid, message.quoted_sender = more.quoted_sid, more.quoted_sender
    message.media = [more.place] if more.place else []
    participant.parent_external_user_id = more.parent or participant.parent_external_user_id
    if more.referral and _advertisement(more.referral) != _advertisement(participant.referral):
        participant.referral = message.referral = more.referral


def _advertisement(referral: dict[str, str] | None) -> dict[str, str] | None:
    """What tells it from others: which one it is, and of which click. The rest may be worded anew,
    and is all there is where neither is said."""
    told = referral or {}
    return {name: told[name] for name in TELL_IT if name in told} or referral


def _first(form: Form, names: tuple[str, ...]) -> str:
    return next(filter(None, (_text(form, name) for name in names)), "")


def _text(form: Form, name: str) -> str:
    # Postgres has no NUL in text.
    return form.get(name, "").replace("\x00", "")[:LONGEST].strip()
