"""What a Word document's styles and lists make of its paragraphs: headings, numbers of items."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

HEADING = re.compile(r"(?:heading|título|titulo)\s*(\d)", re.I)
DEEPEST_STYLE = 20  # styles that go back to each other
LEVELS = 9
TEXT_LEVEL = 9  # of an outline: none
VAL = qn("w:val")
PLACE = re.compile(r"%([1-9])")
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

Element = Any


def _roman(number: int) -> str:
    found = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        found += letters * times
    return found


def _letters(number: int) -> str:
    """a to z, then aa to zz, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


WRITTEN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": lambda number: f"{number}º",
    "none": lambda _: "",
}


@dataclass
class _Level:
    start: int = 1
    written: str = "decimal"
    text: str = ""
    legal: bool = False  # all its numbers are figures


@dataclass
class _List:
    """`counts` are shared by all lists of one kind, unless one begins anew."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)  # anew, with which number


class Styles:
    """Looked up once for a document: its paragraphs are many, its styles are few."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = styles.iterchildren(qn("w:style")) if styles is not None else ()
        self._styles = {each.get(qn("w:styleId")): each for each in found}
        self._levels: dict[str, int | None] = {}
        self._listed: dict[str, tuple[str, int] | None] = {}
        self._lists = _lists(numbering) if numbering is not None else {}

    def level(self, paragraph: Element) -> int | None:
        """0 for the title, 1 to 9 for a heading, None for all others."""
        own = _value(paragraph, "w:pPr/w:outlineLvl")
        if own is not None and own.isdigit():
            return int(own) + 1 if int(own) < TEXT_LEVEL else None
        name = _value(paragraph, "w:pPr/w:pStyle") or ""
        if name not in self._levels:
            self._levels[name] = self._level_of(name)
        return self._levels[name]

    def number(self, paragraph: Element) -> str:
        """What is written before an item of a list, or a heading; it counts on with each."""
        where = self._place(paragraph)
        listed = self._lists.get(where[0]) if where else None
        if not where or listed is None or where[1] not in listed.levels:
            return ""
        return _next(listed, where[1])

    def _level_of(self, name: str) -> int | None:
        for style in self._with_bases(name):
            called = (_value(style, "w:name") or "").casefold()
            if called == "title":
                return 0
            if found := HEADING.match(called):
                return int(found[1])
            outline = _value(style, "w:pPr/w:outlineLvl")
            if outline is not None and outline.isdigit():
                return int(outline) + 1 if int(outline) < TEXT_LEVEL else None
        return None

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and the level of an item, its own or its style's."""
        id_ = _value(paragraph, "w:pPr/w:numPr/w:numId")
        name = _value(paragraph, "w:pPr/w:pStyle") or ""
        if name not in self._listed:
            self._listed[name] = self._place_of(name)
        listed = self._listed[name]
        own = _value(paragraph, "w:pPr/w:numPr/w:ilvl")
        if id_ is None:
            return listed
        return id_, int(own or (listed[1] if listed else 0))

    def _place_of(self, name: str) -> tuple[str, int] | None:
        depth: str | None = None
        for style in self._with_bases(name):
            depth = depth or _value(style, "w:pPr/w:numPr/w:ilvl")
            if id_ := _value(style, "w:pPr/w:numPr/w:numId"):
                return id_, int(depth or 0)
        return None

    def _with_bases(self, name: str) -> list[Element]:
        found: list[Element] = []
        while name in self._styles and len(found) < DEEPEST_STYLE:
            found.append(self._styles[name])
            name = _value(found[-1], "w:basedOn") or ""
        return found


def _next(listed: _List, level: int) -> str:
    for deeper in range(level + 1, LEVELS):
        listed.counts.pop(deeper, None)
    for place in range(level + 1):
        rule = listed.levels.get(place, _Level())
        before = listed.counts.get(place)
        if before is None or place in listed.begins:
            counted = listed.begins.pop(place, rule.start)
            listed.counts[place] = counted
        elif place == level:
            listed.counts[place] = before + 1
    own = listed.levels[level]

    def shown(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        rule = listed.levels.get(place, _Level())
        write = str if own.legal else WRITTEN.get(rule.written, str)
        return write(listed.counts.get(place, rule.start))

    return "" if own.written == "bullet" else PLACE.sub(shown, own.text).strip()


def _lists(numbering: Element) -> dict[str, _List]:
    kinds: dict[str, tuple[dict[int, int], dict[int, _Level]]] = {
        each.get(qn("w:abstractNumId")): ({}, _levels(each))
        for each in numbering.iterchildren(qn("w:abstractNum"))
    }
    found: dict[str, _List] = {}
    for each in numbering.iterchildren(qn("w:num")):
        counts, levels = kinds.get(_value(each, "w:abstractNumId") or "", ({}, {}))
        begins = {}
        for override in each.iterchildren(qn("w:lvlOverride")):
            place = int(override.get(qn("w:ilvl"), 0))
            levels = levels | _levels(override)
            if start := _value(override, "w:startOverride"):
                begins[place] = int(start)
        found[each.get(qn("w:numId"))] = _List(levels, counts, begins)
    return found


def _levels(element: Element) -> dict[int, _Level]:
    return {
        int(each.get(qn("w:ilvl"), 0)): _Level(
            int(_value(each, "w:start") or 1),
            _value(each, "w:numFmt") or "decimal",
            _value(each, "w:lvlText") or "",
            each.find(qn("w:isLgl")) is not None,
        )
        for each in element.iterchildren(qn("w:lvl"))
    }


def _value(element: Element, path: str) -> str | None:
    """The value of the element at a path of prefixed names; None where it is not there."""
    for name in path.split("/"):
        element = element.find(qn(name))
        if element is None:
            return None
    value: str | None = element.get(VAL)
    return value
