"""The assistant without a model: courteous, truthful, and never technical."""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from ..messaging import phone

HOLDING = {
    Language.PORTUGUESE: (
        "Obrigado pela sua mensagem! Uma pessoa da nossa equipe vai ler e responder por aqui."
    ),
    Language.ENGLISH: (
        "Thank you for your message! Someone from our team will read it and reply here."
    ),
}


def holding_sentence(text: str, number: str | None) -> str:
    """One sentence that a person will read it, in the language of `text`, else of the number."""
    language = _detector().detect_language_of(text)
    if language is None:
        portuguese = phone.speaks_portuguese(number)
        language = Language.PORTUGUESE if portuguese else Language.ENGLISH
    return HOLDING[language]


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*HOLDING).build()
