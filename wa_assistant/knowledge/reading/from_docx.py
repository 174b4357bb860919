"""The text of a Word document: paragraphs and tables in order, under its headings."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as Docx
from docx.opc.exceptions import OpcError
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from ...models import Defect
from .blocks import MOST_CHARACTERS, Block, Outline, Unreadable
from .docx_words import TABLE, P, inside, rows, words

OLE = b"\xd0\xcf\x11\xe0"  # an older Word's document, or what wraps one that has a password
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the name of what lies in that
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all its parts
MOST_XML = 40 * 1024 * 1024  # of those that are parsed, which takes ten times as much memory
MOST_PARTS = 5_000
HEADING = re.compile(r"(?:heading|título|titulo)\s*(\d)", re.I)
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
        raise Unreadable(Defect.ENCRYPTED if LOCKED in content else Defect.BROKEN)
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


def _blocks(document: Docx) -> Iterator[Block]:
    outline = Outline()
    addresses = {id_: rel.target_ref for id_, rel in document.part.rels.items() if rel.is_external}
    characters = 0
    for number, item in enumerate(inside(document.element.body, P, TABLE), start=1):
        if item.tag == TABLE:
            texts = rows(item, addresses)
        elif (level := _level(Paragraph(item, document))) is not None:
            yield from outline.enter(level, words(item, addresses), number)
            continue
        else:
            texts = iter([words(item, addresses)])
        for text in filter(None, texts):
            characters += len(text)
            if characters > MOST_CHARACTERS:
                raise Unreadable(Defect.BOMB)
            yield outline.block(text, number)
    yield from outline.end()


def _level(paragraph: Paragraph) -> int | None:
    """0 for the title, 1 to 9 for a heading, None for all others."""
    name = (paragraph.style.name if paragraph.style else "") or ""
    if name.casefold() == "title":
        return 0
    found = HEADING.match(name)
    return int(found[1]) if found else None
