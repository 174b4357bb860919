"""The tables of a web page: their cells in rows and columns, whatever they span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from . import tables
from .blocks import Block

MOST_COLUMNS = 63
MOST_ROWS = 1_000  # that one cell spans
SPAN = re.compile(r"[1-9]\d{0,2}$")


@dataclass
class _Cell:
    words: str
    columns: int
    rows: int
    names: bool  # it is one that names a row or a column


class Table:
    """What was read of one until now."""

    def __init__(self) -> None:
        self._cells: list[_Cell] = []  # of the row that is being read
        self._hanging: dict[int, tuple[str, int]] = {}  # by column: words, and rows that are left
        self._kept: list[tuple[int, list[str], bool]] = []

    def add(self, node: LexborNode, tag: str, words: str) -> None:
        self._cells.append(
            _Cell(words, _span(node, "colspan"), _span(node, "rowspan"), names=tag == "th")
        )

    def interrupt(self) -> list[str]:
        """The cells that were read of this row: something in the next one parts them from it."""
        cells, self._cells = self._cells, []
        return [each.words for each in cells]

    def row(self) -> list[str]:
        """The cells of this row, each in all columns it spans and in all rows; one that is the
        whole row stands once. None where all are empty.
        """
        whole = len(self._cells) == 1 and not self._hanging
        found: list[str] = []
        for cell in self._cells:
            self._hang(found)
            for _ in range(1 if whole else cell.columns):
                if cell.rows > 1:
                    self._hanging[len(found)] = (cell.words, cell.rows)
                found.append(cell.words)
        self._hang(found)
        self._hanging = {
            column: (words, left - 1) for column, (words, left) in self._hanging.items() if left > 1
        }
        return found[:MOST_COLUMNS] if any(found) else []

    def _hang(self, found: list[str]) -> None:
        """What goes on from a row above stands before the next cell of this one."""
        while len(found) in self._hanging and len(found) < MOST_COLUMNS:
            found.append(self._hanging[len(found)][0])

    def keep(self, place: int, cells: list[str]) -> None:
        """Remember the block that this row is."""
        names = len(self._cells) > 1 and all(each.names for each in self._cells)
        self._kept.append((place, cells, names))

    def begin(self) -> None:
        """The next row."""
        self._cells = []

    def name(self, blocks: list[Block]) -> None:
        """Tell the rows with the names of their columns, where these can be told."""
        rows: Sequence[tables.Cells] = [cells for _, cells, _ in self._kept]
        heads = next((at for at, each in enumerate(self._kept) if not each[2]), 0)
        names, told = tables.apart(rows, heads)
        first = len(rows) - len(told)
        for at, (place, cells, _) in enumerate(self._kept if names else ()):
            named = tables.named(names, cells) if at >= first else ""
            blocks[place] = replace(blocks[place], named=named, head=at < first)


def _span(cell: LexborNode, name: str) -> int:
    said = (cell.attributes.get(name) or "").strip()
    most = MOST_COLUMNS if name == "colspan" else MOST_ROWS
    return min(int(said), most) if SPAN.match(said) else 1
