"""The sentences of a passage that fit a question best, for an answer without a model."""

from collections.abc import Sequence
from itertools import pairwise

from ..understanding import stems
from . import sentences
from .sentences import Sentence

MOST_CHARACTERS = 450
FITS_TOO = 0.5  # as well as the best


def excerpt(question: str, text: str) -> str:
    """The sentence of `text` that fits best, with those beside it that fit too, and what follows a
    heading or a question. A longer one is cut. Empty where `text` says nothing.
    """
    said = sentences.read(text)
    if not said:
        return ""
    fits = _fits(question, said)
    best = max(range(len(said)), key=lambda place: (fits[place], -place))
    first, last = _widened(said, fits, best)
    found = _joined(said[first : last + 1])
    if len(found) <= MOST_CHARACTERS:
        return found
    return found[:MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _widened(said: Sequence[Sentence], fits: Sequence[float], best: int) -> tuple[int, int]:
    """From where to where it is quoted."""
    first = last = best
    # What nothing in it fits was found by the heading above it.
    leads = {best} if fits[best] else {-1, best}

    def fits_too(place: int) -> bool:
        return 0 < fits[best] * FITS_TOO <= fits[place]

    while True:
        wider = []
        if last + 1 < len(said) and (fits_too(last + 1) or said[last + 1].after in leads):
            wider.append((first, last + 1))
        if first > 0 and (fits_too(first - 1) or said[first].after == first - 1):
            wider.append((first - 1, last))
        wider = [each for each in wider if _is_short(said[each[0] : each[1] + 1])]
        if not wider:
            break
        first, last = max(wider, key=lambda each: sum(fits[each[0] : each[1] + 1]))
        leads |= {first, last}
    while last > best and said[last].leads:  # what it leads to found no room
        last -= 1
    return first, last


def _is_short(said: Sequence[Sentence]) -> bool:
    return len(_joined(said)) <= MOST_CHARACTERS


def _joined(said: Sequence[Sentence]) -> str:
    """As it stands in the passage, line by line."""
    found = said[0].text
    for before, each in pairwise(said):
        found += (" " if each.line == before.line else "\n") + each.text
    return found


def _fits(question: str, said: Sequence[Sentence]) -> list[float]:
    """How well each sentence fits. A word that many of them have tells little."""
    held = [_forms(each.text) for each in said]
    fits = [0.0] * len(said)
    for term in set(stems.terms(question)):
        sought = set(stems.alternatives(term))
        having = [place for place, forms in enumerate(held) if forms & sought]
        for place in having:
            fits[place] += 1 / len(having)
    return fits


def _forms(text: str) -> set[str]:
    return {form for term in stems.terms(text) for form in stems.alternatives(term)}
