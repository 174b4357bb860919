"""The text of a Word document: paragraphs and tables in order, under its headings."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as Docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from ..models import Defect
from .blocks import MOST_CHARACTERS, PARAGRAPH, Block, Outline, Unreadable, clean

OLE = b"\xd0\xcf\x11\xe0"  # what Word wraps a document in when it has a password
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all its parts
MOST_XML = 40 * 1024 * 1024  # of those that are parsed, which takes ten times as much memory
MOST_PARTS = 5_000
HEADING = re.compile(r"(?:heading|título|titulo)\s*(\d)", re.I)
PARTS = ("[Content_Types].xml", "word/document.xml")
TROUBLES = (
    *(OpcError, LxmlError, zipfile.BadZipFile, zlib.error, NotImplementedError),
    *(KeyError, ValueError, AttributeError, RuntimeError, EOFError, IndexError, TypeError),
)


def read(content: bytes) -> Iterator[Block]:
    _check(content)
    try:
        document = docx.Document(io.BytesIO(content))
        blocks = list(_blocks(document))
    except TROUBLES as error:
        raise Unreadable(Defect.BROKEN) from error
    yield from blocks


def _check(content: bytes) -> None:
    """Look at the archive's list before anything is unpacked."""
    if content.startswith(OLE):
        raise Unreadable(Defect.ENCRYPTED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(Defect.BROKEN) from error
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or xml > MOST_XML:
        raise Unreadable(Defect.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Defect.ENCRYPTED)
    if not set(PARTS) <= {part.filename for part in parts}:
        raise Unreadable(Defect.BROKEN)


def _blocks(document: Docx) -> Iterator[Block]:
    outline = Outline()
    characters = 0
    for number, item in enumerate(document.iter_inner_content(), start=1):
        if isinstance(item, Table):
            texts = _rows(item)
        elif level := _level(item):
            outline.enter(level, clean(item.text))
            continue
        else:
            texts = [clean(item.text)]
        for text in filter(None, texts):
            characters += len(text)
            if characters > MOST_CHARACTERS:
                raise Unreadable(Defect.BOMB)
            yield Block(text, outline.path, number, PARAGRAPH)


def _level(paragraph: Paragraph) -> int:
    """1 to 9 for a heading, 0 for all others."""
    name = (paragraph.style.name if paragraph.style else "") or ""
    if name.casefold() == "title":
        return 1
    found = HEADING.match(name)
    return int(found[1]) if found else 0


def _rows(table: Table) -> list[str]:
    rows = []
    for row in table.rows:
        # A cell that spans several columns comes once for each of them.
        cells = dict.fromkeys(clean(cell.text).replace("\n", " ") for cell in row.cells)
        rows.append(" | ".join(filter(None, cells)))
    return rows
