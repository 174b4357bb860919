"""What a participant asks for, or says to a prompt, by the whole of a message.

Two recognisers: `command` hears stop, come back, a person please, and whether somebody wants
offers; `heard` a yes or a no. The message is split at its punctuation, and each part must be made
of known phrases of one meaning, and courtesy. Who writes anything else is heard by the assistant:
nobody leaves or agrees by mistake, and no model is asked. What is neither a yes nor a no is
unclear: they are asked again, or a person is called.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from ..models import Prompt
from . import matcher, vocabulary
from .matcher import COURTESY, Meaning, Part, is_asked, read, together
from .vocabulary.signs import ASKING, FRIENDLY, NODDING, SADLY, SHAKING


class Command(StrEnum):
    STOP = "stop"
    RETURN = "return"  # for a participant who has stopped; for others a message like any
    PERSON = "person"
    ASK_WHETHER_TO_STOP = "ask whether to stop"
    ACCEPT_OFFERS = "accept offers"
    REFUSE_OFFERS = "refuse offers"


# Beside a wish; what else agrees or refuses may stand in a part of its own.
IN_PASSING = COURTESY | {
    *(Meaning.WELL, Meaning.YES, Meaning.FINE),
    *(Meaning.EMPHASIS, Meaning.CHANGED),
}
REPLIES = {
    *(Meaning.NO, Meaning.DEMUR, Meaning.BEGIN),
    *(Meaning.NOD, Meaning.LIKING),
}
REFUSING = {Meaning.NO, Meaning.DEMUR}
RETURNING = {Meaning.RETURN, Meaning.GO_ON}
CALLING = {Meaning.TALK, Meaning.SOMEBODY}
STOPPING = {Meaning.STOP, Meaning.MAYBE_STOP}
OFFERS_END = STOPPING | {Meaning.REFUSE_OFFERS}


def command(text: str) -> Command | None:
    """What the whole of `text` asks for, in whatever journey; None where it is a message.

    A question whether one can stop, and a word that could as well be about an order, are
    ASK_WHETHER_TO_STOP: stopping is never guessed.
    """
    parts = read(text)
    meant = together(parts)
    wishes = [_wished(part.meanings) for part in parts]
    wish = {each for part in wishes for each in part} - REPLIES
    asked = is_asked(parts, IN_PASSING - {Meaning.CHANGED})
    if Meaning.DOUBT in wish or any(_contradicts(each) for each in wishes):
        return None
    if Meaning.PERSON in wish or (Meaning.SOMEBODY in wish and Meaning.PLEASE in meant):
        return None if asked and _asks_what_we_are(text) else Command.PERSON
    if wish <= RETURNING and (wish or Meaning.CHANGED in meant):
        return None if asked or meant & REFUSING else Command.RETURN
    if Meaning.REFUSE_OFFERS in wish and {Meaning.STOP} not in wishes:
        # Beside what may be a stop, too: what they are told then says how all messages end.
        return Command.REFUSE_OFFERS if wish <= OFFERS_END and not asked else None
    wish.discard(Meaning.REFUSE_OFFERS)  # who stops wants no offers either
    if wish == {Meaning.ACCEPT_OFFERS}:
        return None if asked or meant & REFUSING else Command.ACCEPT_OFFERS
    if not wish or not wish <= STOPPING:
        return None
    # "Não quero mais" is asked about, and so is "não quero mais parar".
    sure = {Meaning.STOP} in wishes and STOPPING not in wishes and not asked
    return Command.STOP if sure else Command.ASK_WHETHER_TO_STOP


def _wished(meanings: frozenset[Meaning]) -> frozenset[Meaning]:
    """What a part asks for, without what may stand beside that: "preciso" makes a call of "um
    atendente", and nothing of "parar"."""
    left = meanings - IN_PASSING
    if Meaning.PERSON in left or left >= CALLING:
        return left - CALLING - {Meaning.WISH} | {Meaning.PERSON}
    return left - {Meaning.OF_WHAT} if left & (STOPPING | RETURNING) else left


