"""What one sees of a Word document's paragraphs and tables, with all tracked changes accepted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from . import docx_math
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
NOTES = {qn("w:footnoteReference"): "foot", qn("w:endnoteReference"): "end"}
# Where a note belongs: it is said before its sentence ends, or it would be quoted without it.
NOTE = re.compile("([.!?…]*)\\s*((?:\ue000[^\ue001]*\ue001)+)")
MOST_NOTES = 50  # in one paragraph
MOST_COLUMNS = 63  # in Word

Element = Any  # lxml has no types
Names = Mapping[str, str]


def inside(element: Element, *tags: str) -> Iterator[Element]:
    """The nearest elements of these tags, whatever they are wrapped in."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, *tags)


@dataclass
class Words:
    """Reads paragraphs and tables. `addresses`: where links lead, by the name of the relationship;
    `notes`: what the notes say, by "foot" or "end" and their number.
    """

    addresses: Names = field(default_factory=dict)
    notes: Names = field(default_factory=dict)

    def of(self, paragraph: Element) -> str:
        said = "".join(self._seen(paragraph))
        return clean(NOTE.sub(self._noted, said) if "\ue000" in said else said)

    def rows(self, table: Element) -> Iterator["Row"]:
        """Each row. A cell that spans columns or rows is said in each: it holds for each."""
        above: list[str] = []
        for row in inside(table, ROW):
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
                continue
            line = [""] * min(row.grid_before, MOST_COLUMNS)
            cells = list(inside(row, CELL))
            for cell in cells:
                goes_on = cell.vMerge == "continue" and len(line) < len(above)
                said = above[len(line)] if goes_on else self._in_cell(cell)
                line += [said] * min(cell.grid_span, MOST_COLUMNS)
            told = line if len(cells) > 1 else list(dict.fromkeys(line))
            yield Row(told, row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None)
            for cell in cells:
                for each in inside(cell, TABLE):
                    yield Row([], within=list(self.rows(each)))
            above = line

    def _noted(self, found: re.Match[str]) -> str:
        ids = found[2].strip("\ue000\ue001").split("\ue001\ue000")[:MOST_NOTES]
        said = [note.rstrip(".") for each in ids if (note := self.notes.get(each, ""))]
        return "".join(f" ({note})" for note in said) + found[1]

    def _in_cell(self, cell: Element) -> str:
        return " ".join(" ".join(self.of(each).split()) for each in inside(cell, P)).strip()

    def _seen(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag == TEXT:
                yield child.text or ""
            elif child.tag in SIGNS:
                yield SIGNS[child.tag]
            elif child.tag in UNSEEN or (child.tag == RUN and _is_hidden(child)):
                continue
            elif child.tag == LINK:
                said = "".join(self._seen(child))
                yield said + address(self.addresses.get(child.get(qn("r:id"), "")), said)
            elif child.tag == P:  # in a frame beside the text
                yield "\n" + "".join(self._seen(child)) + "\n"
            elif child.tag in NOTES:
                yield f"\ue000{NOTES[child.tag]}{child.get(qn('w:id'))}\ue001"
            elif child.tag in docx_math.EQUATIONS:
                yield docx_math.typed(child)
            else:
                yield from self._seen(child)


@dataclass
class Row:
    """`is_head`: the document says that it names the columns. `within`: the rows of a table that
    lies in a cell of the row before it, and has no cells itself.
    """

    cells: Sequence[str]
    is_head: bool = False
    within: Sequence["Row"] = ()


def _is_hidden(run: Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in OFF
