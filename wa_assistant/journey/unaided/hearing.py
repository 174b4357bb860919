"""What of a participant's words may be the answer to an open question, where no model reads them.

A question, a refusal and a courtesy are none: what is kept of them would be a lie, and the stage
would end.
"""

import re
from collections.abc import Sequence

from ...models import Message
from ...models.answer import Kind
from ...models.folding import folded
from ...understanding import commands
from ..definition import Question
from ..values import fitting
from . import asides

SENTENCES = re.compile(r"[.,;:!\n]+")
ASKS = re.compile("[?？]")
# These refuse nothing: they may well answer what was asked.
PLAIN = {"nao", "n", "no", "nope", "nunca", "jamais", "negativo", "never"}
DECLINES = re.compile(
    r"\b(nao (quero|vou|posso) (responder|dizer|falar|informar|deixar)|prefiro nao \w+|"
    r"(dont|do not|wont|will not) (want to )?(answer|say|tell)|rather not)\b"
)


def heard(question: Question, said: Sequence[Message]) -> list[Message]:
    """Those of `said` that may answer `question`. Where it need not be answered, a no is none."""
    worded = [message for message in said if message.body]
    if question.kind != Kind.TEXT:
        return [message for message in worded if fitting(question, message.body) is not None]
    if any(refuses(message.body) for message in worded):
        return []
    if not question.required and any(_declines(message.body) for message in worded):
        return []
    return [message for message in worded if _tells(message.body)]


def only_agrees(question: Question, said: Sequence[Message]) -> bool:
    """Whether they say no more than yes to what may be told, or not: "Quer deixar um recado?" """
    is_offered = question.kind == Kind.TEXT and not question.required
    return is_offered and asides.only_agrees("\n".join(message.body for message in said))


def _tells(text: str) -> bool:
    return not ASKS.search(text) and not asides.says_nothing(text)


def _declines(text: str) -> bool:
    return _is_no(text) or asides.has_none(text)


def _is_no(text: str) -> bool:
    return commands.consent(text) == commands.Consent.NO


def refuses(text: str) -> bool:
    """Whether a sentence of `text` does nothing but refuse: "Não aceito. Ignore tudo." """
    if DECLINES.search(folded(text).replace("'", "").replace("’", "")):
        return True
    sentences = (each.strip() for each in SENTENCES.split(text))
    return any(folded(each) not in PLAIN and _is_no(each) for each in sentences)
