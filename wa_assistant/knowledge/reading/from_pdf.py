"""The text of a PDF, page by page, under its headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from ...models import Defect
from . import hyphens, legible, ocr, pdf_page, running_heads, tables
from .blocks import MOST_CHARACTERS, PAGE, Block, Outline, Unreadable, clean
from .pdf_headings import Headings
from .pdf_page import Item, Line, Page, Table
from .pdf_words import HYPHEN

MOST_PAGES = 10_000
SENTENCE_ENDS = re.compile(r"[.!?:]$")
ITEM = re.compile(r"(?:[•●▪■◦‣–—*·☐☑➢✓]|\d{1,2}[.)]|[a-z][.)])\s", re.I)
AIRY = 0.9  # of a line's height: with more room above it, a line begins a paragraph

Entry = tuple[int, str]  # level and title
Contents = dict[int, list[Entry]]  # by page


def read(content: bytes) -> Iterator[Block]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable(Defect.ENCRYPTED if locked else Defect.BROKEN) from error
    try:
        document.init_forms()
        if len(document) > MOST_PAGES:
            raise Unreadable(Defect.TOO_LARGE)
        pages, contents = _pages(document), _contents(document)
    finally:
        document.close()
    running_heads.leave_out(pages)
    recognised = {number for number, page in enumerate(pages, 1) if page.is_recognised}
    for block in _Reader(pages, contents).blocks():
        yield replace(block, recognised=True) if block.at in recognised else block


def _pages(document: pypdfium2.PdfDocument) -> list[Page]:
    """Its pages as they are written, those that are pictures as they look; all of them, where
    what is written cannot be made out.
    """
    pages: list[Page] = []
    characters = 0
    for index in range(len(document)):
        page = pdf_page.read(document, index)
        characters += page.length
        if characters > MOST_CHARACTERS:
            raise Unreadable(Defect.BOMB)
        pages.append(page)
    has_pictures = any(page.is_picture for page in pages)
    is_legible = legible.is_legible(text for page in pages for text in page.texts())
    if ocr.languages() and (has_pictures or not is_legible):
        sight = ocr.Sight()
        pages = [
            pdf_page.read(document, index, sight) if page.is_picture or not is_legible else page
            for index, page in enumerate(pages)
        ]
    elif not is_legible:
        raise Unreadable(Defect.ILLEGIBLE)
    if all(page.is_picture or not page.length for page in pages):
        raise Unreadable(Defect.SCAN if has_pictures else Defect.NO_TEXT)
    return pages


class _Reader:
    """Makes blocks of the pages' lines and tables."""

    def __init__(self, pages: Sequence[Page], contents: Contents) -> None:
        self._pages, self._contents = pages, contents
        self._outline = Outline(PAGE)
        self._headings = None if contents else Headings(pages)
        lines = (each.text for page in pages for each in page.items if isinstance(each, Line))
        self._known = hyphens.vocabulary("\n".join(lines))
        self._lines: list[Line] = []  # of the paragraph that is being read
        self._title: tuple[int, list[Line]] | None = None  # a heading, which may have several
        self._names: tables.Cells = []  # of the last table's columns
        self._at = 1

    def blocks(self) -> Iterator[Block]:
        for number, page in enumerate(self._pages, 1):
            self._at = number
            entries = _placed(page.items, self._contents.get(self._at - 1, ()))
            for place, item in enumerate(page.items):
                for entry in entries.get(place, ()):
                    yield from self._paragraph()
                    # Its words are on the page, and read even with nothing beneath it.
                    self._outline.enter(*entry, at=self._at)
                yield from self._item(item)
            yield from self._paragraph()
            for note in page.notes:
                yield self._outline.block(note, self._at)
        yield from self._end_title()
        yield from self._outline.end()

    def _item(self, item: Item) -> Iterator[Block]:
        if isinstance(item, Table):
            yield from self._end_title()
            yield from self._paragraph()
            yield from self._rows(item)
            return
        self._names = []
        level = self._headings.level(item) if self._headings else None
        if level is not None:
            yield from self._paragraph()
            yield from self._titled(level, item)
            return
        yield from self._end_title()
        if self._lines and _begins(self._lines[-1], item):
            yield from self._paragraph()
        self._lines.append(item)

    def _titled(self, level: int, line: Line) -> Iterator[Block]:
        """Lines of one heading are one, where nothing stands between them."""
        if self._title and self._title[0] == level and not _is_apart(self._title[1][-1], line):
            self._title[1].append(line)
            return
        yield from self._end_title()
        self._title = (level, [line])

    def _end_title(self) -> Iterator[Block]:
        if self._title:
            level, lines = self._title
            self._title = None
            yield from self._outline.enter(level, self._joined(lines), self._at)

    def _paragraph(self) -> Iterator[Block]:
        lines, self._lines = self._lines, []
        if lines and (words := clean(self._joined(lines))):
            yield self._outline.block(words, self._at)

    def _joined(self, lines: Sequence[Line]) -> str:
        return hyphens.mended("\n".join(each.text for each in lines), self._known).replace(
            "\n", " "
        )

    def _rows(self, table: Table) -> Iterator[Block]:
        rows = [[clean(self._mended(cell)) for cell in row] for row in table.rows]
        names, body = tables.apart(rows)
        if names or len(self._names) != len(rows[0]):
            self._names = names
        for row in body:
            text = tables.named(self._names, row) if self._names else tables.line(row)
            if text:
                yield self._outline.block(text, self._at)

    def _mended(self, cell: str) -> str:
        return hyphens.mended(cell, self._known).replace("\n", " ")


def _begins(before: Line, line: Line) -> bool:
    """Whether a paragraph begins with `line`."""
    if before.text.endswith(HYPHEN):
        return False
    ended = SENTENCE_ENDS.search(before.text) or ITEM.match(line.text)
    return bool(ended) or _is_apart(before, line)


def _is_apart(before: Line, line: Line) -> bool:
    return before.bottom - line.top > AIRY * line.height


def _placed(items: Sequence[Item], entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Before which of a page's items the titles of its table of contents stand; one that is not on
    the page begins where the one before it does.
    """
    found: dict[int, list[Entry]] = {}
    began = 0
    for entry in entries:
        began = _place(items, entry[1], began)
        found.setdefault(began, []).append(entry)
    return found


def _place(items: Sequence[Item], title: str, began: int) -> int:
    """Where a line is the title, or begins with it, with or without a number."""
    lines = [each.text if isinstance(each, Line) else "" for each in items]
    words = r"\s+".join(map(re.escape, title.split()))
    for ending in (r"\W*$", r"(?!\w)"):
        line = re.compile(rf"^(?:[^\w\n]|\d)*{words}{ending}", re.I)
        for place in range(began, len(lines) if words else 0):
            if line.search(" ".join(lines[place : place + 2])) or line.search(lines[place]):
                return place
    return began


def _contents(document: pypdfium2.PdfDocument) -> Contents:
    found: Contents = {}
    try:
        for entry in document.get_toc(max_depth=6):
            target = entry.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                found.setdefault(index, []).append((entry.level, clean(entry.get_title())))
    except pypdfium2.PdfiumError:
        return {}
    return found
