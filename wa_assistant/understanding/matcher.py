"""The one matcher of phrases: whether a message is made of known phrases, and of nothing else.

A message means something only as a whole. "Não concordo" holds "concordo", and "quero sair do
evento" holds "quero sair": a word that belongs to no phrase makes the whole unknown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from .normalise import squeezed

T = TypeVar("T")

LONG = 8  # letters: in shorter words a slip is too often another word


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


class Slips:
    """Finds the known word that a mistyped one was meant to be.

    One letter too few or too many, or two neighbours exchanged, in words of LONG letters or more.
    The first and the last letter must be right: the last tells forms of a word apart.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._long = {word for word in self._known if len(word) >= LONG}
        self._slips = {slip: word for word in self._long for slip in _slips(word)}

    def mended(self, word: str) -> str:
        """The known word that `word` is or was meant to be; `word` itself where there is none."""
        if word in self._known:
            return word
        added = next((less for less in _shorter(word) if less in self._long), word)
        return self._slips.get(word, added)


def _slips(word: str) -> Iterator[str]:
    """`word` with one letter left out, or with two neighbours exchanged."""
    yield from _shorter(word)
    for at in range(1, len(word) - 2):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))
