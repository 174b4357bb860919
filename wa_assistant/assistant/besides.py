"""What came with a message besides words, named in brackets for the model.

Others' words stand in quotes there, and can end neither these nor the bracket.
"""

import re
from collections.abc import Iterable

from ..media import cards
from ..models import Direction, Media, Message

MOST_OF_A_NAME = 100  # characters
MOST_OF_A_QUOTE = 300
NAMES_OF_A_PLACE = ("label", "address")
OF_AN_ADVERTISEMENT = ("Headline", "Body", "SourceUrl")
# By Twilio's MessageType, where that says little.
NAMED = {
    "reaction": "took a reaction back",
    "system": "WhatsApp tells of a change of their account",
    "unsupported": "a message of a kind that WhatsApp does not pass on, as a poll",
    "unknown": "a message of a kind that WhatsApp does not pass on",
    "ephemeral": "a message that disappears, which WhatsApp does not pass on",
    "interactive": "filled in a form, whose answers are not here",
    "order": "an order from the catalogue",
    "product": "a product of the catalogue",
    "request_welcome": "opened the chat, and has written nothing yet",
}
# What is quoted, where it is more than words.
QUOTED = {
    "text": "message",
    "button": "message",
    "interactive": "message",
    "image": "photo",
    "audio": "voice message",
    "contacts": "contact card",
}


def words(message: Message) -> str:
    """All of the message, a line each; never empty."""
    named = [*_before(message), *(_file(file, message) for file in message.files)]
    body = message.body.strip()
    if message.kind == "reaction" and body:
        return "\n".join([*named, f"[reacted with{_quoted([body])}]"])
    if message.is_tap:
        named.append("[tapped a button]" if message.kind != "interactive" else "[tapped a choice]")
    elif not message.files and not (message.kind == "text" and body):
        named.append(f"[{_kind(message)}]")
    return "\n".join([*named, body]).strip()


def _before(message: Message) -> list[str]:
    """What stands above it on the telephone, too."""
    found = []
    if message.referral:
        told = [message.referral.get(name, "") for name in OF_AN_ADVERTISEMENT]
        found.append(f"[came from an advertisement{_details(told, MOST_OF_A_QUOTE)}]")
    if message.quoted_sid:
        found.append(f"[in reply to {_reply_to(message.quoted)}]")
    return found


def _reply_to(quoted: Message | None) -> str:
    if quoted is None:
        return "an earlier message that is not here"
    theirs = quoted.direction == Direction.INBOUND
    spoken = [file.transcript for file in quoted.files if file.transcript]
    said = " ".join([quoted.body, *spoken]).strip()
    whose = "their own" if theirs else "your"
    return f"{whose} {QUOTED.get(quoted.kind) or _plain(quoted.kind)}{_quoted([said])}"


def _kind(message: Message) -> str:
    named = NAMED.get(message.kind) or f"{_plain(message.kind)} message"
    at = message.coordinates
    names = [str(part.get(key) or "") for part in message.media or () for key in NAMES_OF_A_PLACE]
    where = f": {at}" if at else ""
    return named + where + _details(names, before=", " if at else ": ")


def _file(file: Media, message: Message) -> str:
    theirs = message.direction == Direction.INBOUND
    if file.is_spoken and file.transcript:
        return f"[voice message, transcribed]\n{file.transcript}"
    if file.is_spoken and theirs:
        return "[voice message whose words could not be made out]"
    if file.cards:
        return f"[contact card{_details(map(cards.words, file.cards), MOST_OF_A_QUOTE)}]"
    lost = "" if file.is_kept else ", which could not be opened"
    return f"[{_plain(message.kind)} message{_details([file.name, file.content_type])}{lost}]"


def _details(names: Iterable[str], most: int = MOST_OF_A_NAME, before: str = ": ") -> str:
    said = ", ".join(f'"{name}"' for each in names if (name := _plain(each)[:most]))
    return before + said if said else ""


def _quoted(said: Iterable[str]) -> str:
    return _details(said, MOST_OF_A_QUOTE, before=" ")


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[\[\]\"]", " ", words).split())
