"""The process in which a workbook is read: `python -m wa_assistant.operations.importing.child`.

A file of a few kilobytes may unpack to gigabytes: whatever it takes, it takes here.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from itertools import dropwhile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ...models import FileProblem
from ...outline import outline
from ...work.serving import serve
from ..sheets import written
from .rows import MOST_COLUMNS, Row, texts

MEMORY = 1024 * 1024 * 1024  # bytes of address space
MOST_TEXT = 128 * 1024 * 1024  # characters of all rows: of one that is kept once many may be made
SOME = 500  # rows of a part
PART = 1024 * 1024  # characters of a part
# A cell holds what XML cannot in this way.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError, OSError),
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
)


def main() -> None:
    reader = Reader()
    serve(lambda request: reader.answer(request["path"], request["after"]), MEMORY)


class Reader:
    """Where it stands in the file that was read last."""

    def __init__(self) -> None:
        self._rows: Iterator[Row] = iter(())
        self._stands: tuple[str, int] | None = None

    def answer(self, path: str, after: int) -> dict[str, Any]:
        """Some "rows" after the one of that number, none at the end; or the "problem"."""
        try:
            return {"rows": self._next(path, after)}
        except FileNotFoundError:
            return {"problem": FileProblem.GONE}
        except MemoryError:
            return {"problem": FileProblem.BOMB}
        except DAMAGES:
            return {"problem": FileProblem.DAMAGED}
        except Exception as error:  # noqa: BLE001 - book.py logs it
            return {"problem": FileProblem.DAMAGED, "fault": outline(error)}

    def _next(self, path: str, after: int) -> list[Row]:
        if self._stands != (path, after):  # or another process had read so far
            self._rows = dropwhile(lambda row: row.number <= after, of_xlsx(Path(path)))
        self._stands = None
        rows = _part(self._rows)
        self._stands = (path, rows[-1].number) if rows else None
        return rows


def _part(rows: Iterator[Row]) -> list[Row]:
    found, size = [], 0
    for row in rows:
        found.append(row)
        size += sum(map(len, row.cells))
        if len(found) == SOME or size > PART:
            break
    return found


def of_xlsx(where: Path) -> Iterator[Row]:
    """Of its first sheet. Raises DAMAGES, and MemoryError for more than anybody has to say."""
    left = MOST_TEXT
    with (
        where.open("rb") as file,
        closing(load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book,
    ):
        sheet = book.worksheets[0]
        total = sheet.max_row or 0
        # What a sheet says of its size may be wrong, and is believed otherwise.
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            found = texts([_text(cell) for cell in cells[:MOST_COLUMNS]])
            left -= sum(map(len, found))
            if left < 0:
                raise MemoryError
            if any(found):
                yield Row(number, found, min(99, 100 * number // total) if total else 0)


def _text(value: Any) -> str:
    """What stands in a cell, as somebody would type it."""
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


if __name__ == "__main__":
    main()
