"""Whether a participant says yes or no to a prompt, by the whole of their message.

A message is a yes or a no only where nothing in it says anything else; otherwise it is unclear,
and they are asked again or a person is called. Nobody agrees by mistake, and no model is asked.
"""

import re
import unicodedata
from enum import StrEnum

from . import normalise, vocabulary
from .matcher import COURTESY, Meaning, Part, is_asked, read, together
from .vocabulary.signs import FRIENDLY, SADLY


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


SURPRISE = re.compile(r"\bn[óô]+\b", re.IGNORECASE)  # "nó!" is "wow!"
AGREEING = {Meaning.YES, Meaning.FINE, Meaning.BEGIN}


def heard(text: str, language: str = "en") -> YesNo:
    """Whether the whole of `text` agrees or refuses. Look for a `commands.command` in it first.

    A picture is no typed word: 👍 alone says "seen" as often as "yes", and so is unclear. "No" by
    itself refuses in English only: where the conversation's `language` is "pt" it is unclear.
    """
    parts = read(text)
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


def _is_mixed(part: Part) -> bool:
    """Whether a yes or no stands beside something else: "não sim"."""
    said = part.meanings - COURTESY
    return len(said) > 1 and not said <= AGREEING


def _only_sounds_like_no(text: str, language: str) -> bool:
    surprised = SURPRISE.search(unicodedata.normalize("NFC", text))
    only = all(set(said) <= vocabulary.ONLY_ENGLISH for said, _ in normalise.parts(text))
    return bool(surprised) or (language == "pt" and only)


def _is_friendly(text: str) -> bool:
    """Whether no picture or sad face in `text` takes a yes back, or laughs at it."""
    pictures = {each for each in text if unicodedata.category(each) in ("So", "Cn")}
    return pictures <= FRIENDLY and not normalise.holds_sign(text, SADLY)
