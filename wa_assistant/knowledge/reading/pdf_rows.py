"""The rows of a table on a PDF's page: which of its lines are one row, and what its cells say."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean

from .pdf_rules import Rules
from .pdf_tables import GUTTER, Gap, Grid, Line
from .pdf_words import HYPHEN, Word

ACROSS = 0.6  # of the table's width: what a line between two rows goes across at least
LOOSE = 1.25  # steps between rows are that much larger than those within one
FULL = 0.8  # of the columns: lines that fill more of them are rows by themselves
LEVEL = 0.35  # of a word's height: what the middles of one line differ at most
IN_IT = 2.0  # points
CURRENCIES = {"R$", "US$", "$", "€", "£"}

Rows = list[list[str]]


def rows(grid: Grid, rules: Rules) -> Rows:
    """Each with as many cells as there are columns; names that span some stand in each."""
    found = [_cells(grid, group) for group in _groups(grid, rules)]
    return _without_signs(found)


def _groups(grid: Grid, rules: Rules) -> list[list[Line]]:
    """The lines of each row."""
    for ends in (_drawn(grid, rules), _spaced(grid)):
        groups = list(_cut(grid.lines, ends))
        later = [line for group in groups for line in group[1:]]
        if len(groups) > 2 and (not later or _go_on(grid, later)):
            return groups
    return list(_cut(grid.lines, _filled(grid)))


def _cut(lines: Sequence[Line], ends: Sequence[bool]) -> Iterator[list[Line]]:
    """`ends`: after which line but the last a row ends."""
    group = [lines[0]]
    for line, ended in zip(lines[1:], ends, strict=True):
        if ended:
            yield group
            group = []
        group.append(line)
    yield group


def _drawn(grid: Grid, rules: Rules) -> list[bool]:
    """Between which lines one is drawn across the table."""
    left = min(line[0].left for line in grid.lines)
    right = max(each.right for line in grid.lines for each in line)
    found = []
    for above, below in pairwise(grid.lines):
        low, high = mean(_middles(below)), mean(_middles(above))
        parts = [(max(a, left), min(b, right)) for at, a, b in rules.across if low < at < high]
        found.append(_covered(parts) >= ACROSS * (right - left))
    return found


def _covered(parts: list[tuple[float, float]]) -> float:
    total, end = 0.0, float("-inf")
    for start, stop in sorted(parts):
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total


def _spaced(grid: Grid) -> list[bool]:
    """Between which lines there is more room than between others."""
    steps = [mean(_middles(a)) - mean(_middles(b)) for a, b in pairwise(grid.lines)]
    ordered = sorted(steps)
    ratio, least = max(
        ((b / max(a, 0.1), b) for a, b in pairwise(ordered)), default=(1.0, ordered[0])
    )
    return [ratio < LOOSE or step >= least for step in steps]


def _filled(grid: Grid) -> list[bool]:
    """Which lines begin a row by what they hold: one cell alone goes on from the line above."""
    found = []
    for line in grid.lines[1:]:
        cells = grid.cells(line)
        places = [place for place, cell in enumerate(cells) if cell]
        if places == [0]:
            found.append(not cells[0][0].text[:1].islower())
        else:
            found.append(bool(cells[0]) or len(places) > max(1, len(cells) // 2))
    return found


def _go_on(grid: Grid, later: Sequence[Line]) -> bool:
    """Whether these lines, each not its row's first, go on from the one above."""
    cells = [cell for line in later for cell in grid.cells(line) if cell]
    is_full = len(cells) > FULL * len(later) * (len(grid.gutters) + 1)
    lower = sum(cell[0].text[:1].islower() for cell in cells)
    return not is_full or lower * 3 >= len(cells)


def _cells(grid: Grid, group: Sequence[Line]) -> list[str]:
    written = [""] * (len(grid.gutters) + 1)
    pieces = [each for line in group for level in _level(line) for each in _pieces(grid, level)]
    for columns, words in pieces:
        said = " ".join(each.text for each in words)
        for column in columns if len(pieces) > 1 else columns[:1]:
            before = written[column]
            between = "" if not before else "\n" if before.endswith(HYPHEN) else " "
            written[column] = before + between + said
    return written


def _level(line: Line) -> list[Line]:
    """What stands beside a cell of several lines is a line for each of them, from top to bottom."""
    found: list[Line] = []
    for word in sorted(line, key=lambda each: -each.middle):
        if found and found[-1][0].middle - word.middle <= LEVEL * word.height:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(each, key=lambda word: word.left) for each in found]


def _pieces(grid: Grid, line: Line) -> Iterator[tuple[range, list[Word]]]:
    """What of a line belongs together, and in which columns; one across all is in the first."""
    cells, last = grid.cells(line), len(grid.gutters)
    start = 0
    while start <= last:
        end, words = start, cells[start]
        while end < last and _bridges(grid, end, [*words, *cells[end + 1]]):
            end += 1
            words = words + cells[end]
        if words:
            yield range(start, end + 1) if (start, end) != (0, last) else range(1), words
        start = end + 1


def _bridges(grid: Grid, column: int, words: list[Word]) -> bool:
    """Whether something stands across the gutter after a column, or above it, as the name of both
    columns does; not what only hangs into it from where a column begins or ends.
    """
    low, high = grid.gutters[column]
    run: list[Word] = []
    for word in words:
        if run and _are_apart(run[-1], word, grid.gutters[column]):
            run = []
        run.append(word)
        left, right = run[0].left, run[-1].right
        if min(right, high) - max(left, low) <= IN_IT:
            continue
        is_amid = low < (left + right) / 2 < high
        is_amid = is_amid and left > grid.edges[column][0] + 1 and right < grid.edges[column + 1][1]
        if (left < low and right > high) or is_amid:
            return True
    return False


def _are_apart(before: Word, word: Word, gutter: Gap) -> bool:
    low, high = gutter
    is_around = before.right <= low + 1 and word.left >= high - 1
    return is_around or word.left - before.right > GUTTER * word.height


def _without_signs(found: Rows) -> Rows:
    """A column of nothing but a currency's sign belongs to the next."""
    for column in reversed(range(len(found[0]) - 1)):
        signs = [row[column] for row in found if row[column]]
        if signs and CURRENCIES.issuperset(signs[1:]) and signs[-1] in CURRENCIES:
            for row in found:
                row[column : column + 2] = [f"{row[column]} {row[column + 1]}".strip()]
    return found


def _middles(line: Line) -> list[float]:
    return [each.middle for each in line]
