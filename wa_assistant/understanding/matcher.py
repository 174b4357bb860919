"""The one matcher of phrases: whether a message is made of known phrases, and of nothing else.

A message means something only as a whole. "Não concordo" holds "concordo", and "quero sair do
evento" holds "quero sair": a word that belongs to no phrase makes the whole unknown.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from .normalise import squeezed
from .slips import Slips

T = TypeVar("T")


class Matcher(Generic[T]):
    """Tells what the phrases mean that some words are made of.

    `vocabulary`: the phrases of each meaning, no phrase under two of them. `mends_slips`: a
    mistyped long word is read as the one that was meant.
    """

    def __init__(self, vocabulary: Mapping[T, Iterable[str]], *, mends_slips: bool = False) -> None:
        self._meanings = {
            squeezed(phrase): meaning for meaning, known in vocabulary.items() for phrase in known
        }
        self._most_words = max(phrase.count(" ") + 1 for phrase in self._meanings)
        words = (word for phrase in self._meanings for word in phrase.split())
        self._slips = Slips(words if mends_slips else ())

    def read(self, words: Sequence[str]) -> frozenset[T] | None:
        """The meanings of the phrases that `words` (`normalise.spelt`) are made of.

        None where a word belongs to no phrase; the empty set where there are no words. At each
        word the longest phrase that begins there is taken, and never given back for a shorter one.
        """
        said = [self._slips.mended(word) for word in words]
        found: set[T] = set()
        at = 0
        while at < len(said):
            ends = range(min(len(said), at + self._most_words), at, -1)
            end = next((end for end in ends if " ".join(said[at:end]) in self._meanings), None)
            if end is None:
                return None
            found.add(self._meanings[" ".join(said[at:end])])
            at = end
        return frozenset(found)


def anywhere(known: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the phrases of `known` in a folded text, the longest first.

    For what stands beside something else and is to be taken away, never for a decision.
    """
    longest_first = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
