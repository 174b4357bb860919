"""Tables of a PDF's page, found by where their words lie.

A PDF knows no table. Rows are words beside each other; columns are kept apart by gutters, which
stay free from the first row to the last, or by lines that are drawn between them. Two columns of
prose have a gutter as well: they are told by the file's own order, which goes down the one and
then down the other.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import median

from .pdf_rules import Rules
from .pdf_words import Word

SHARED = 0.4  # of the smaller height: what words of one line have in common
GUTTER = 0.55  # of a line's height: the least room between two columns
WIDE = 1.3  # of it: what two lines alone must have between them
LEAST = 1.5  # points of a gutter
FAR = 2.0  # heights between a line and the next; what is farther away is no row of the same table
FARTHER = 2.5  # times what was between those before
PROSE = 15  # characters of a cell, on average: more, told column by column, are prose
APART = 1.5  # times the room between words is what columns have between them, at least
GROWS = 2  # lines after the first that may have more columns than it
SEVERAL = 3  # lines of a column

MARK = re.compile(r"[•●▪■◦‣–—*·☐☑➢✓o-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|\uf0b7")

Line = list[Word]  # words that lie beside each other, from left to right
Gap = tuple[float, float]  # from x to x


@dataclass
class Grid:
    """Lines that share their gutters, of which there is one at least."""

    lines: list[Line]
    gutters: list[Gap]

    @cached_property
    def edges(self) -> list[Gap]:
        """Where each column begins and ends, as its words do."""
        columns: list[list[Word]] = [[] for _ in range(len(self.gutters) + 1)]
        for line in self.lines:
            for column, cell in zip(columns, self.cells(line), strict=True):
                column += cell
        return [
            (
                min((each.left for each in column), default=-inf),
                max((each.right for each in column), default=inf),
            )
            for column in columns
        ]

    def column(self, word: Word) -> int:
        middle = (word.left + word.right) / 2
        return sum((left + right) / 2 < middle for left, right in self.gutters)

    def cells(self, line: Line) -> list[list[Word]]:
        """Its words by column."""
        found: list[list[Word]] = [[] for _ in range(len(self.gutters) + 1)]
        for word in line:
            found[self.column(word)].append(word)
        return found

    def filled(self, line: Line) -> int:
        return sum(map(bool, self.cells(line)))


def find(words: Iterable[Word], rules: Rules) -> list[Grid]:
    """The tables of a page, from top to bottom."""
    lines = in_lines(words)
    gaps = [_gaps(line, rules) for line in lines]
    found: list[Grid] = []
    at = 0
    while at < len(lines):
        grid = _best(lines, gaps, at, rules)
        past = prose_at_once(grid, rules) if grid else 1
        if grid and not past and is_table(grid, rules):
            found.append(grid)
            past = len(grid.lines)
        at += past or 1
    return found


def in_lines(words: Iterable[Word]) -> list[Line]:
    """From top to bottom. What overlaps in height is beside each other."""
    lines: list[Line] = []
    bottom = top = 0.0
    for word in sorted(words, key=lambda each: -each.middle):
        height = min(word.height, top - bottom)
        if lines and min(top, word.top) - max(bottom, word.bottom) > SHARED * height:
            lines[-1].append(word)
            bottom, top = min(bottom, word.bottom), max(top, word.top)
        else:
            lines.append([word])
            bottom, top = word.bottom, word.top
    return [sorted(line, key=lambda each: each.left) for line in lines]


def _gaps(line: Line, rules: Rules) -> list[Gap]:
    """Where a line leaves room for a gutter, the margins among them."""
    least = GUTTER * median(each.height for each in line)
    found: list[Gap] = [(-inf, line[0].left)]
    right = line[0].right
    is_item = bool(MARK.fullmatch(line[0].text))
    for word in line[1:]:
        if is_item:  # what stands before an item of a list is no column
            is_item, right = False, max(right, word.right)
            continue
        is_parted = word.left > right - 1 and _parted(right, word, rules)
        if word.left - right >= least or is_parted:
            found.append((right, max(right, word.left)))
        right = max(right, word.right)
    return [*found, (right, inf)]


def _parted(right: float, word: Word, rules: Rules) -> bool:
    """Whether a line goes down between a word and what ends before it."""
    return any(
        right - 1 <= at <= word.left + 1 and low <= word.middle <= high
        for at, low, high in rules.down
    )


def _best(lines: list[Line], gaps: list[list[Gap]], at: int, rules: Rules) -> Grid | None:
    """What may be a table that begins with a line, whose names may span columns."""
    grid = _grown(lines, gaps, at, rules)
    if grid and at + 1 < len(lines) and _is_near(lines, at, at + 1, rules):
        below = _grown(lines, gaps, at + 1, rules)
        is_as_long = below and len(below.lines) + 1 >= len(grid.lines)
        if below and is_as_long and _is_finer(below, grid):
            return Grid([lines[at], *below.lines], below.gutters)
    return grid


def _is_finer(grid: Grid, other: Grid) -> bool:
    """Whether it has more gutters, or the other has one that is hardly there."""
    if len(grid.gutters) != len(other.gutters):
        return len(grid.gutters) > len(other.gutters)
    least = GUTTER * other.lines[0][0].height
    narrow, wide = (min(right - left for left, right in each.gutters) for each in (other, grid))
    return narrow < least <= wide


def _grown(lines: list[Line], gaps: list[list[Gap]], at: int, rules: Rules) -> Grid | None:
    """The lines from one on that share their gutters."""
    gutters, end = gaps[at], at + 1
    if len(gutters) < 3:
        return None
    while end < len(lines) and _is_near(lines, at, end, rules):
        left = _in_common(gutters, gaps[end], rules, grow=end <= at + GROWS)
        if len(left) >= len(gutters) or (end == at + 1 and len(left) > 2):
            gutters = left
        elif not _is_title(lines, gaps, end, gutters, rules):
            break
        end += 1
    while end > at + 2 and len(gaps[end - 1]) < 3 and _stands_off(lines[at:end]):
        end -= 1
    return Grid(lines[at:end], gutters[1:-1])


def _is_near(lines: list[Line], first: int, at: int, rules: Rules) -> bool:
    """Whether a line may be one of the same table as those before it, from the `first` on."""
    here = between(lines[at - 1], lines[at])
    if _framed(lines[at - 1], rules) != _framed(lines[at], rules):
        return False
    if here > FAR * max(each.height for each in lines[at]):
        return False
    before = [between(a, b) for a, b in pairwise(lines[first:at])]
    usual = max(FARTHER * median(before), max(before)) if before else 0.0
    return len(before) < 2 or here <= usual + lines[at][0].height / 4


def between(above: Line, below: Line) -> float:
    """Points of room."""
    return min(each.bottom for each in above) - max(each.top for each in below)


def _framed(line: Line, rules: Rules) -> bool:
    """Whether lines are drawn down beside it."""
    return any(low <= line[0].middle <= high for _, low, high in rules.down)


def _in_common(one: list[Gap], other: list[Gap], rules: Rules, *, grow: bool = False) -> list[Gap]:
    """What two lines leave free. Where it may `grow`, a gutter or the left margin becomes two by a
    cell that stands in it.
    """
    found = []
    for left, right in one:
        shared = [(max(left, start), min(right, end)) for start, end in other]
        shared = [gap for gap in shared if _is_free(gap, rules)]
        if shared and (not grow or right == inf):
            shared = [max(shared, key=lambda gap: gap[1] - gap[0])]
        found += shared
    return found


def _is_free(gap: Gap, rules: Rules) -> bool:
    low, high = gap
    is_drawn = high >= low and any(low - 1 <= at <= high + 1 for at, *_ in rules.down)
    return is_drawn or high - low >= LEAST


def _is_title(
    lines: list[Line], gaps: list[list[Gap]], at: int, gutters: list[Gap], rules: Rules
) -> bool:
    """Whether a line across the columns heads the rows that follow."""
    if len(gaps[at]) > 2 or at + 1 >= len(lines) or not _is_near(lines, at, at + 1, rules):
        return False
    goes_on = len(gaps[at + 1]) > 2
    return goes_on and len(_in_common(gutters, gaps[at + 1], rules)) >= len(gutters)


def _stands_off(lines: list[Line]) -> bool:
    """Whether the last line is farther from those above than they are from each other."""
    *steps, last = (between(a, b) for a, b in pairwise(lines))
    return last > max(steps) + 1


def prose_at_once(grid: Grid, rules: Rules) -> int:
    """How many lines, from the first on, are columns of prose: the file tells several lines of
    the one column before those of the next.
    """
    first = told_together(grid)[0]
    columns: dict[int, set[int]] = {}
    for line, column, _ in first:
        columns.setdefault(column, set()).add(line)
    length = sum(len(word.text) + 1 for *_, word in first)
    long = [each for each in columns.values() if len(each) >= SEVERAL]
    is_short = length < PROSE * sum(map(len, columns.values()))
    if len(long) < 2 or is_short or _is_framed(grid, rules):
        return 0
    return max(line for line, *_ in first) + 1


def told_together(grid: Grid) -> list[list[tuple[int, int, Word]]]:
    """The words with their lines and columns as the file tells them, until it goes back to an
    earlier column."""
    placed = [(at, grid.column(word), word) for at, line in enumerate(grid.lines) for word in line]
    rows: list[list[tuple[int, int, Word]]] = []
    before = len(grid.gutters) + 1
    for each in sorted(placed, key=lambda place: place[2].order):
        if each[1] < before and (not rows or before != each[1]):
            rows.append([])
        rows[-1].append(each)
        before = each[1]
    return rows


def is_table(grid: Grid, rules: Rules) -> bool:
    rows = [line for line in grid.lines if grid.filled(line) > 1]
    if len(rows) < 2:
        return False
    height = median(each.height for line in rows for each in line)
    is_wide = all(right - left >= WIDE * height for left, right in grid.gutters)
    is_framed = _is_framed(grid, rules)
    if not (is_framed or _is_set_apart(grid)):
        return False
    return len(rows) > 2 or is_wide or is_framed


def _is_set_apart(grid: Grid) -> bool:
    """Whether columns have more between them than words have. In prose that is set to both margins
    words may stand as far apart as columns do, and lines share such gaps by chance.
    """
    within: list[float] = []
    across: list[float] = []
    for line in grid.lines:
        for before, word in pairwise(line):
            is_one_cell = grid.column(before) == grid.column(word)
            (within if is_one_cell else across).append(word.left - before.right)
    return not within or median(across) > APART * median(within)


def _is_framed(grid: Grid, rules: Rules) -> bool:
    """Whether a line is drawn between its first line and its last."""
    bottom, top = grid.lines[-1][0].middle, grid.lines[0][0].middle
    left, right = grid.lines[0][0].left, grid.lines[0][-1].right
    return any(
        bottom < at < top and start < right and end > left for at, start, end in rules.across
    )
