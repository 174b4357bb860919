"""What a participant decided, by the whole of a message: never by a word somewhere in it.

"Não concordo" holds "concordo", and "quero sair do evento" holds "quero sair": a message means
something here only where nothing in it is left over. It is split at its punctuation; each part must
be made of known phrases of one kind, longest first, and courtesy. Who means it otherwise is asked,
or heard by the assistant; nobody agrees or leaves by mistake.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from ..models.folding import folded
from . import vocabulary


class Consent(StrEnum):
    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Command(StrEnum):
    STOP = "stop"
    RETURN = "return"  # means something to who has stopped; else it is a message like others
    PERSON = "person"
    ASK_WHETHER_TO_STOP = "ask whether to stop"


class Kind(StrEnum):
    """What a phrase says."""

    GREETING = "greeting"
    THANKS = "thanks"
    YES = "yes"
    FINE = "fine"
    NO = "no"
    DOUBT = "doubt"
    STOP = "stop"
    ASK = "ask"
    RETURN = "return"
    PERSON = "person"


LONGEST = 200  # characters: nobody decides at greater length, and nothing is asked of them
PARTS = re.compile(r"[.,;:!?…\n\r]+|\s[-–—]+\s")
APOSTROPHES = re.compile("['’‘`´]")
# Beside a yes these take it back, or laugh at it.
AGAINST = set("👎❌✖🚫⛔🛑🙅🙄😒😡😠🤬😤🖕🤮😂🤣🤡🙃") | {":(", ":/"}
ASKING = set("?？¿❓❔🤔🤨🤷")

COURTESY = {Kind.GREETING, Kind.THANKS}
AGREEING = {Kind.YES, Kind.FINE}
STOPPING = {Kind.STOP, Kind.ASK}


def consent(text: str) -> Consent:
    """Whether the whole of `text` agrees or refuses. Look for a `command` in it first.

    A picture is no typed word: 👍 alone says "seen" as often as "yes", and so is unclear.
    """
    parts, asking = _read(text)
    kinds = _all(parts) - {Kind.GREETING}
    if asking or _is_mixed(parts):
        return Consent.UNCLEAR
    if kinds - {Kind.THANKS} == {Kind.NO}:
        return Consent.NO
    # "Ok, obrigado" may close a conversation as well as agree to something.
    if _holds(text, AGAINST) or kinds == {Kind.FINE, Kind.THANKS}:
        return Consent.UNCLEAR
    said = kinds - {Kind.THANKS}
    return Consent.YES if said and said <= AGREEING else Consent.UNCLEAR


def command(text: str) -> Command | None:
    """What the whole of `text` asks for, in whatever journey; None where it is a message.

    A question whether one can stop, and a word that could as well be about an order, are
    ASK_WHETHER_TO_STOP: stopping is never guessed.
    """
    parts, asking = _read(text)
    kinds = _all(parts) - COURTESY
    wish = kinds - AGREEING - {Kind.NO}
    if not wish or Kind.DOUBT in wish or any(_contradicts(part) for part in parts):
        return None
    if Kind.PERSON in wish:
        return None if asking and _is_noun(text) else Command.PERSON
    if wish == {Kind.RETURN}:
        return None if asking or Kind.NO in kinds else Command.RETURN
    if not wish <= STOPPING:
        return None
    sure = Kind.STOP in wish and not asking
    return Command.STOP if sure else Command.ASK_WHETHER_TO_STOP


def _read(text: str) -> tuple[list[set[Kind]], bool]:
    """The kinds in each part of `text`, none at all where a word is not known; is it a question?"""
    if len(text) > LONGEST:
        return [], False
    parts = [_kinds(words) for words in _parts(text)]
    known = [part for part in parts if part is not None]
    return (known if len(known) == len(parts) else []), _holds(text, ASKING)


def _parts(text: str) -> Iterator[list[str]]:
    """The words of each part as phrases are compared: without case, accents, pictures, doubles."""
    for part in PARTS.split(APOSTROPHES.sub("", text)):
        words = "".join(each if each.isalnum() else " " for each in folded(part)).split()
        if words:
            yield [_squeezed(word) for word in words]


def _kinds(words: list[str]) -> set[Kind] | None:
    """The kinds of the phrases that `words` are made of; None where some belong to none."""
    found: set[Kind] = set()
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + _most_words()), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in _table()), None)
        if end is None:
            return None
        found.add(_table()[" ".join(words[at:end])])
        at = end
    return found


def _all(parts: list[set[Kind]]) -> set[Kind]:
    return {kind for part in parts for kind in part}


def _is_mixed(parts: list[set[Kind]]) -> bool:
    """Whether in some part a yes or no stands beside something else: "não sim"."""
    said = [part - COURTESY for part in parts]
    return any(len(part) > 1 and part != AGREEING for part in said)


def _contradicts(part: set[Kind]) -> bool:
    """Whether a part takes back what it asks for: "não, pare" stops, but "não pare" does not."""
    asked = part - COURTESY - AGREEING
    return len(asked) > 1 and asked != STOPPING


def _is_noun(text: str) -> bool:
    """Whether "humano?" is all there is: it asks what we are, and not for a person."""
    nouns = {_squeezed(noun) for noun in vocabulary.NOUNS}
    return any(" ".join(words) in nouns for words in _parts(text))


def _holds(text: str, signs: set[str]) -> bool:
    plain = unicodedata.normalize("NFC", text)
    return any(sign in plain for sign in signs)


def _squeezed(words: str) -> str:
    """ "sim" for "siiim": whoever holds a key down means the word."""
    return re.sub(r"(.)\1+", r"\1", words)


@cache
def _table() -> dict[str, Kind]:
    """Every phrase, squeezed like what it is compared with, and its kind."""
    return {_squeezed(phrase): kind for kind in Kind for phrase in getattr(vocabulary, kind.name)}


@cache
def _most_words() -> int:
    return max(phrase.count(" ") + 1 for phrase in _table())
