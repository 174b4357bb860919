"""The text of a Word document: paragraphs and tables in order, under its headings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn

from ...models import Defect
from . import docx_package, from_html, from_text, page_numbers, tables
from .blocks import MOST_CHARACTERS, Block, Outline, Unreadable
from .decode import decode
from .docx_package import TROUBLES
from .docx_styles import Styles
from .docx_words import TABLE, P, Row, Words, inside

CHUNK = qn("w:altChunk")  # another document that was put into this one
NOTES = (("foot", "footnotes", qn("w:footnote")), ("end", "endnotes", qn("w:endnote")))
DEEPEST = 2  # documents within documents

Element = Any  # lxml has no types


def read(content: bytes) -> Iterator[Block]:
    yield from _read(content, 0)


def _read(content: bytes, depth: int) -> list[Block]:
    try:
        return list(_Reader(docx_package.opened(content), depth).blocks())
    except TROUBLES as error:
        raise Unreadable(Defect.BROKEN) from error


class _Reader:
    def __init__(self, document: Document, depth: int) -> None:
        self._document, self._depth = document, depth
        self._words = _words(document.part)
        self._words.notes = dict(_notes(document))
        styles, numbering = (
            next((docx_package.root(each) for each in docx_package.parts(document, kind)), None)
            for kind in ("styles", "numbering")
        )
        self._styles = Styles(styles, numbering)
        self._outline = Outline()
        self._characters = 0
        self._at = 1

    def blocks(self) -> Iterator[Block]:
        for block in (*self._edges("header"), *self._body(), *self._edges("footer")):
            self._characters += len(block.text)
            if self._characters > MOST_CHARACTERS:
                raise Unreadable(Defect.BOMB)
            yield block

    def _body(self) -> Iterator[Block]:
        for number, item in enumerate(
            inside(self._document.element.body, P, TABLE, CHUNK), start=1
        ):
            self._at = number
            if item.tag == TABLE:
                yield from self._table(list(self._words.rows(item)))
            elif item.tag == CHUNK:
                yield from self._chunk(item)
            else:
                yield from self._paragraph(item)
        yield from self._outline.end()

    def _paragraph(self, item: Element) -> Iterator[Block]:
        text = self._words.of(item)
        number = self._styles.number(item) if text else ""
        text = f"{number} {text}".strip()
        level = self._styles.level(item)
        if level is not None:
            yield from self._outline.enter(level, text, self._at)
        elif text:
            yield self._outline.block(text, self._at)

    def _table(self, rows: Sequence[Row]) -> Iterator[Block]:
        lying = [row for row in rows if not row.within]
        heads = next((at for at, row in enumerate(lying) if not row.is_head), len(lying))
        names, told = tables.apart([row.cells for row in lying], heads)
        first = len(lying) - len(told)
        at = 0
        for row in rows:
            if row.within:
                yield from self._table(row.within)
                continue
            yield from self._row(row, names, is_head=at < first)
            at += 1

    def _row(self, row: Row, names: tables.Cells, *, is_head: bool) -> Iterator[Block]:
        if text := tables.line(row.cells):
            named = "" if is_head or not names else tables.named(names, row.cells)
            block = self._outline.block(text, self._at)
            yield replace(block, named=named, head=is_head)

    def _chunk(self, item: Element) -> Iterator[Block]:
        """Its blocks, under the headings that are in force here."""
        part = self._document.part.related_parts.get(item.get(qn("r:id")))
        for block in _part(part, self._depth + 1) if part else ():
            headings = (*self._outline.path, *block.headings)
            yield replace(self._outline.block(block.text, self._at), headings=headings)

    def _edges(self, kind: str) -> Iterator[Block]:
        """What stands above or below the text of each page, each line once."""
        said: set[str] = set()
        for part in docx_package.parts(self._document, kind):
            words = _words(part)
            for item in inside(docx_package.root(part), P, TABLE):
                lines = (
                    [words.of(item)]
                    if item.tag == P
                    else [tables.line(row.cells) for row in words.rows(item)]
                )
                for line in lines:
                    text, number = page_numbers.apart(line)
                    if text and text not in said and (number is None or not text.isdigit()):
                        said.add(text)
                        yield Block(text, at=self._at)


def _words(part: Part) -> Words:
    return Words({id_: rel.target_ref for id_, rel in part.rels.items() if rel.is_external})


def _notes(document: Document) -> Iterator[tuple[str, str]]:
    for name, kind, tag in NOTES:
        for part in docx_package.parts(document, kind):
            words = _words(part)
            for note in docx_package.root(part).iterchildren(tag):
                said = " ".join(words.of(each) for each in inside(note, P))
                yield f"{name}{note.get(qn('w:id'))}", " ".join(said.split())


def _part(part: Part, depth: int) -> list[Block]:
    """The blocks of a document within the document; none of a kind that is not read."""
    if depth > DEEPEST:
        return []
    name, kind = str(part.partname).casefold(), part.content_type.casefold()
    if "wordprocessingml" in kind or name.endswith(".docx"):
        return _read(part.blob, depth)
    if "html" in kind or name.endswith((".html", ".htm", ".xhtml")):
        return list(from_html.read(decode(part.blob, declares=True)))
    if kind.startswith("text/plain") or name.endswith(".txt"):
        return list(from_text.read_text(decode(part.blob)))
    return []
