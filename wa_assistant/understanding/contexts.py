"""What a message is heard as where it is said: the same words answer a prompt, and not a chat."""

from enum import StrEnum
from typing import NamedTuple

from ..models import Prompt
from .commands import Command, YesNo, command, heard


class Context(StrEnum):
    CHAT = "chat"
    CONSENT = "consent"  # the prompt for it was the last that was said to them
    STOPPED = "stopped"


class Heard(NamedTuple):
    command: Command | None
    consent: YesNo


def hear(text: str, context: Context) -> Heard:
    """As the gate hears `text` of somebody in `context`.

    A command goes before a yes or no. Only who has stopped returns. Where no prompt for consent is
    open, `consent` says what is a plain yes or no anywhere.
    """
    asked_for = command(text)
    if asked_for == Command.RETURN and context != Context.STOPPED:
        asked_for = None
    if asked_for is not None:
        return Heard(asked_for, YesNo.UNCLEAR)
    to = Prompt.CONSENT if context == Context.CONSENT else None
    return Heard(None, heard(text, to=to))