def _contradicts(wishes: frozenset[Meaning]) -> bool:
    """Whether a part takes back what it asks for, or tells of it: "não pare", "vamos sair".

    In a part of its own a no does not: "não, pare".
    """
    return len(wishes) > 1 and wishes != STOPPING and wishes != RETURNING


def _asks_what_we_are(text: str) -> bool:
    """Whether a part of `text`, which asks, is "humano" alone, or a word like it."""
    alike = {matcher.squeezed(phrase) for phrase in vocabulary.NOUNS}
    return any(" ".join(said) in alike for said, _ in matcher.parts_of(text))


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


SURPRISE = re.compile(r"\bn[óô]+\b", re.IGNORECASE)  # "nó!" is "wow!"
AGREEING = {Meaning.YES, Meaning.FINE, Meaning.BEGIN}
# What more is meant by the reply to a prompt. Nobody leaves by "pode ser".
MEANT_BY_REPLY: dict[Prompt | None, dict[Meaning, Meaning]] = {
    None: {},
    Prompt.CONSENT: {
        Meaning.NOD: Meaning.YES,
        Meaning.LIKING: Meaning.FINE,
        Meaning.GO_ON: Meaning.BEGIN,
        Meaning.DEMUR: Meaning.NO,
    },
    Prompt.WHETHER_TO_STOP: {Meaning.GO_ON: Meaning.NO, Meaning.DEMUR: Meaning.NO},
}


def heard(text: str, language: str = "en", *, to: Prompt | None = None) -> YesNo:
    """Whether the whole of `text` agrees or refuses. Look for a `command` in it first.

    `to`: the prompt that it replies to, by which more is understood: "pode ser", 👍. A picture is
    no typed word: in a chat 👍 says "seen" as often as "yes", and so is unclear. "No" by itself
    refuses in English and Spanish only: where the conversation's `language` is "pt" it is unclear.
    """
    if to is not None and not any(map(str.isalnum, text)):
        return _shown(text, to)
    parts = [_as_reply(part, MEANT_BY_REPLY[to]) for part in read(text)]
    meant = together(parts)
    said = meant - COURTESY
    if is_asked(parts, COURTESY) or any(_is_mixed(part) for part in parts):
        return YesNo.UNCLEAR
    if said == {Meaning.NO}:
        return YesNo.UNCLEAR if _only_sounds_like_no(text, language) else YesNo.NO
    if not said <= AGREEING | {Meaning.WELL} or not _is_friendly(text):
        return YesNo.UNCLEAR
    # "Oi, beleza" greets, and "ok, obrigado" may close a conversation as well as agree.
    plain = said & {Meaning.YES, Meaning.BEGIN} or meant - {Meaning.PLEASE} == {Meaning.FINE}
    return YesNo.YES if plain else YesNo.UNCLEAR


def _as_reply(part: Part, meant: Mapping[Meaning, Meaning]) -> Part:
    return Part(frozenset(meant.get(each, each) for each in part.meanings), part.asked)


def _shown(text: str, to: Prompt) -> YesNo:
    """What a reply says that is made of pictures alone. Nobody leaves by a 👍."""
    pictures = _pictures(text)
    if not pictures or matcher.holds_sign(text, ASKING | SADLY):
        return YesNo.UNCLEAR
    if pictures <= SHAKING:
        return YesNo.NO
    return YesNo.YES if to == Prompt.CONSENT and pictures <= NODDING else YesNo.UNCLEAR


def _is_mixed(part: Part) -> bool:
    """Whether a yes or no stands beside something else: "não sim"."""
    said = part.meanings - COURTESY
    return len(said) > 1 and not said <= AGREEING


def _only_sounds_like_no(text: str, language: str) -> bool:
    surprised = SURPRISE.search(unicodedata.normalize("NFC", text))
    only = all(set(said) <= vocabulary.ONLY_ENGLISH for said, _ in matcher.parts_of(text))
    return bool(surprised) or (language == "pt" and only)


def _is_friendly(text: str) -> bool:
    """Whether no picture or sad face in `text` takes a yes back, or laughs at it."""
    return _pictures(text) <= FRIENDLY and not matcher.holds_sign(text, SADLY)


def _pictures(text: str) -> set[str]:
    return {each for each in text if unicodedata.category(each) in ("So", "Cn")}
