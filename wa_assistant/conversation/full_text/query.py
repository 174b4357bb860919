"""The words that are asked for: whether a text has all of them, and where they stand in it.

Words are compared as the knowledge base does, by their forms and stems, and none is left out: who
looks for "não" means it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...understanding import stems

LONGEST = 200  # characters that are asked for
MOST_WORDS = 12
EXCERPT = 220  # characters of a text that are shown
BEFORE = 60  # of these, before the first word that was asked for
# What is one word as stems.py reads it, in a text as it was written.
TOKEN = re.compile(rf"{stems.PHONE.pattern}|\d+(?:[.,]\d{{3}}(?!\d))+|{stems.WORD.pattern}")


class Piece(NamedTuple):
    """A part of an excerpt, and whether it is a word that was asked for."""

    words: str
    is_meant: bool


class Query(NamedTuple):
    """Each of its words by all that it is found by: its form, and its stems."""

    words: tuple[frozenset[str], ...]

    def fits(self, text: Iterable[str]) -> bool:
        """Whether all of its words are in the text, wherever in it."""
        there = held(text)
        return all(not word.isdisjoint(there) for word in self.words)

    def has(self, token: str) -> bool:
        there = _of_token(token)
        return any(not word.isdisjoint(there) for word in self.words)


def read(asked: str) -> Query | None:
    """The query that `asked` is; None where there is no word in it."""
    terms = dict.fromkeys(stems.terms(asked[:LONGEST], stems.NONE))
    words = [frozenset(stems.alternatives(each)) for each in terms][:MOST_WORDS]
    return Query(tuple(words)) if words else None


def held(text: Iterable[str]) -> set[str]:
    """All that a text is found by."""
    terms = (term for part in text for term in stems.terms(part, stems.NONE))
    return {stem for term in terms for stem in stems.alternatives(term)}


@lru_cache(maxsize=20_000)
def _of_token(token: str) -> frozenset[str]:
    return frozenset(held([token]))


def excerpt(text: Iterable[str], query: Query) -> list[Piece]:
    """What of a text shows why it was found, on one line and cut between words: from a little
    before the first word that was asked for."""
    parts = [" ".join(unicodedata.normalize("NFC", part).split()) for part in text]
    said = next((part for part in parts if any(_meant(part, query))), " ".join(parts))
    first = next(_meant(said, query), (0, 0))[0]
    begin, end = _window(said, first)
    pieces = list(_pieces(said[begin:end], query))
    before = [Piece("… ", False)] if begin else []
    after = [Piece(" …", False)] if end < len(said) else []
    return [*before, *pieces, *after]


def _meant(said: str, query: Query) -> Iterator[tuple[int, int]]:
    """Where the words that were asked for begin and end."""
    return (found.span() for found in TOKEN.finditer(said) if query.has(found[0]))


def _window(said: str, first: int) -> tuple[int, int]:
    """From where to where is shown, where the first word meant stands at `first`."""
    if len(said) <= EXCERPT:
        return 0, len(said)
    begin = max(0, min(first - BEFORE, len(said) - EXCERPT))
    if begin:
        blank = said.find(" ", begin, first)
        begin = blank + 1 if blank >= 0 else first
    end = begin + EXCERPT
    if end < len(said):
        blank = said.rfind(" ", first, end)
        end = blank if blank > first else end
    return begin, end


def _pieces(said: str, query: Query) -> Iterator[Piece]:
    edges = [0, *(edge for span in _meant(said, query) for edge in span), len(said)]
    for place, (begin, end) in enumerate(pairwise(edges)):
        if begin < end:
            yield Piece(said[begin:end], place % 2 == 1)
