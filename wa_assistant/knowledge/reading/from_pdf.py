"""The text of a PDF, page by page, with the headings of its table of contents where it has one."""

import re
from collections.abc import Iterable, Iterator

import pypdfium2
from pypdfium2 import raw

from ...models import Defect
from .blocks import MOST_CHARACTERS, PAGE, Block, Outline, Unreadable, clean

MOST_PAGES = 10_000
HYPHENATED = re.compile(r"(\w)[-\ufffe\u0002]\n(?=[a-zà-ÿ])")
PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?:])\n")
STAMP = 60  # characters: what a scanner's own mark and a page's number have at most
MOST_OF_IT = 0.8

Entry = tuple[int, str]  # level and title


def read(content: bytes) -> Iterator[Block]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Unreadable(Defect.ENCRYPTED if locked else Defect.BROKEN) from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(Defect.TOO_LARGE)
        yield from _pages(document)
    finally:
        document.close()


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Block]:
    contents, outline = _contents(document), Outline(PAGE)
    characters = 0
    is_scan = True
    for index in range(len(document)):
        text, is_picture = _page(document, index)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise Unreadable(Defect.BOMB)
        is_scan = is_scan and (is_picture or not text)
        for heading, part in _sections(text, contents.get(index, ())):
            if heading:
                # Its words are on the page: where nothing is beneath it, it is read all the same.
                outline.enter(*heading, at=index + 1)
            for paragraph in PARAGRAPH.split(part):
                if words := clean(paragraph.replace("\n", " ")):
                    yield outline.block(words, index + 1)
    if is_scan:
        raise Unreadable(Defect.SCAN)


def _page(document: pypdfium2.PdfDocument, index: int) -> tuple[str, bool]:
    """A page's text, and whether it is a picture with hardly any.

    A page that cannot be read is as if it were empty.
    """
    try:
        page = document[index]
        text_page = page.get_textpage()
        text = str(text_page.get_text_bounded())
        is_picture = len(text.strip()) <= STAMP and _is_covered(page)
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return "", False
    text = HYPHENATED.sub(r"\1", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text, is_picture


def _is_covered(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures take up most of the page."""
    area = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        area += (right - left) * (top - bottom)
    width, height = page.get_size()
    return bool(area > MOST_OF_IT * width * height)


def _sections(text: str, entries: Iterable[Entry]) -> Iterator[tuple[Entry | None, str]]:
    """A page's text cut where the titles of its table of contents stand; else where it begins."""
    heading, began = None, 0
    for entry in entries:
        place = _place(text, entry[1], began)
        yield heading, text[began:place]
        heading, began = entry, place
    yield heading, text[began:]


def _place(text: str, title: str, began: int) -> int:
    """Where a line is the title, or begins with it, with or without a number."""
    words = r"\s+".join(map(re.escape, title.split()))
    for ending in (r"\W*$", r"(?!\w)"):
        line = re.compile(rf"^(?:[^\w\n]|\d)*{words}{ending}", re.I | re.M)
        if words and (found := line.search(text, began)):
            return found.start()
    return began


def _contents(document: pypdfium2.PdfDocument) -> dict[int, list[Entry]]:
    """The entries of its table of contents by page."""
    found: dict[int, list[Entry]] = {}
    try:
        for entry in document.get_toc(max_depth=6):
            target = entry.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                found.setdefault(index, []).append((entry.level, clean(entry.get_title())))
    except pypdfium2.PdfiumError:
        return {}
    return found
