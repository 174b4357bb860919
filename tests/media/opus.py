"""Ogg Opus files, as phones record them and as nobody should."""

import struct

SILENCE = b"\x1b\x02"  # two frames of 60 ms, in two bytes
FRAME = b"\x48" + bytes(60)  # 20 ms of speech, as WhatsApp records it


def page(*packets: bytes, samples: int = 0, lacings: int | None = None) -> bytes:
    table, body = b"", b""
    for each in packets:
        whole, rest = divmod(len(each), 255)
        table, body = table + b"\xff" * whole + bytes([rest]), body + each
    number = len(table) if lacings is None else lacings
    head = struct.pack("<4sBBqIII", b"OggS", 0, 0, samples, 1, 0, 0)
    return head + bytes([number]) + table + body


HEAD = page(b"OpusHead\x01\x01" + bytes(9))
