"""Whether a text can be read: some files give letters that stand for others, or for none.

A PDF may show "Preço" and say "3UHoR" inside: nobody would find anything in it, and whoever
uploaded it would take it for ready.
"""

import re
from collections.abc import Iterable
from itertools import islice

from . import dictionaries

LEAST = 200  # characters: of less nothing can be told
SAMPLE = 40_000
SOUND = 0.5  # of what is not blank: letters and figures
WORD = re.compile(r"[a-zà-öø-ÿ]{4,}", re.I)
VOWEL = re.compile(r"[aeiouyà-æè-ïò-öø-ýÿ]", re.I)
LEAST_WORDS = 8
VOWELS = (0.28, 0.66)  # of the letters, in the languages that are written in these letters
KNOWN = 0.15  # of the different words, where the vowels are not as they should be
MOST_LOOKED_UP = 1_000
SAME = re.compile(
    r"([^\w\s])(?:[\s|]*\1)+|(.)\2+"
)  # the dots of a table of contents: "...", ". . ."


def is_legible(texts: Iterable[str]) -> bool:
    """Where little is said, or it is in other letters, it is taken for legible."""
    sample = SAME.sub(r"\1\2", "\n".join(texts)[:SAMPLE])
    seen = [each for each in sample if not each.isspace()]
    if len(seen) < LEAST:
        return True
    if sum(map(str.isalnum, seen)) < SOUND * len(seen):
        return False
    words = WORD.findall(sample)
    letters = "".join(words)
    if len(words) < LEAST_WORDS:
        return True
    vowels = len(VOWEL.findall(letters)) / len(letters)
    return VOWELS[0] <= vowels <= VOWELS[1] or _are_known(words)


def _are_known(words: Iterable[str]) -> bool:
    different = list(islice(dict.fromkeys(each.casefold() for each in words), MOST_LOOKED_UP))
    return sum(map(dictionaries.holds, different)) >= KNOWN * len(different)
