"""What one sees of a Word document's paragraphs and tables, with all tracked changes accepted."""

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from .blocks import clean
from .links import address

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P, TABLE, ROW, CELL, RUN = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:r")
TEXT, LINK = qn("w:t"), qn("w:hyperlink")
# What paragraphs, rows and cells may be wrapped in: forms, insertions, names of things.
WRAPPERS = {
    *(qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")),
    f"{COMPATIBILITY}AlternateContent",
    f"{COMPATIBILITY}Choice",
}
UNSEEN = {
    *(qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rt")),
    f"{COMPATIBILITY}Fallback",  # says again what is said beside it, for an older Word
}
SIGNS = {
    **dict.fromkeys((qn("w:tab"), qn("w:ptab")), "\t"),
    **dict.fromkeys((qn("w:br"), qn("w:cr")), "\n"),
    qn("w:noBreakHyphen"): "-",
}
OFF = ("0", "false", "off")
MOST_COLUMNS = 63  # in Word

Element = Any  # lxml has no types
Addresses = Mapping[str, str]  # where links lead, by the name of the relationship


def inside(element: Element, *tags: str) -> Iterator[Element]:
    """The nearest elements of these tags, whatever they are wrapped in."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, *tags)


def words(paragraph: Element, addresses: Addresses) -> str:
    return clean("".join(_seen(paragraph, addresses)))


def rows(table: Element, addresses: Addresses) -> Iterator[str]:
    """Each row as a line. A cell that spans columns or rows is said in each: it holds for each."""
    above: list[str] = []
    for row in inside(table, ROW):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        line = [""] * min(row.grid_before, MOST_COLUMNS)
        cells = list(inside(row, CELL))
        for cell in cells:
            goes_on = cell.vMerge == "continue" and len(line) < len(above)
            said = above[len(line)] if goes_on else _in_cell(cell, addresses)
            line += [said] * min(cell.grid_span, MOST_COLUMNS)
        yield clean(" | ".join(line if len(cells) > 1 else dict.fromkeys(line))).rstrip(" |")
        for cell in cells:
            for each in inside(cell, TABLE):
                yield from rows(each, addresses)
        above = line


def _in_cell(cell: Element, addresses: Addresses) -> str:
    return " ".join(" ".join(words(each, addresses).split()) for each in inside(cell, P)).strip()


def _seen(element: Element, addresses: Addresses) -> Iterator[str]:
    for child in element:
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag in UNSEEN or (child.tag == RUN and _is_hidden(child)):
            continue
        elif child.tag == LINK:
            said = "".join(_seen(child, addresses))
            yield said + address(addresses.get(child.get(qn("r:id"), "")), said)
        elif child.tag == P:  # in a frame beside the text
            yield "\n" + "".join(_seen(child, addresses)) + "\n"
        else:
            yield from _seen(child, addresses)


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in OFF
