"""Tables for spreadsheets, CSV and XLSX, written while they are being sent: a part at a time.

What begins like a formula is none there. In CSV an apostrophe stands before it, as people type it
themselves; XLSX says of each cell that it is text. `unguarded` takes the apostrophe away again, so
that what comes back is what was given.
"""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

from ..database import snapshot

Cell = str | int | float | Decimal | None
Rows = Iterable[Iterable[Cell]]

MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
# What a spreadsheet takes for a formula where a cell begins with it; guarded already or not.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
PLAIN_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
PART = 64 * 1024  # bytes
LINES = 200  # of CSV that are a part
COMMA, SEMICOLON = ",", ";"
IN_MEMORY = 1024 * 1024  # bytes of a file that is not on the disk yet

# No character of XML, or one that a spreadsheet reads as another.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BESIDES = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # The second style is text, and stays text where somebody edits it.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" xfId="0"/>'
    '<xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def guarded(value: Cell) -> str:
    """As text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    is_safe = not FORMULA.match(text) or PLAIN_NUMBER.fullmatch(text)
    return text if is_safe else f"'{text}"


def unguarded(text: str) -> str:
    """What `guarded` was given, as text."""
    is_guarded = text.startswith("'") and FORMULA.match(text)
    return text[1:] if is_guarded else text


def written(number: Decimal, mark: str = ".") -> str:
    """In its plain form; so that three decimals are not taken for thousands, with one more."""
    plain = f"{number:f}"
    whole, _, decimals = plain.partition(".")
    decimals = decimals.rstrip("0")
    decimals += "0" if len(decimals) == 3 else ""
    return f"{whole}{mark}{decimals}" if decimals else whole


def of_one_moment(made: Callable[[], Iterable[bytes]]) -> IO[bytes]:
    """A file of these parts, from its beginning, which nobody else can open and which goes when it
    is closed: what `made` reads of the database is all of one moment, and however slowly somebody
    takes the file, nothing of the database is held."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with snapshot():
        for part in made():
            file.write(part)
    file.seek(0)
    return file


def csv_parts(rows: Rows, delimiter: str) -> Iterator[bytes]:
    """The rows as CSV in UTF-8, marked as such."""
    yield MARK.encode()
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=delimiter)
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded(value) for value in row])
        if number % LINES == 0:
            yield _taken(lines)
    yield _taken(lines)


def xlsx_parts(rows: Rows, title: str) -> Iterator[bytes]:
    """The rows as a workbook of one sheet, of which the first row stays in sight."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in BESIDES.items():
            package.writestr(name, HEAD + text)
        name = re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "1"
        package.writestr("xl/workbook.xml", HEAD + WORKBOOK.format(title=_xml(name)))
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in _sheet(rows):
                sheet.write(part.encode())
                if sink.size > PART:
                    yield sink.taken()
    yield sink.taken()


def _sheet(rows: Rows) -> Iterator[str]:
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '</sheetView></sheetViews><cols><col min="1" max="3" width="24" customWidth="1"/></cols>'
        "<sheetData>"
    )
    for row in rows:
        yield f"<row>{''.join(map(_cell, row))}</row>"
    yield "</sheetData></worksheet>"


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, int | float | Decimal):
        return f"<c><v>{value}</v></c>"
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{_xml(value)}</t></is></c>'


def _xml(text: str) -> str:
    # A carriage return would be read as a line feed; written so it stays what it is.
    told = ESCAPED.sub("_x005F_", NO_XML.sub("", text)).replace("\r", "_x000D_")
    return escape(told, {'"': "&quot;"})


def _taken(lines: io.StringIO) -> bytes:
    text = lines.getvalue()
    lines.seek(0)
    lines.truncate()
    return text.encode(errors="replace")


class _Sink:
    """Keeps what is written until it is taken; without `seek`, zipfile never goes back in it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes, /) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        found, self._parts, self.size = b"".join(self._parts), [], 0
        return found
