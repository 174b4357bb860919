"""The words of a message, spelt alike however they were typed.

Two steps. `words` takes case, accents and punctuation away; quotes and options are compared so.
`spelt` also takes away pictures and doubled letters and unfolds what is shortened; phrases of the
vocabulary are compared so.
"""

import re
import unicodedata
from collections.abc import Iterator

from ..models.spelling import folded
from .vocabulary import WHOLE
from .vocabulary.signs import ASKING

PARTS = re.compile(r"(.*?)([.,;:!?…\n\r]+|\s[-–—]+\s|\Z)", re.DOTALL)
APOSTROPHES = re.compile("['’‘`´]")


def parts(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words between one punctuation mark and the next, `spelt`, and whether they are asked.

    They are asked where a question mark ends them, or a doubtful face is among them.
    """
    for said, end in PARTS.findall(without_apostrophes(text)):
        found, asked = spelt(said), holds_sign(said + end, ASKING)
        if found or asked:
            yield found, asked


def words(text: str) -> list[str]:
    """The words of `text` without case, accents and punctuation; a picture is a word too."""
    apart = (
        each if each.isalnum() else f" {each} " if unicodedata.category(each) == "So" else " "
        for each in folded(text)
    )
    return "".join(apart).split()


def spelt(text: str) -> list[str]:
    """The words of `text` as phrases are compared: "nao" for "n" and for "Nãão", no pictures."""
    plain = squeezed(" ".join(each for each in words(text) if each.isalnum()))
    whole = (WHOLE.get(each, each) for each in plain.split())
    return squeezed(" ".join(whole)).split()


def squeezed(text: str) -> str:
    """`text` with every letter that is repeated written once: "sim" for "siiim"."""
    return re.sub(r"(.)\1+", r"\1", text)


def without_apostrophes(text: str) -> str:
    """ "dont" for "don't": many type none."""
    return APOSTROPHES.sub("", text)


def holds_sign(text: str, signs: set[str]) -> bool:
    """Whether one of `signs` (marks or pictures) stands in `text`."""
    plain = unicodedata.normalize("NFC", text)
    return any(sign in plain for sign in signs)
