"""A short tone, as the simulator's voice message."""

import math
import struct
import wave
from typing import BinaryIO

RATE = 8000  # samples a second
SECONDS = 2
PITCHES = (392, 494)  # a fourth of a second each, in turn: one hears that it plays


def write(into: BinaryIO) -> None:
    """Write the tone as a WAV file."""
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", _sample(n)) for n in range(RATE * SECONDS)))


def _sample(number: int) -> int:
    at = number / RATE
    pitch = PITCHES[int(at * 4) % len(PITCHES)]
    within = at % 0.25
    loudness = 6000 * min(1.0, within * 100, (0.25 - within) * 100)  # without clicks between
    return round(loudness * math.sin(2 * math.pi * pitch * at))
