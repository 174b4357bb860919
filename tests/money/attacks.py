"""Those who make the product spend: what it comes to by the double's bill, with limits and without.

`make attacks` runs each both ways and prints the table of docs/money.md.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from tests.cast import ANA, write
from tests.chosen import choose
from tests.doubles.openai import OpenAI
from tests.doubles.twilio import Twilio
from tests.support.samples import OGG, send
from tests.support.work import Work
from wa_assistant.assistant import prompt
from wa_assistant.assistant.prompt import Room

MINUTE, HOUR = 60, 3600
BYTES_A_SECOND = 2000  # of a voice message of WhatsApp's
NO_LIMITS = {
    "participant_answers": "",
    "participant_voice_minutes": "",
    "participant_tokens": "",
    "participant_pictures": "",
    "newcomers_an_hour": "1000000",
}


@dataclass(frozen=True)
class Stage:
    """Where an attack takes place."""

    app: Flask
    openai: OpenAI
    twilio: Twilio
    work: Work

    def without_limits(self, patch: Any) -> None:
        choose(**NO_LIMITS)
        self.app.config.update(ANSWERS_PER_HOUR=1_000_000)
        patch.setattr(prompt, "room", lambda *_: Room(10**6, 10**6))


def voice(stage: Stage, number: int = 200, seconds: int = 120) -> None:
    """One participant sends so many voice messages, one after the other."""
    stage.openai.voice_seconds = float(seconds)
    last = b"OggS\x00\x04" + struct.pack("<q", seconds * 48_000) + bytes(20)
    content = OGG + bytes(seconds * BYTES_A_SECOND) + last
    for each in range(number):
        stage.openai.hears = f"Esta é a mensagem de voz número {each}, que ninguém quer ouvir."
        send(stage.twilio, ANA, content, "audio/ogg", kind="audio")
        stage.work(within=MINUTE)


def characters(stage: Stage, number: int = 10, each: int = 8_000) -> None:
    """Ten long messages at once, of 80,000 characters."""
    stage.openai.reply = lambda _: "Obrigado! O que posso fazer por você?"
    for place in range(number):
        write(ANA, f"{place} " + "palavra " * (each // 8))
    stage.work(within=MINUTE)


def newcomers(stage: Stage, number: int = 200) -> None:
    """So many new numbers write within an hour."""
    for each in range(number):
        write(f"whatsapp:+55119{each:08}", "Que horas vocês abrem?")
    stage.work(within=MINUTE)


ATTACKS: dict[str, Callable[[Stage], None]] = {
    "200 voice messages of 2 minutes by one participant": voice,
    "80,000 characters in ten messages": characters,
    "200 new numbers within an hour": newcomers,
}
