"""What WhatsApp shows in bold, in italics, struck through and as code, where a text is cut."""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import regex

FENCE = regex.compile(r"(```).+?```", regex.DOTALL)
# Where each mark begins something, and where it ends it; never over the end of a line.
MARKS = {
    mark: (
        regex.compile(rf"(?<![\w{each}]){each}(?=[^\s{each}])"),
        regex.compile(rf"(?<=\S){each}(?![\w{each}])|\n"),
    )
    for mark, each in (("*", r"\*"), ("_", "_"), ("~", "~"))
}


class Span(NamedTuple):
    """`begins` behind the mark that opens it, and `ends` behind the one that closes it."""

    begins: int
    ends: int


class Marked:
    """What is marked in `text`, which is cut from its beginning to its end.

    All of it is found at once: a text may be cut as often as it is long.
    """

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._fences = deque(Span(found.end(1), found.end()) for found in FENCE.finditer(text))
        self._spans = {mark: deque(_spans(text, mark)) for mark in MARKS}

    def left_open(self, left: int) -> list[str]:
        """The marks that a cut leaves open where so much is `left` behind it, the outermost first.
        No later cut leaves more."""
        cut = self._size - left
        if _over(self._fences, cut) is not None:
            return ["```"]
        over = {mark: span for mark in MARKS if (span := _over(self._spans[mark], cut))}
        return sorted(over, key=lambda mark: over[mark].begins)


def _over(spans: deque[Span], cut: int) -> Span | None:
    while spans and spans[0].ends <= cut:
        spans.popleft()
    return spans[0] if spans and spans[0].begins < cut else None


def _spans(text: str, mark: str) -> Iterator[Span]:
    """Each place is looked at once: the next end is that of all that begin before it."""
    begins, ends = MARKS[mark]
    ending = ends.finditer(text)
    end, after = next(ending, None), 0
    for opened in begins.finditer(text):
        while end is not None and end.start() <= opened.end():
            end = next(ending, None)
        if end is None:
            return
        if opened.start() >= after and end[0] != "\n":
            yield Span(opened.end(), end.end())
            after = end.end()
