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

PLEASE_WRITE = {
    Language.PORTUGUESE: (
        "Desculpe, não consegui entender a sua mensagem de voz. Pode escrever para mim, por favor?"
    ),
    Language.ENGLISH: (
        "Sorry, I could not make out your voice message. Could you please write it to me?"
    ),
}


def holding_sentence(text: str, number: str | None) -> str:
    """One sentence that a person will read it, in the language of `text`, else of the number."""
    return HOLDING[_language(text, number)]


def please_write(text: str, number: str | None) -> str:
    """One sentence that a voice message was not understood, in the same language."""
    return PLEASE_WRITE[_language(text, number)]


def _language(text: str, number: str | None) -> Language:
    language = _detector().detect_language_of(text)
    if language is None:
        portuguese = phone.speaks_portuguese(number)
        language = Language.PORTUGUESE if portuguese else Language.ENGLISH
    return language


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*HOLDING).build()
