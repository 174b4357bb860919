"""The straight lines that are drawn on a PDF's page: the frames of its tables."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from .pdf_letters import Box
from .pdf_words import turning

MOST_DRAWN = 5_000  # things of a page: a map or a plan is no table
MOST_POINTS = 400  # of one of them
THIN, LONG = 3.0, 6.0  # points
STRAIGHT = 0.5

Rule = tuple[float, float, float]  # where it is, and from where to where it goes
Point = tuple[float, float]


@dataclass
class Rules:
    """Those that go across the page, and those that go down."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)


def rules(page: pypdfium2.PdfPage) -> Rules:
    turned, found = turning(page), Rules()
    drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    for number, each in enumerate(drawn):
        if number == MOST_DRAWN:
            return Rules()
        for box in _boxes(each):
            _take(found, turned(box))
    return found


def _take(found: Rules, box: Box) -> None:
    """A thin box is one line, another has four edges."""
    left, bottom, right, top = box
    if top - bottom <= THIN and right - left >= LONG:
        found.across.append(((top + bottom) / 2, left, right))
    elif right - left <= THIN and top - bottom >= LONG:
        found.down.append(((left + right) / 2, bottom, top))
    elif right - left >= LONG and top - bottom >= LONG:
        found.across += [(bottom, left, right), (top, left, right)]
        found.down += [(left, bottom, top), (right, bottom, top)]


def _boxes(drawn: pypdfium2.PdfObject) -> Iterator[Box]:
    """What a path draws: a line or a box, or many of them in one go."""
    count = raw.FPDFPath_CountSegments(drawn.raw)
    if count <= 6:
        yield drawn.get_bounds()
    elif count <= MOST_POINTS:
        yield from _straight(drawn, count)


def _straight(drawn: pypdfium2.PdfObject, count: int) -> Iterator[Box]:
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: Point | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn.raw, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = matrix.on_point(x.value, y.value)
        is_line = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if is_line and before is not None:
            (x1, y1), (x2, y2) = before, here
            if abs(x1 - x2) <= STRAIGHT or abs(y1 - y2) <= STRAIGHT:
                yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        before = here
