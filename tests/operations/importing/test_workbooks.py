"""A workbook is read by a process of its own: what it does to that one stays there."""

import io
import zipfile
from contextlib import closing

import pytest

from wa_assistant.models import FileProblem, ImportState
from wa_assistant.operations.importing import files
from wa_assistant.operations.importing.book import Book

from .filed import counts, seen, workbook

pytestmark = pytest.mark.usefixtures("context")

PEOPLE = 1200
MB = 1024**2
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def file(app):
    book = workbook(["numero"], *([f"11 91234-{n:04}"] for n in range(PEOPLE)))
    return files.path(files.keep(io.BytesIO(book))[0])


def changed(book: bytes, member: str, content: bytes) -> bytes:
    """The same workbook, with that in the place of one of its parts."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for each in before.namelist():
            after.writestr(each, content if each == member else before.read(each))
    return made.getvalue()


def test_its_rows_come_a_part_at_a_time_also_where_the_process_is_another_one_meanwhile(file):
    with closing(Book(file)) as book:
        numbers = []
        for row in book.rows():
            numbers.append(row.number)
            if row.number == PEOPLE // 2:
                book.close()
    assert numbers == list(range(1, PEOPLE + 2))


@pytest.mark.parametrize("database", ["sqlite"])
def test_one_that_unpacks_to_more_than_memory_ends_that_process_alone():
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>' % (b"a" * 420 * MB)
    sheet = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (MAIN, cell)
    bomb = changed(workbook(["numero"]), SHEET, sheet)
    assert len(bomb) < files.MOST_BYTES
    found = seen(bomb)
    assert (found.state, found.problem) == (ImportState.FAILED, FileProblem.BOMB)
    assert counts(seen(workbook(["numero"], ["11 91234-5678"]))) == {"new": 1}


def test_one_of_which_a_part_is_no_sheet_is_damaged():
    book = workbook(["numero"], ["11 91234-5678"])
    found = seen(changed(book, SHEET, b"<worksheet><sheetData><row"))
    assert (found.state, found.problem) == (ImportState.FAILED, FileProblem.DAMAGED)
