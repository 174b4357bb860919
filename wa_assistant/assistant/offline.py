"""The assistant without a model: courteous, truthful, and never technical."""

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from ..messaging import sayings

FEWEST_WORDS = 3

HOLDING = {
    Language.PORTUGUESE: (
        "Obrigado pela sua mensagem! Uma pessoa da nossa equipe vai ler e responder por aqui."
    ),
    Language.ENGLISH: (
        "Thank you for your message! Someone from our team will read it and reply here."
    ),
}

QUOTED = {
    Language.PORTUGUESE: (
        "Encontrei isto em “%(document)s”:\n\n“%(words)s”\n\n"
        "Se não era isso, escreva *pessoa*: alguém da nossa equipe responde por aqui."
    ),
    Language.ENGLISH: (
        "I found this in “%(document)s”:\n\n“%(words)s”\n\n"
        "If that is not it, write *person*: someone from our team will reply here."
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


def holding_sentence(text: str, otherwise: str | None) -> str:
    """One sentence that a person will read it, in the language of `text`, or `otherwise`."""
    return HOLDING[_language(text, otherwise)]


def quoted(document: str, words: str, text: str, otherwise: str | None) -> str:
    """`words` of a document as the answer to `text`, in its language."""
    return QUOTED[_language(text, otherwise)] % {"document": document, "words": words}


def please_write(text: str, otherwise: str | None) -> str:
    """One sentence that a voice message was not understood, in the same language."""
    return PLEASE_WRITE[_language(text, otherwise)]


def _language(text: str, otherwise: str | None) -> Language:
    """That of `text`, where it is long enough to tell: "ok" and a name are of any language."""
    told = len(text.split()) >= FEWEST_WORDS
    language = _detector().detect_language_of(text) if told else None
    if language is None:
        return Language.ENGLISH if otherwise == sayings.ENGLISH else Language.PORTUGUESE
    return language


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*HOLDING).build()
