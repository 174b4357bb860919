"""A message taken apart at its punctuation, and what the phrases of each part mean.

Commands, yes and no are read from this: a part is known only where nothing in it is left over.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from . import normalise, vocabulary
from .matcher import Matcher


class Meaning(StrEnum):
    """What a phrase says. Its phrases are the set of the same name in the vocabulary."""

    GREETING = "greeting"
    WELL = "well"
    PLEASE = "please"
    THANKS = "thanks"
    YES = "yes"
    FINE = "fine"
    BEGIN = "begin"
    NO = "no"
    DOUBT = "doubt"
    STOP = "stop"
    MAYBE_STOP = "maybe stop"
    RETURN = "return"
    PERSON = "person"
    SOMEBODY = "somebody"


class Part(NamedTuple):
    meanings: frozenset[Meaning]
    asked: bool  # as by a question mark


LONGEST = 200  # characters: nobody decides at greater length, and no prompt asks them to
COURTESY = {Meaning.GREETING, Meaning.PLEASE, Meaning.THANKS}


def read(text: str) -> list[Part]:
    """The parts of `text`; none at all where one word is not known, or it is too long."""
    if len(text) > LONGEST:
        return []
    found = [(_matcher().read(words), asked) for words, asked in normalise.parts(text)]
    known = [Part(meanings, asked) for meanings, asked in found if meanings is not None]
    if len(known) < len(found):
        return []
    greeted = Meaning.GREETING in together(known)
    return [Part(_greeting(part.meanings), part.asked) for part in known] if greeted else known


def together(parts: Iterable[Part]) -> set[Meaning]:
    """All that is meant in any of `parts`."""
    return {meaning for part in parts for meaning in part.meanings}


def asks(parts: Sequence[Part], passing: AbstractSet[Meaning]) -> bool:
    """Whether something is asked that is not said in `passing`: "tudo bem?" asks nothing."""
    return any(part.asked and not (part.meanings and part.meanings <= passing) for part in parts)


def _greeting(meanings: frozenset[Meaning]) -> frozenset[Meaning]:
    """Beside a greeting "tudo bem" is one too."""
    return frozenset(Meaning.GREETING if each == Meaning.WELL else each for each in meanings)


@cache
def _matcher() -> Matcher[Meaning]:
    phrases = {meaning: getattr(vocabulary, meaning.name) for meaning in Meaning}
    return Matcher(phrases, mends_slips=True)
