"""A file's text, whatever it was written with: blocks in order, or the reason why not."""

from collections.abc import Iterator

from ...models import Defect, DocumentKind
from . import from_csv, from_docx, from_html, from_pdf, from_text
from .blocks import LARGEST, Block, Unreadable
from .decode import decode

__all__ = ["ENDINGS", "LARGEST", "Unreadable", "check", "kind_of", "read"]

ENDINGS = {
    "pdf": DocumentKind.PDF,
    "docx": DocumentKind.DOCX,
    "md": DocumentKind.MARKDOWN,
    "markdown": DocumentKind.MARKDOWN,
    "txt": DocumentKind.TEXT,
    "text": DocumentKind.TEXT,
    "html": DocumentKind.HTML,
    "htm": DocumentKind.HTML,
    "csv": DocumentKind.CSV,
}


def kind_of(name: str) -> DocumentKind | None:
    """By the name's ending; None for what we cannot read."""
    return ENDINGS.get(name.rpartition(".")[2].casefold()) if "." in name else None


def check(content: bytes) -> None:
    """What is refused before anything is read; raises Unreadable."""
    if not content:
        raise Unreadable(Defect.EMPTY)
    if len(content) > LARGEST:
        raise Unreadable(Defect.TOO_LARGE)


def read(kind: DocumentKind, content: bytes) -> list[Block]:
    """The blocks of a file, at least one; raises Unreadable."""
    check(content)
    blocks = [block for block in _read(kind, content) if block.text]
    if not blocks:
        raise Unreadable(Defect.NO_TEXT)
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
