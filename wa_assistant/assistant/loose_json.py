"""JSON as models write it: between words, cut off, with what JSON itself does not allow.

Taken besides JSON are a comma too many, names and strings in single quotes or names in none,
Python's True, False and None, line ends and unescaped quotes within a string, and an end that is
missing. It is read from left to right and never twice: a text without end costs what its length
costs, which libraries that guess more do not keep (json_repair 0.64 took 4.5 s for 16,000 braces).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 20
OBJECT = re.compile(r"\{(?=\s*+(?:[\"'“}\w]|$))")
BLANK = re.compile(r"\s*+")
BARE = re.compile(r"[\w.+-]++")
# A quote ends a string only where JSON goes on after it: in an object, with the next name.
_IN_OBJECT = (
    r"""(?=\s*+(?:[}\]:]|$|,?\s*+["'“]?\w++["'”]?\s*+:|,\s*+(?:[}\]]|["'“]?\w*+["'”]?\s*+$)))"""
)
_IN_LIST = r"""(?=\s*+(?:[}\]]|$|,\s*+(?:[}\]{\["'“]|-?\d|$|\w++\s*+[,\]])))"""


def _strings(goes_on: str) -> dict[str, re.Pattern[str]]:
    patterns = {
        quote: rf"{quote}((?:[^{quote}\\]|\\.|{quote}(?!{goes_on}))*+)({quote}?)" for quote in "\"'"
    }
    patterns |= {"“": r"“((?:[^”\\]|\\.)*+)(”?)", "`": r"`((?:[^`\\]|\\.)*+)(`?)"}
    return {quote: re.compile(pattern, re.DOTALL) for quote, pattern in patterns.items()}


STRINGS, LISTED = _strings(_IN_OBJECT), _strings(_IN_LIST)
TRIPLE = re.compile(r'"""((?:[^"]|"(?!""))*+)((?:""")?)', re.DOTALL)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
CONSTANTS = {"true": True, "false": False, "null": None, "none": None}


class Cut(str):
    """A string whose end is missing."""

    __slots__ = ()


@dataclass(frozen=True)
class Place:
    """An object that stands in the text from `begin` to `end`."""

    value: dict[str, Any]
    begin: int
    end: int


class _Broken(Exception):
    def __init__(self, place: int) -> None:
        self.place = place


def objects(text: str) -> Iterator[Place]:
    """The objects in `text`, one after the other; never raises."""
    place = 0
    while found := OBJECT.search(text, place):
        try:
            value, place = _object(text, found.end(), DEEPEST)
            yield Place(value, found.start(), place)
        except _Broken as broken:
            place = broken.place


def whole(text: str) -> Any:
    """The value that `text` is, or None where it is no JSON at all; line ends may stand within."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _value(text: str, place: int, depth: int, *, listed: bool = False) -> tuple[Any, int]:
    if not depth:
        raise _Broken(place)
    first = text[place : place + 1]
    if first == "{":
        return _object(text, place + 1, depth - 1)
    if first == "[":
        return _list(text, place + 1, depth - 1)
    if first in STRINGS:
        return _string(text, place, (LISTED if listed else STRINGS)[first])
    word = BARE.match(text, place)
    if word is None:
        raise _Broken(place)
    return _constant(word[0]), word.end()


def _constant(word: str) -> Any:
    if word.lower() in CONSTANTS:
        return CONSTANTS[word.lower()]
    try:
        return float(word) if "." in word or "e" in word.lower() else int(word[:20])
    except ValueError:
        return word


def _object(text: str, place: int, depth: int) -> tuple[dict[str, Any], int]:
    """What stands after its brace, up to the end of the text where it is not closed."""
    found: dict[str, Any] = {}
    while True:
        place = _blank(text, place)
        if place >= len(text):
            return found, place
        if text[place] in "},":
            place += 1
            if text[place - 1] == "}":
                return found, place
            continue
        name, place = _name(text, place)
        place = _blank(text, place)
        if place >= len(text):
            return found, place
        if text[place] != ":":
            raise _Broken(place)
        place = _blank(text, place + 1)
        if place >= len(text):
            return found, place
        found[name], place = _value(text, place, depth)


def _list(text: str, place: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        place = _blank(text, place)
        if place >= len(text):
            return found, place
        if text[place] == "]":
            return found, place + 1
        if text[place] == ",":
            place += 1
            continue
        value, place = _value(text, place, depth, listed=True)
        found.append(value)


def _name(text: str, place: int) -> tuple[str, int]:
    if text[place] in STRINGS:
        return _string(text, place, STRINGS[text[place]])
    word = BARE.match(text, place)
    if word is None:
        raise _Broken(place)
    return word[0], word.end()


def _string(text: str, place: int, pattern: re.Pattern[str]) -> tuple[str, int]:
    found = (TRIPLE if text.startswith('"""', place) else pattern).match(text, place)
    if found is None:  # never so: it begins with the quote
        raise _Broken(place)
    said = _unescaped(found[1])
    return (said if found[2] else Cut(said)), found.end()


def _unescaped(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else ESCAPED.get(found[2], found[2])

    said = ESCAPE.sub(plain, text)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _blank(text: str, place: int) -> int:
    found = BLANK.match(text, place)
    return found.end() if found else place
