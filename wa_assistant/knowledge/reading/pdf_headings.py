"""Which lines of a PDF are headings, by how large and how bold they are.

Where the file has a table of contents, that is asked instead (from_pdf.py).
"""

import re
from collections import Counter
from collections.abc import Sequence

from .pdf_page import Line, Page

LARGER = 1.12  # than the letters of the text
LONGEST = 120  # characters
MOST = 0.3  # of all characters: with more, it is a poster
LETTERS = 0.5  # of what a heading has: a price in large letters is none
ENDS = re.compile(r"[.,;]$")
DEEPEST = 6


class Headings:
    """Tells the level of a heading's line, 1 the highest; None for all other lines."""

    def __init__(self, pages: Sequence[Page]) -> None:
        lines = [each for page in pages for each in page.items if isinstance(each, Line)]
        lengths: Counter[tuple[float, bool]] = Counter()
        for each in lines:
            lengths[round(each.height, 1), each.bold] += len(each.text)
        self._size, self._bold = max(lengths, key=lambda each: lengths[each], default=(0.0, True))
        sizes = {round(each.height, 1) for each in lines if self._is_larger(each)}
        ordered = sorted(sizes, reverse=True)[: DEEPEST - 1]
        self._levels = {size: level for level, size in enumerate(ordered, 1)}
        told = sum(len(each.text) for each in lines if self._may_be(each))
        self._none = told > MOST * sum(lengths.values())

    def level(self, line: Line) -> int | None:
        if self._none or not self._may_be(line):
            return None
        deepest = len(self._levels) + 1
        return self._levels.get(round(line.height, 1), deepest)

    def _is_larger(self, line: Line) -> bool:
        return line.height >= LARGER * self._size

    def _may_be(self, line: Line) -> bool:
        text = line.text.replace(" ", "")
        if not text or len(text) > LONGEST or ENDS.search(text):
            return False
        is_words = sum(map(str.isalpha, text)) >= max(3, LETTERS * len(text))
        stands_out = line.bold and not self._bold and line.height >= 0.95 * self._size
        return is_words and (self._is_larger(line) or stands_out)
