"""The rows of a file, one after the other: as texts, whatever a spreadsheet kept in their cells."""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ...models import FileProblem
from ..sheets import unguarded, written
from .files import WrongFileError

MOST_COLUMNS = 200
MOST_CHARACTERS = 100_000  # of a row
LONGEST_CELL = 2000  # what is longer is too long for anything
# A cell of XLSX holds what XML cannot in this way.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError, OSError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)


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
                texts = _texts([unguarded(each) for each in cells])
                yield Row(number, texts, min(99, 100 * lines.read // size), lines.ended)
            number = reader.line_num + 1


def of_xlsx(where: Path) -> Iterator[Row]:
    """Of its first sheet. Raises WrongFileError."""
    try:
        with (
            where.open("rb") as file,
            closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book,
        ):
            sheet = book.worksheets[0]
            total = sheet.max_row or 0
            # What a sheet says of its size may be wrong, and is believed otherwise.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                texts = _texts([_text(cell) for cell in cells[:MOST_COLUMNS]])
                if any(texts):
                    yield Row(number, texts, min(99, 100 * number // total) if total else 0)
    except DAMAGES as error:
        raise WrongFileError(FileProblem.DAMAGED) from error


def first(rows: Iterator[Row], number: int) -> list[Row]:
    return list(islice(rows, number))


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


def _texts(cells: list[str]) -> list[str]:
    texts = [each[: LONGEST_CELL + 1].strip() for each in cells[:MOST_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    """What stands in a cell of XLSX, as somebody would type it."""
    match value:
        case None:
            return ""
        case str():
            return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case float():
            return written(Decimal(repr(value)))
        case datetime():
            midnight = value.time() == time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return str(value)
