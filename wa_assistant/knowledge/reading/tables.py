"""A row of a table, said so that it can be understood alone: each cell with its column's name."""

import re
from collections.abc import Sequence
from itertools import pairwise

BETWEEN = " · "  # cells that have their names
BARE = " | "  # cells as they stand beside each other
LONGEST_NAME = 60  # characters
MOST_WORDS = 6  # of a name
SAID = re.compile(r"[?!]|[.;]\s|\.$|https?:|@")  # what stands in a sentence or an address
FIGURE = re.compile(r"\d")

Cells = Sequence[str]


def line(cells: Cells) -> str:
    """A row as it is seen; an empty cell keeps the others in their columns."""
    return " ".join(BARE.join(cells).split()).rstrip(" |").replace(f":{BARE}", ": ")


def named(names: Cells, cells: Cells) -> str:
    """A row with the names of its columns. What has no cell is left out, as it says nothing.

    Neighbours that say the same are one that holds for all their names; a row of one cell alone is
    a title of those that follow, and has none.
    """
    filled = [place for place, cell in enumerate(cells) if cell]
    if len(cells) > 1 and (filled == [0] or (len(filled) > 1 and len(set(cells)) == 1)):
        return cells[0]
    pairs = zip([*names, *[""] * (len(cells) - len(names))], cells, strict=False)
    return BETWEEN.join(_with_name(name, cell) for name, cell in pairs if cell)


def _with_name(name: str, cell: str) -> str:
    name = name.rstrip(" :")
    return f"{name}: {cell}" if name and name != cell else cell


def apart(rows: Sequence[Cells]) -> tuple[Cells, Sequence[Cells]]:
    """The names of a table's columns, which its first row gives or its first two; and the others.

    No names where the first row is one like the others, as far as one can see: names are short,
    differ, and are no figures, and beneath them is something else. In one column there are only
    figures, or much longer texts, or there are three columns that all have names.
    """
    if len(rows) > 2 and _spans(rows[0]) and _completes(rows[0], rows[1]):
        pairs = zip(rows[0], rows[1], strict=False)
        return [" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs], rows[2:]
    if len(rows) > 1 and _are_names(rows[0]) and _differ(rows[0], rows[1:]):
        return rows[0], rows[1:]
    return [], rows


def _spans(cells: Cells) -> bool:
    """Whether a name holds for several columns, though not for all."""
    return len(set(cells)) > 1 and any(one and one == other for one, other in pairwise(cells))


def _completes(above: Cells, cells: Cells) -> bool:
    """Whether these names tell the columns of one name above them apart."""
    pairs = list(zip(above, cells, strict=False))
    return len(set(pairs)) == len(pairs) and all(
        under and _is_short(under) for over, under in pairs if above.count(over) > 1
    )


def _differ(head: Cells, rows: Sequence[Cells]) -> bool:
    body = [row for row in rows if sum(map(bool, row)) > 1]
    if not body or not head[0] or len(head) > 2:
        return bool(body)
    for place in range(len(head)):
        cells = [row[place] for row in body if len(row) > place and row[place]]
        if cells and all(map(FIGURE.search, cells)):
            return True
    return sorted(len(row[-1]) for row in body)[len(body) // 2] > 3 * len(head[-1])


def _are_names(cells: Cells) -> bool:
    said = [cell.casefold() for cell in cells if cell]
    are_all = len(said) > 1 and all(cells[1:])
    differ = len(set(said)) == len(said)
    return are_all and differ and all(_is_short(each) and not FIGURE.search(each) for each in said)


def _is_short(cell: str) -> bool:
    is_short = len(cell) <= LONGEST_NAME and len(cell.split()) <= MOST_WORDS
    return is_short and not SAID.search(cell) and not cell.endswith(":")
