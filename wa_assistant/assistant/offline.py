"""The assistant without a model: courteous, truthful, and never technical."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from ..conversation import languages
from ..conversation.fixed_texts import ENGLISH, PORTUGUESE
from ..database import db
from ..models import Author, Message

HOLDING = {
    PORTUGUESE: (
        "Obrigado pela sua mensagem! Uma pessoa da nossa equipe vai ler e responder por aqui."
    ),
    ENGLISH: ("Thank you for your message! Someone from our team will read it and reply here."),
}

QUOTED = {
    PORTUGUESE: (
        "Encontrei isto em “%(document)s”:\n\n“%(words)s”\n\n"
        "Se não era isso, escreva ATENDENTE: alguém da nossa equipe responde por aqui."
    ),
    ENGLISH: (
        "I found this in “%(document)s”:\n\n“%(words)s”\n\n"
        "If that is not it, write AGENT: someone from our team will reply here."
    ),
}

PLEASE_WRITE = {
    PORTUGUESE: (
        "Desculpe, não consegui entender a sua mensagem de voz. Pode escrever para mim, por favor?"
    ),
    ENGLISH: ("Sorry, I could not make out your voice message. Could you please write it to me?"),
}


def holding_sentence(text: str, otherwise: str) -> str:
    """One sentence that a person will read it, in the language of `text`, or `otherwise`."""
    return HOLDING[languages.language(text, otherwise)]


def quoted(document: str, words: str, text: str, otherwise: str) -> str:
    """`words` of a document as the answer to `text`, in its language."""
    return QUOTED[languages.language(text, otherwise)] % {"document": document, "words": words}


def please_write(text: str, otherwise: str) -> str:
    """One sentence that a voice message was not understood, in the same language."""
    return PLEASE_WRITE[languages.language(text, otherwise)]


def said_lately(
    participant_id: int, sentences: Iterable[str], times: int, since: datetime
) -> int | None:
    """The id of the last of `sentences` said to them, where `times` were since then."""
    found = (
        select(Message.id)
        .where(
            Message.participant_id == participant_id,
            Message.author == Author.ASSISTANT,
            Message.created_at > since,
            or_(*(Message.body.endswith(each, autoescape=True) for each in sentences)),
        )
        .order_by(Message.id.desc())
        .limit(times)
    )
    said = db.session.scalars(found).all()
    return said[0] if len(said) == times else None
