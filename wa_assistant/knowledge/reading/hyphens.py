"""Words that were cut in two at the end of a line, and those that have a hyphen of their own."""

import re
from collections import Counter

from . import dictionaries

CUT = re.compile(r"([^\W_]+(?:-[^\W_]+)*)(?:\u0002\s*|[-\u2010]\n\s*(?=[a-zß-öø-ÿ]))([^\W_]+)")
LEFT_OVER = re.compile("\u0002\\s*|(?<=\\w)[-\u2010–]\\n(?=\\w)")
ADVERB = "mente"  # in Portuguese and in Spanish
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def vocabulary(text: str) -> Counter[str]:
    """The words of a text that stand in it whole."""
    return Counter(word.casefold() for word in WORD.findall(CUT.sub(" ", text)))


def mended(text: str, known: Counter[str]) -> str:
    """`text` with its words whole again; `known` are those that its document holds elsewhere."""
    while True:
        whole, count = CUT.subn(lambda cut: _whole(cut[1], cut[2], known), text)
        if not count:
            return LEFT_OVER.sub("-", whole)
        text = whole


def _whole(before: str, after: str, known: Counter[str]) -> str:
    joined, compound = before + after, f"{before}-{after}"
    return compound if _is_compound(before, after, known) else joined


def _is_compound(before: str, after: str, known: Counter[str]) -> bool:
    """What the document itself has, counts most; then what dictionaries have."""
    joined, compound = (before + after).casefold(), f"{before}-{after}".casefold()
    if known[joined] != known[compound]:
        return known[compound] > known[joined]
    if before.isdigit() or after.isdigit():
        return True
    for languages in (dictionaries.OURS, dictionaries.OTHERS):
        if _is_word(joined, languages):
            return False
        last = before.casefold().rpartition("-")[2]
        parts = all(dictionaries.holds(each, languages) for each in (last, after.casefold()))
        if parts or dictionaries.holds(compound, languages):
            return True
    return False


def _is_word(word: str, languages: tuple[str, ...]) -> bool:
    """Dictionaries lack most of the adverbs that any adjective makes: "unilateralmente"."""
    adjective = word.removesuffix(ADVERB)
    return dictionaries.holds(word, languages) or (
        adjective != word and dictionaries.holds(adjective, languages)
    )
