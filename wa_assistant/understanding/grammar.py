"""How the vocabulary is written down: phrases set apart by "/", and grammars of them."""

import re
from collections.abc import Iterable
from itertools import product


def phrases(words: str) -> set[str]:
    """The phrases in a text that sets them apart by "/"."""
    return {" ".join(each.split()) for each in words.split("/")} - {""}


def each(*parts: str | set[str]) -> set[str]:
    """Every way to say one phrase of each part after the other; "-" leaves a part out."""
    choices = [sorted(phrases(part) if isinstance(part, str) else part) for part in parts]
    ways = (" ".join(said for said in way if said != "-") for way in product(*choices))
    return {way for way in ways if way}


def words_of(known: set[str]) -> set[str]:
    """Every word of the phrases in `known`."""
    return {word for phrase in known for word in phrase.split()}


def anywhere(known: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds the phrases of `known` in a folded text, the longest first.

    For what stands beside something else and is to be taken away, never for a decision.
    """
    longest_first = sorted(known, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
