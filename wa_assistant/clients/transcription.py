"""OpenAI's transcription of what was spoken, and that of servers that speak the same."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openai
from flask import current_app

from .failures import ModelError, Unavailable
from .objections import classified
from .openai import Usage, connect, milliseconds_since

# Servers go by the name: the same bytes as "voice.oga" are refused.
ENDINGS = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "audio/x-flac": "flac",
}


@dataclass(frozen=True)
class Heard:
    """What was said; empty where no words were made out."""

    text: str
    usage: Usage | None
    seconds: float | None  # of voice, where the server says so
    latency: int  # milliseconds


def transcribe(path: Path, content_type: str) -> Heard:
    """Ask OPENAI_TRANSCRIPTION_MODEL for the words in the recording; raises a ModelError."""
    subtype = content_type.partition("/")[2]
    name = f"voice.{ENDINGS.get(content_type, subtype)}"
    started = time.monotonic()
    try:
        answer = connect().audio.transcriptions.create(
            model=current_app.config["OPENAI_TRANSCRIPTION_MODEL"],
            file=(name, path.read_bytes(), content_type),
        )
        latency = milliseconds_since(started)
        return Heard(_words(answer), _usage(answer), _seconds(answer), latency)
    except ModelError as error:
        error.latency = milliseconds_since(started)
        raise
    except (openai.OpenAIError, OSError, ValueError, TypeError, AttributeError) as error:
        found = classified(error)
        found.latency = milliseconds_since(started)
        raise found from error


def _words(answer: Any) -> str:
    text = answer.text
    if not isinstance(text, str):
        raise Unavailable("no text in the answer")
    # What a model writes is stored: no NUL, no half of a character.
    return text.encode(errors="ignore").decode().replace("\x00", "").strip()


def _seconds(answer: Any) -> float | None:
    told = getattr(answer, "usage", None)
    found = getattr(told, "seconds", None) or getattr(answer, "duration", None)
    return float(found) if isinstance(found, int | float) else None


def _usage(answer: Any) -> Usage | None:
    """Tokens, where the server counts in tokens and not in seconds."""
    told = getattr(answer, "usage", None)
    read, written = getattr(told, "input_tokens", None), getattr(told, "output_tokens", None)
    if read is None or written is None:
        return None
    return Usage(input=read, cached=0, output=written)
