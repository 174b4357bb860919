"""What participants send besides words, and what the model is told of it."""

from tests.cast import ANA
from tests.doubles.completions import said
from tests.support.samples import OGG, send

SAID = "Que horas vocês abrem?"  # what the double hears in a recording
SORRY = "Desculpe, não consegui entender a sua mensagem de voz."


def speak(twilio, **how) -> None:
    send(twilio, ANA, OGG, "audio/ogg; codecs=opus", kind="audio", **how)


def asked(openai, call: int = -1) -> list[str]:
    """What the model was told that the participant said, message by message."""
    turns = [each for each in openai.calls[call]["messages"] if each["role"] == "user"]
    return [words for turn in turns for words in said(turn)]
