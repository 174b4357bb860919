"""Which of our languages somebody writes in."""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from .sayings import ENGLISH, PORTUGUESE

LANGUAGES = {Language.PORTUGUESE: PORTUGUESE, Language.ENGLISH: ENGLISH}
FEWEST_WORDS = 3


def language(text: str, otherwise: str) -> str:
    """That of `text`, where it is long enough to tell: "ok" and a name are of any language."""
    told = len(text.split()) >= FEWEST_WORDS
    found = _detector().detect_language_of(text) if told else None
    return LANGUAGES[found] if found is not None else otherwise


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*LANGUAGES).build()
