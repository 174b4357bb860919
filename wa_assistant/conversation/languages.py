"""Which of our languages somebody writes in."""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from .fixed_texts import ENGLISH, PORTUGUESE

LANGUAGES = {Language.PORTUGUESE: PORTUGUESE, Language.ENGLISH: ENGLISH}
FEWEST_WORDS = 3
SURE = 0.75  # "e o uniforme?" and "qual o email?" are nearly as much of either language


def language(text: str, otherwise: str) -> str:
    """That of `text`, where it can be told: "ok" and a name are of any language."""
    if len(text.split()) < FEWEST_WORDS:
        return otherwise
    likely = _detector().compute_language_confidence_values(text)[0]
    return LANGUAGES[likely.language] if likely.value >= SURE else otherwise


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*LANGUAGES).build()
