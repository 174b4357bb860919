"""A page of a PDF as people see it: its lines and tables in the order of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from . import pdf_forms, pdf_rows, pdf_rules, pdf_tables, pdf_words
from .ocr import Sight
from .pdf_words import HYPHEN, Word

LINE = 0.5  # of the smaller height: what words of one line have in common
MARGIN = 0.06  # of a page's height or width: nobody writes there, but who stamps a page does
STAMP = 60  # characters: what a scanner's own mark and a page's number have at most
MOST_OF_IT = 0.8


@dataclass(slots=True)
class Line:
    """`height` is that of its letters, with their font's own room above and below."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool
    height: float


@dataclass(slots=True)
class Table:
    """All its rows have the same number of cells."""

    rows: list[list[str]]
    left: float
    bottom: float
    right: float
    top: float


Item = Line | Table


@dataclass(slots=True)
class Page:
    """`is_picture`: pictures take up most of it, and hardly anything is written there but in its
    margins, where whoever signs or files a scan puts a stamp. `is_recognised`: it was read as it
    looks.
    """

    items: list[Item]
    notes: list[str]
    height: float
    is_picture: bool = False
    is_recognised: bool = False

    @property
    def length(self) -> int:
        return sum(map(len, self.texts()))

    def texts(self) -> Iterator[str]:
        """What is written on it, in lines and cells."""
        for each in self.items:
            if isinstance(each, Line):
                yield each.text
            else:
                for row in each.rows:
                    yield from row


def read(document: pypdfium2.PdfDocument, index: int, sight: Sight | None = None) -> Page:
    """A page; with `sight`, as it looks, whatever is written in it. One that cannot be read is as
    if it were empty.
    """
    try:
        page = document[index]
        try:
            return _seen(page, sight) if sight else _told(document, page)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return Page([], [], 0.0)


def _told(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Page:
    words = pdf_forms.with_fields(pdf_words.words(page), document, page)
    items = list(_items(words, pdf_rules.rules(page)))
    found = Page(items, pdf_forms.notes(page), page.get_height())
    found.is_picture = _length_within(words, page) <= STAMP and _is_covered(page)
    return found


def _length_within(words: Iterable[Word], page: pypdfium2.PdfPage) -> int:
    """How many characters are written within a page's margins."""
    width, height = page.get_size()
    across, along = MARGIN * width, MARGIN * height
    return sum(
        len(each.text)
        for each in words
        if across < each.right
        and each.left < width - across
        and along < each.top
        and each.bottom < height - along
    )


def _seen(page: pypdfium2.PdfPage, sight: Sight) -> Page:
    items = list(_items(sight.words(page), pdf_rules.Rules()))
    found = Page(items, pdf_forms.notes(page), page.get_height())
    found.is_picture = found.length <= STAMP
    found.is_recognised = not found.is_picture
    return found


def _items(words: list[Word], rules: pdf_rules.Rules) -> Iterator[Item]:
    """Each table stands where the file tells its first word."""
    starts: dict[int, Table] = {}
    taken: set[int] = set()
    for grid in pdf_tables.find(words, rules):
        held = [each for line in grid.lines for each in line]
        orders = [each.order for each in held]
        starts[min(orders)] = Table(pdf_rows.rows(grid, rules), *_around(held))
        taken.update(orders)
    line: list[Word] = []
    for word in words:
        is_taken = word.order in taken
        if line and (is_taken or not _goes_on(line[-1], word)):
            yield _line(line)
            line = []
        if word.order in starts:
            yield starts[word.order]
        if not is_taken:
            line.append(word)
    if line:
        yield _line(line)


def _goes_on(before: Word, word: Word) -> bool:
    shared = min(before.top, word.top) - max(before.bottom, word.bottom)
    is_beside = shared > LINE * min(before.height, word.height)
    return is_beside and word.left >= before.left and not before.text.endswith(HYPHEN)


def _line(words: list[Word]) -> Line:
    bold = sum(len(each.text) for each in words if each.bold)
    length = sum(len(each.text) for each in words)
    height = max(words, key=lambda each: len(each.text)).height
    text = " ".join(each.text for each in words)
    return Line(text, *_around(words), bold=bold > length / 2, height=height)


def _around(words: Iterable[Word]) -> tuple[float, float, float, float]:
    boxes = [(each.left, each.bottom, each.right, each.top) for each in words]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _is_covered(page: pypdfium2.PdfPage) -> bool:
    area = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        area += (right - left) * (top - bottom)
    width, height = page.get_size()
    return bool(area > MOST_OF_IT * width * height)
