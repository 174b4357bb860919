"""A file's text, whatever it was written with: blocks in order, or the reason why not.

Only the process that reads documents imports this (child.py): formats take large libraries.
"""

from collections.abc import Iterator

from ...models import Defect, DocumentKind
from . import from_csv, from_docx, from_html, from_pdf, from_text, legible
from .blocks import Block, Unreadable
from .decode import decode
from .kinds import check


def read(kind: DocumentKind, content: bytes) -> list[Block]:
    """The blocks of a file, at least one; raises Unreadable."""
    check(content)
    blocks = [block for block in _read(kind, content) if block.text]
    if not blocks:
        raise Unreadable(Defect.NO_TEXT)
    if not legible.is_legible(block.text for block in blocks):
        raise Unreadable(Defect.ILLEGIBLE)
    return blocks


def _read(kind: DocumentKind, content: bytes) -> Iterator[Block]:
    if kind == DocumentKind.PDF:
        return from_pdf.read(content)
    if kind == DocumentKind.DOCX:
        return from_docx.read(content)
    text = decode(content, declares=kind == DocumentKind.HTML)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable(Defect.EMPTY)
    readers = {
        DocumentKind.MARKDOWN: from_text.read_markdown,
        DocumentKind.TEXT: from_text.read_text,
        DocumentKind.HTML: from_html.read,
        DocumentKind.CSV: from_csv.read,
    }
    return readers[kind](text)
