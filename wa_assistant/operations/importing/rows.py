"""The rows of a file of CSV, one after the other, as texts; those of a workbook are book.py's."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from ...models import FileProblem
from ..sheets import unguarded
from .files import WrongFileError

MOST_COLUMNS = 200
MOST_CHARACTERS = 100_000  # of a row
LONGEST_CELL = 2000  # what is longer is too long for anything


class Row(NamedTuple):
    """`number`: of the line in the file, from 1 on. `share`: percent of the file that is read with
    it. `is_cut`: the file ends in the midst of it."""

    number: int
    cells: list[str]
    share: int
    is_cut: bool = False


def of_csv(where: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Raises WrongFileError where it cannot be read on."""
    size = max(where.stat().st_size, 1)
    with where.open(encoding=encoding, errors="replace", newline="") as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter)
        number = 1
        while (cells := _next(reader, lines)) is not None:
            if any(cells) and not (number == 1 and _is_separator(cells, delimiter)):
                share = min(99, 100 * lines.read // size)
                yield Row(number, texts(list(map(unguarded, cells))), share, lines.ended)
            number = reader.line_num + 1


class _Lines:
    """The lines of a text. `ended`: more was asked for within a row than there is."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._of_row = self.read = 0  # characters
        self.ended = False

    def begin_row(self) -> None:
        self._of_row = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_CHARACTERS)
        if not line:
            self.ended = True
            raise StopIteration
        self.read += len(line)
        self._of_row += len(line)
        if self._of_row > MOST_CHARACTERS:
            raise WrongFileError(FileProblem.NEVER_CLOSED)
        return line.replace("\0", "")


def _next(reader: Iterator[list[str]], lines: _Lines) -> list[str] | None:
    lines.begin_row()
    try:
        return next(reader, None)
    except csv.Error as error:
        raise WrongFileError(FileProblem.NEVER_CLOSED) from error


def _is_separator(cells: list[str], delimiter: str) -> bool:
    """Excel's own first line, "sep=;"."""
    return delimiter.join(cells).lower() == f"sep={delimiter}"


def texts(cells: list[str]) -> list[str]:
    """As a row keeps them."""
    texts = [each[: LONGEST_CELL + 1].strip() for each in cells[:MOST_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return texts
