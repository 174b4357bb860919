"""Which of our languages somebody writes in."""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from . import phone
from .sayings import ENGLISH, PORTUGUESE

LANGUAGES = {Language.PORTUGUESE: PORTUGUESE, Language.ENGLISH: ENGLISH}


def language(text: str, number: str | None) -> str:
    """ "pt" or "en": that of `text`; where it tells none, that of the number's country."""
    found = _detector().detect_language_of(text)
    if found is not None:
        return LANGUAGES[found]
    return PORTUGUESE if phone.speaks_portuguese(number) else ENGLISH


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*LANGUAGES).build()
