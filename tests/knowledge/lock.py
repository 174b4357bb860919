"""Encrypts a PDF as the format's first revision has it: RC4 with a key of 40 bits."""

import re
from hashlib import md5

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
OWNER = b"dono"
PERMISSIONS = -44
STREAM = re.compile(rb"(?<=stream\n).*(?=\nendstream)", re.S)


def lock(objects: list[bytes], password: bytes) -> tuple[list[bytes], bytes]:
    """The objects with their streams encrypted, and what the file's trailer says of it."""
    owner = _rc4(_digest(_padded(OWNER))[:5], _padded(password))
    permissions = PERMISSIONS.to_bytes(4, "little", signed=True)
    key = _digest(_padded(password) + owner + permissions + b"\0")[:5]
    locked = [_locked(each, key, number) for number, each in enumerate(objects, start=1)]
    values = (PERMISSIONS, owner.hex().encode(), _rc4(key, PADDING).hex().encode())
    head = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>" % values
    return locked, head + b" /ID [<00> <00>]"


def _locked(each: bytes, key: bytes, number: int) -> bytes:
    own = _digest(key + number.to_bytes(3, "little") + b"\0\0")[:10]
    return STREAM.sub(lambda found: _rc4(own, found[0]), each)


def _padded(password: bytes) -> bytes:
    return (password + PADDING)[:32]


def _digest(data: bytes) -> bytes:
    return md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at, out = list(range(256)), 0, bytearray()
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) % 256
        state[index], state[at] = state[at], state[index]
    at = 0
    for count, byte in enumerate(data, start=1):
        index = count % 256
        at = (at + state[index]) % 256
        state[index], state[at] = state[at], state[index]
        out.append(byte ^ state[(state[index] + state[at]) % 256])
    return bytes(out)
