"""How long a voice message is, where its file says so itself, and how long it may be in truth."""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

OGG, PAGE = "audio/ogg", b"OggS"
OPUS, OPUS_RATE = b"OpusHead", 48_000
HEADER, MOST_LACINGS = 27, 255  # bytes of a page before its table, and entries in that
# Milliseconds of a frame by the packet's first byte (RFC 6716, 3.1): speech, both, and music.
SPEECH, BOTH, MUSIC = (10, 20, 40, 60), (10, 20), (2.5, 5, 10, 20)
LONGEST = 120  # milliseconds of a packet
MOST_PACKETS = 500_000  # more than a file that WhatsApp takes can hold, if somebody speaks in it
A_DAY = 86_400.0
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


def at_most(path: Path, content_type: str) -> float:
    """By all packets of an Ogg Opus file, whatever it says of itself: silence takes 20 bytes a
    second, and is paid for as speech is. 0 for all others; A_DAY where it has no end.
    """
    if content_type != OGG:
        return 0.0
    content = path.read_bytes()
    if OPUS not in content:
        return 0.0
    packets = list(islice(_packets(content), MOST_PACKETS))
    return A_DAY if len(packets) == MOST_PACKETS else sum(map(_milliseconds, packets)) / 1000


def _packets(content: bytes) -> Iterator[bytes]:
    """The first two bytes of each, of everything that may be a page: one that is none, with others
    in it, hides none of them."""
    at = content.find(PAGE)
    while at >= 0:
        table = content[at + HEADER : at + HEADER + MOST_LACINGS]
        number = content[at + HEADER - 1] if len(content) >= at + HEADER else 0
        begins, place = True, at + HEADER + number
        for lacing in table[:number]:
            if begins:
                yield content[place : place + 2]
            begins, place = lacing < MOST_LACINGS, place + lacing
        at = content.find(PAGE, at + 1)


def _milliseconds(packet: bytes) -> float:
    if not packet:
        return 0.0
    kind, code = packet[0] >> 3, packet[0] & 3
    lengths = SPEECH if kind < 12 else BOTH if kind < 16 else MUSIC
    frames = (1, 2, 2, packet[-1] & 63)[code]
    return min(LONGEST, frames * lengths[kind % len(lengths)])
