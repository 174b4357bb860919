"""The words of a message as phrases are compared: spelt alike, however they were typed.

Without case, accents, pictures and doubled letters; what is shortened unfolded, and one slip of
the finger in a long word forgiven.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..models.folding import folded
from .vocabulary import WHOLE

PARTS = re.compile(r"(.*?)([.,;:!?…\n\r]+|\s[-–—]+\s|\Z)", re.DOTALL)
APOSTROPHES = re.compile("['’‘`´]")
ASKING = set("?⁇⁈⁉？¿❓❔🤔🤨🤷")
LONG = 8  # letters: in shorter words a slip is too often another word


def parts(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words between one punctuation and the next, and whether they are asked."""
    for said, end in PARTS.findall(APOSTROPHES.sub("", text)):
        words, asked = spelt(said), holds(said + end, ASKING)
        if words or asked:
            yield words, asked


def spelt(words: str) -> list[str]:
    """Each word of `words`, whole and alike."""
    plain = "".join(each if each.isalnum() else " " for each in folded(words))
    whole = (WHOLE.get(each, each) for each in squeezed(plain).split())
    return squeezed(" ".join(whole)).split()


def squeezed(words: str) -> str:
    """ "sim" for "siiim": whoever holds a key down means the word."""
    return re.sub(r"(.)\1+", r"\1", words)


def holds(text: str, signs: set[str]) -> bool:
    plain = unicodedata.normalize("NFC", text)
    return any(sign in plain for sign in signs)


class Slips:
    """Finds the long word of some that another was meant to be: "atendente" for "atendnte"."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = set(words)
        self.long = {word for word in self.words if len(word) >= LONG}
        self.slips = {slip: word for word in self.long for slip in _slips(word)}

    def mended(self, word: str) -> str:
        if word in self.words:
            return word
        added = next((less for less in _shorter(word) if less in self.long), word)
        return self.slips.get(word, added)


def _slips(word: str) -> Iterator[str]:
    """`word` with a letter left out, or two exchanged; the ends, which tell forms apart, stay."""
    yield from _shorter(word)
    for at in range(1, len(word) - 2):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))
