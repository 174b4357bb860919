"""What a participant decided, by the whole of a message: never by a word somewhere in it.

"Não concordo" holds "concordo", and "quero sair do evento" holds "quero sair": a message means
something here only where nothing in it is left over. It is split at its punctuation; each part must
be made of known phrases of one kind, longest first, and courtesy. Who means it otherwise is asked,
or heard by the assistant; nobody agrees or leaves by mistake.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from . import normalise, vocabulary


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
    WELL = "well"
    PLEASE = "please"
    THANKS = "thanks"
    YES = "yes"
    FINE = "fine"
    BEGIN = "begin"
    NO = "no"
    DOUBT = "doubt"
    STOP = "stop"
    ASK = "ask"
    RETURN = "return"
    PERSON = "person"
    SOMEBODY = "somebody"


class Part(NamedTuple):
    kinds: frozenset[Kind]
    asked: bool  # as by a question mark


LONGEST = 200  # characters: nobody decides at greater length, and nothing is asked of them
# Beside a yes any other picture may take it back, or laugh at it.
FRIENDLY = set("👍👌👏🙏🙌💪🤝🫶🆗✅✔☑🙂☺😊😀😃😄😁😉😍🥰🤗🥳🎉✨⭐❤♥🧡💛💚💙💜💕🌹🌻🌷")
SADLY = {":(", ":/"}
SURPRISE = re.compile(r"\bn[óô]+\b", re.IGNORECASE)  # "nó!" is "wow!"

COURTESY = {Kind.GREETING, Kind.PLEASE, Kind.THANKS}
AGREEING = {Kind.YES, Kind.FINE, Kind.BEGIN}
IN_PASSING = COURTESY | {Kind.WELL, Kind.YES, Kind.FINE}  # beside a wish
STOPPING = {Kind.STOP, Kind.ASK}


def consent(text: str, language: str = "en") -> Consent:
    """Whether the whole of `text` agrees or refuses. Look for a `command` in it first.

    A picture is no typed word: 👍 alone says "seen" as often as "yes", and so is unclear. What
    is a no in English only is none where the conversation's `language` is "pt".
    """
    parts = _read(text)
    kinds = _all(parts)
    said = kinds - COURTESY
    if _is_asked(parts, COURTESY) or any(_is_mixed(part) for part in parts):
        return Consent.UNCLEAR
    if said == {Kind.NO}:
        return Consent.UNCLEAR if _only_sounds_like_no(text, language) else Consent.NO
    if not said <= AGREEING | {Kind.WELL} or not _is_friendly(text):
        return Consent.UNCLEAR
    # "Oi, beleza" greets, and "ok, obrigado" may close a conversation as well as agree.
    plain = bool(said & {Kind.YES, Kind.BEGIN}) or kinds - {Kind.PLEASE} == {Kind.FINE}
    return Consent.YES if plain else Consent.UNCLEAR


def command(text: str) -> Command | None:
    """What the whole of `text` asks for, in whatever journey; None where it is a message.

    A question whether one can stop, and a word that could as well be about an order, are
    ASK_WHETHER_TO_STOP: stopping is never guessed.
    """
    parts = _read(text)
    kinds = _all(parts)
    wish = kinds - IN_PASSING - {Kind.NO, Kind.BEGIN}
    asked = _is_asked(parts, IN_PASSING)
    wishes = [part.kinds - IN_PASSING for part in parts]
    if not wish or Kind.DOUBT in wish or any(_contradicts(each) for each in wishes):
        return None
    if Kind.PERSON in wish or (Kind.SOMEBODY in wish and Kind.PLEASE in kinds):
        return None if asked and _says(text, vocabulary.NOUNS) else Command.PERSON
    if wish == {Kind.RETURN}:
        return None if asked or Kind.NO in kinds else Command.RETURN
    if not wish <= STOPPING:
        return None
    # "Não quero mais" is asked about, and so is "não quero mais parar".
    sure = {Kind.STOP} in wishes and STOPPING not in wishes and not asked
    return Command.STOP if sure else Command.ASK_WHETHER_TO_STOP


def _read(text: str) -> list[Part]:
    """The parts of `text`; none at all where a word is not known."""
    if len(text) > LONGEST:
        return []
    read = [(_kinds(said), asked) for said, asked in normalise.parts(text)]
    known = [Part(kinds, asked) for kinds, asked in read if kinds is not None]
    if len(known) < len(read):
        return []
    greeted = Kind.GREETING in _all(known)
    return [Part(_greeting(part.kinds), part.asked) for part in known] if greeted else known


def _greeting(kinds: frozenset[Kind]) -> frozenset[Kind]:
    """Beside a greeting "tudo bem" is one too."""
    return frozenset(Kind.GREETING if kind == Kind.WELL else kind for kind in kinds)


def _kinds(said: list[str]) -> frozenset[Kind] | None:
    """The kinds of the phrases that `said` is made of; None where some words belong to none."""
    said = [_slips().mended(word) for word in said]
    found: set[Kind] = set()
    at = 0
    while at < len(said):
        ends = range(min(len(said), at + _most_words()), at, -1)
        end = next((end for end in ends if " ".join(said[at:end]) in _table()), None)
        if end is None:
            return None
        found.add(_table()[" ".join(said[at:end])])
        at = end
    return frozenset(found)


def _all(parts: list[Part]) -> set[Kind]:
    return {kind for part in parts for kind in part.kinds}


def _is_asked(parts: list[Part], passing: set[Kind]) -> bool:
    """Whether something is asked that is not said `passing`: "tudo bem?" asks nothing."""
    return any(part.asked and not (part.kinds and part.kinds <= passing) for part in parts)


def _is_mixed(part: Part) -> bool:
    """Whether a yes or no stands beside something else: "não sim"."""
    said = part.kinds - COURTESY
    return len(said) > 1 and not said <= AGREEING


def _contradicts(wishes: frozenset[Kind]) -> bool:
    """Whether a part takes back what it asks for, or tells of it: "não pare", "vamos sair".

    In a part of its own a no does not: "não, pare".
    """
    return len(wishes) > 1 and wishes != STOPPING


def _only_sounds_like_no(text: str, language: str) -> bool:
    surprised = SURPRISE.search(unicodedata.normalize("NFC", text))
    only = all(set(said) <= vocabulary.ONLY_ENGLISH for said, _ in normalise.parts(text))
    return bool(surprised) or (language == "pt" and only)


def _is_friendly(text: str) -> bool:
    pictures = {each for each in text if unicodedata.category(each) in ("So", "Cn")}
    return pictures <= FRIENDLY and not normalise.holds(text, SADLY)


def _says(text: str, phrases: set[str]) -> bool:
    """Whether "humano?" is all there is: it asks what we are, and not for a person."""
    alike = {normalise.squeezed(phrase) for phrase in phrases}
    return any(" ".join(said) in alike for said, _ in normalise.parts(text))


@cache
def _table() -> dict[str, Kind]:
    """Every phrase, squeezed like what it is compared with, and its kind."""
    listed = {kind: "\n".join(getattr(vocabulary, kind.name)) for kind in Kind}
    return {
        phrase: kind for kind in Kind for phrase in normalise.squeezed(listed[kind]).splitlines()
    }


@cache
def _slips() -> normalise.Slips:
    return normalise.Slips(word for phrase in _table() for word in phrase.split())


@cache
def _most_words() -> int:
    return max(phrase.count(" ") + 1 for phrase in _table())
