"""How long a voice message is, where its file says so itself."""

import struct
from pathlib import Path

OGG, PAGE = "audio/ogg", b"OggS"
OPUS, OPUS_RATE = b"OpusHead", 48_000
TAIL = 2 * 65_307  # bytes; no page of an Ogg file is longer than half of that


def seconds(path: Path, content_type: str) -> float | None:
    """By the last page of an Ogg Opus file, which is what WhatsApp records; None for all others.

    A file that lies about it is one that no WhatsApp recorded.
    """
    if content_type != OGG:
        return None
    with path.open("rb") as file:
        head = file.read(128)
        file.seek(max(0, path.stat().st_size - TAIL))
        tail = file.read()
    last = tail.rfind(PAGE)
    if OPUS not in head or last < 0 or len(tail) < last + 14:
        return None
    samples: int = struct.unpack_from("<q", tail, last + 6)[0]
    return samples / OPUS_RATE if samples > 0 else None
