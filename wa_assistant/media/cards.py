"""The people in a contact card: who they are, and where they can be reached.

A vCard of any version, as telephones write it: lines that go on in the next, groups ("item1.TEL"),
words in quoted-printable, several people in one file. It is others' bytes: what is no line of a
card is passed over, and all is cut to what can be read.
"""

import codecs
import quopri
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_BYTES = 1024 * 1024  # a card may hold its owner's picture
MOST_CARDS = 20
MOST_WAYS = 10  # numbers of one, and addresses
LONGEST = 200  # characters
FOLDED = re.compile(r"\r?\n[ \t]")
# In quoted-printable a line that ends in "=" goes on in the next.
SOFT = re.compile(r"=\r?\n")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SCHEME = re.compile(r"^(?:tel|mailto|sms):", re.IGNORECASE)


class Line(NamedTuple):
    name: str
    parameters: str
    value: str


def read(content: bytes) -> list[dict[str, Any]]:
    """Of each person `name`, `company`, `numbers` and `emails`, of which some are empty."""
    found: list[dict[str, Any]] = []
    for line in _lines(_decoded(content[:MOST_BYTES])):
        if line.name == "BEGIN":
            found.append({"name": "", "company": "", "numbers": [], "emails": []})
        elif found:
            _take(found[-1], line)
        if len(found) > MOST_CARDS:
            break
    said = [card for card in found[:MOST_CARDS] if any(card.values())]
    return [{**card, "name": card["name"] or card["company"]} for card in said]


def words(card: dict[str, Any]) -> str:
    """All of it on one line."""
    parts = (card["name"], card["company"], *card["numbers"], *card["emails"])
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _take(card: dict[str, Any], line: Line) -> None:
    if line.name == "FN":
        card["name"] = _plain(line.value) or card["name"]
    elif line.name == "N":  # the family's first, then theirs
        family, given, *_ = [*_parts(line.value), ""]
        card["name"] = card["name"] or f"{given} {family}".strip()
    elif line.name == "ORG":
        card["company"] = card["company"] or ", ".join(filter(None, _parts(line.value)))
    elif line.name in ("TEL", "EMAIL"):
        ways = card["numbers" if line.name == "TEL" else "emails"]
        way = SCHEME.sub("", _plain(line.value))
        known = re.search(r"waid=(\d{7,15})", line.parameters, re.IGNORECASE)
        way = way or (f"+{known[1]}" if known else "")
        if way and way not in ways and len(ways) < MOST_WAYS:
            ways.append(way)


def _lines(text: str) -> Iterator[Line]:
    for each in FOLDED.sub("", text).splitlines():
        head, colon, value = _halves(each)
        name, _, parameters = head.partition(";")
        if not colon:
            continue
        if "QUOTED-PRINTABLE" in parameters.upper():
            value = _decoded(quopri.decodestring(value.encode()))
        yield Line(name.rpartition(".")[2].strip().upper(), parameters, value)


def _halves(line: str) -> tuple[str, str, str]:
    """At the first colon that stands in no quotes."""
    quoted = False
    for place, character in enumerate(line[:LONGEST]):
        quoted ^= character == '"'
        if character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line.partition(":")


def _decoded(content: bytes) -> str:
    if wide := _wide(content):
        text = content.decode(wide, errors="replace").removeprefix("\ufeff")
    elif "\ufffd" in (text := content.decode("utf-8-sig", errors="replace")):
        text = content.decode("windows-1252", errors="replace")
    return SOFT.sub("", text) if "quoted-printable" in text.lower() else text


def _wide(content: bytes) -> str | None:
    """The encoding in two bytes a character that its mark names, or its first letters; None: in
    another."""
    if content.startswith((codecs.BOM_UTF16_LE, b"B\x00", b"b\x00")):
        return "utf-16-le"
    if content.startswith((codecs.BOM_UTF16_BE, b"\x00B", b"\x00b")):
        return "utf-16-be"
    return None


def _parts(value: str) -> list[str]:
    return [_plain(each) for each in re.split(r"(?<!\\);", value[: 5 * LONGEST])]


def _plain(value: str) -> str:
    """As it is read: without escapes, and without what is not seen."""
    said = ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value[: 5 * LONGEST])
    shown = "".join(each if each.isprintable() else " " for each in said)
    return " ".join(shown.split())[:LONGEST]
