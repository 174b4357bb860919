"""The one matcher: whether a message is made of known phrases, and what they mean.

A message means something only as a whole. "Não concordo" holds "concordo", and "quero sair do
evento" holds "quero sair": a word that belongs to no phrase makes the whole unknown. `read` takes
a message apart at its punctuation for commands, yes and no; `Matcher` is for any vocabulary.

Words are spelt alike however they were typed, in two steps. `words_of` takes case, accents and
punctuation away; quotes and options are compared so. `spelt` also takes away pictures and doubled
letters and unfolds what is shortened; phrases of the vocabulary are compared so.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from ..models.participant import folded
from . import vocabulary
from .vocabulary import WHOLE
from .vocabulary.signs import ASKING

T = TypeVar("T")

LONGEST = 200  # characters: nobody decides at greater length, and no prompt asks them to
LONG = 8  # letters: in shorter words a slip is too often another word
PARTS = re.compile(r"(.*?)([.,;:!?…\n\r]+|\s[-–—]+\s|\Z)", re.DOTALL)
APOSTROPHES = re.compile("['’‘`´]")


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
    TALK = "talk"
    WISH = "wish"
    OF_WHAT = "of what"
    EMPHASIS = "emphasis"
    CHANGED = "changed"
    GO_ON = "go on"
    NOD = "nod"
    LIKING = "liking"
    DEMUR = "demur"
    ACCEPT_OFFERS = "accept offers"
    REFUSE_OFFERS = "refuse offers"


class Part(NamedTuple):
    meanings: frozenset[Meaning]
    asked: bool  # as by a question mark


COURTESY = {Meaning.GREETING, Meaning.PLEASE, Meaning.THANKS}


class Matcher(Generic[T]):
    """Tells what the phrases mean that some words are made of.

    `phrases`: those of each meaning, no phrase under two of them. `mends_slips`: a mistyped long
    word is read as the one that was meant.
    """

    def __init__(self, phrases: Mapping[T, Iterable[str]], *, mends_slips: bool = False) -> None:
        top: _Place[T] = _Place()
        once, used = cache(squeezed), set[str]()  # they have few different words
        for meaning, known in phrases.items():
            for phrase in known:
                words = [once(word) for word in phrase.split()]
                top.add(words, meaning)
                used.update(words)
        self._top = _alike(top, {})
        self._slips = _Slips(used if mends_slips else ())

    def read(self, words: Sequence[str]) -> frozenset[T] | None:
        """The meanings of the phrases that `words` (`spelt`) are made of.

        None where a word belongs to no phrase; the empty set where there are no words. At each
        word the longest phrase that begins there is taken, and never given back for a shorter one.
        """
        said = [self._slips.mended(word) for word in words]
        found: set[T] = set()
        begins = 0
        while begins < len(said):
            place, meaning, ends = self._top, None, begins
            for at in range(begins, len(said)):
                if said[at] not in place.after:
                    break
                place = place.after[said[at]]
                if place.meaning is not None:
                    meaning, ends = place.meaning, at + 1
            if meaning is None:
                return None
            found.add(meaning)
            begins = ends
        return frozenset(found)


class _Place(Generic[T]):
    """A place within phrases: what they mean where one ends here, and the places a word on."""

    __slots__ = ("after", "meaning")

    def __init__(self) -> None:
        self.meaning: T | None = None
        self.after: dict[str, _Place[T]] = {}

    def add(self, words: Sequence[str], meaning: T) -> None:
        place = self
        for word in words:
            place = place.after.setdefault(word, _Place())
        place.meaning = meaning


def _alike(place: _Place[T], known: dict[object, _Place[T]]) -> _Place[T]:
    """`place` with one place for all from where the same may follow: grammars repeat themselves,
    and thirty thousand phrases make some thousand places."""
    place.after = {word: _alike(next_, known) for word, next_ in place.after.items()}
    key = (place.meaning, frozenset((word, id(next_)) for word, next_ in place.after.items()))
    return known.setdefault(key, place)


def read(text: str) -> list[Part]:
    """The parts of `text`; none at all where one word is not known, or it is too long."""
    if len(text) > LONGEST:
        return []
    known: list[Part] = []
    for words, asked in parts_of(text):
        meanings = _matcher().read(words)
        if meanings is None:
            return []
        known.append(Part(meanings, asked))
    greeted = Meaning.GREETING in together(known)
    return [Part(_greeting(part.meanings), part.asked) for part in known] if greeted else known


def together(parts: Iterable[Part]) -> set[Meaning]:
    """All that is meant in any of `parts`."""
    return {meaning for part in parts for meaning in part.meanings}


def is_asked(parts: Sequence[Part], passing: AbstractSet[Meaning]) -> bool:
    """Whether something is asked that is not said in `passing`: "tudo bem?" asks nothing."""
    return any(part.asked and not (part.meanings and part.meanings <= passing) for part in parts)


def _greeting(meanings: frozenset[Meaning]) -> frozenset[Meaning]:
    """Beside a greeting "tudo bem" is one too."""
    return frozenset(Meaning.GREETING if each == Meaning.WELL else each for each in meanings)


@cache
def _matcher() -> Matcher[Meaning]:
    phrases = {meaning: getattr(vocabulary, meaning.name) for meaning in Meaning}
    return Matcher(phrases, mends_slips=True)


class _Slips:
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


def parts_of(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words between one punctuation mark and the next, `spelt`, and whether they are asked.

    They are asked where a question mark ends them, or a doubtful face is among them.
    """
    for said, end in PARTS.findall(without_apostrophes(text)):
        found, asked = spelt(said), holds_sign(said + end, ASKING)
        if found or asked:
            yield found, asked


def words_of(text: str) -> list[str]:
    """The words of `text` without case, accents and punctuation; a picture is a word too."""
    apart = (
        each if each.isalnum() else f" {each} " if unicodedata.category(each) == "So" else " "
        for each in folded(text)
    )
    return "".join(apart).split()


def spelt(text: str) -> list[str]:
    """The words of `text` as phrases are compared: "nao" for "n" and for "Nãão", no pictures."""
    plain = squeezed(" ".join(each for each in words_of(text) if each.isalnum()))
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
