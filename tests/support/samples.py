"""Small files as participants send them, made here and now."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from tests.cast import write
from tests.doubles.twilio import Twilio
from wa_assistant.clients import recording

# The beginning of a voice note; what follows is of no interest to who looks at first bytes.
OGG = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01\x01" + bytes(200)
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + bytes(48_000)
PROGRAM = b"MZ\x90\x00" + bytes(200)
VCARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bruno\r\nEND:VCARD\r\n"


def wav() -> bytes:
    file = io.BytesIO()
    recording.write(file)
    return file.getvalue()


@cache
def png(width: int = 320, height: int = 240) -> bytes:
    """A picture of soft colours, so that one sees which way up it is."""
    rows = b"".join(
        b"\x00" + bytes(v for x in range(width) for v in _colour(x / width, y / height))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def send(twilio: Twilio, sender: str, content: bytes, content_type: str, **how: Any) -> str:
    """A participant sends one file; `kind`, `body` and the file's own `name` may be given."""
    url = how.pop("url", None) or twilio.keep(content, content_type, how.pop("name", ""))
    kind = how.pop("kind", content_type.partition("/")[0])
    fields = {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": content_type, **how}
    return write(sender, fields.pop("body", ""), MessageType=kind, **fields)


def _colour(x: float, y: float) -> tuple[int, int, int]:
    return round(200 - 90 * y), round(170 + 60 * x), round(150 + 80 * (1 - x) * y)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
