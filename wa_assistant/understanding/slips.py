"""One slip of the finger in a long word, mended: "atendente" for "atendnte"."""

from collections.abc import Iterable, Iterator

LONG = 8  # letters: in shorter words a slip is too often another word


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
