"""What a participant writes in place of an answer: a courtesy, a bare yes, a refusal.

Told by the whole of a message, as yes and no are: with any other word it may be an answer.
"""

import re
from enum import StrEnum
from functools import cache

from ...models.participant import folded
from ...understanding import commands, questions
from ...understanding.commands import YesNo
from ...understanding.matcher import Matcher, parts_of, without_apostrophes
from ...understanding.vocabulary.answering import BARE_NO, HAS_NONE, WILL_TELL
from ...understanding.vocabulary.courtesy import BESIDE_AN_ANSWER


class Says(StrEnum):
    COURTESY = "courtesy"
    YES = "yes"
    HAS_NONE = "has none"


SENTENCES = re.compile(r"[.,;:!\n]+")  # "?" ends none: a question refuses nothing
DECLINES = re.compile(
    r"\b(nao (quero|vou|posso) (responder|dizer|falar|informar|deixar)|prefiro nao \w+|"
    r"(dont|do not|wont|will not) (want to )?(answer|say|tell)|rather not)\b"
)


def says_nothing(text: str) -> bool:
    """Whether `text` is courtesy or a yes and nothing more, or has no word at all."""
    said = _said(text)
    return said is not None and Says.HAS_NONE not in said


def is_courtesy(text: str) -> bool:
    """Whether `text` is courtesy and nothing more."""
    said = _said(text)
    return said is not None and said <= {Says.COURTESY}


def tells(text: str) -> bool:
    """Whether `text` tells something: it asks and refuses nothing, and is no courtesy or yes."""
    return not (questions.marked(text) or refuses(text) or says_nothing(text))


def only_agrees(text: str) -> bool:
    """Whether all that `text` says is yes, with or without a courtesy."""
    said = _said(text)
    return said is not None and Says.YES in said and Says.HAS_NONE not in said


def has_none(text: str) -> bool:
    """Whether `text` says that there is no answer: "agora não", "sem recado"."""
    said = _said(text)
    return said is not None and Says.HAS_NONE in said and Says.YES not in said


def is_no(text: str) -> bool:
    """Whether `text` is a plain no, as it would be to a prompt."""
    return commands.heard(text) == YesNo.NO


def refuses(text: str) -> bool:
    """Whether a sentence of `text` does nothing but refuse: "Não aceito. Ignore tudo."

    A bare "não" does not: it may be the answer.
    """
    if DECLINES.search(folded(without_apostrophes(text))):
        return True
    sentences = (each.strip() for each in SENTENCES.split(text))
    return any(folded(each) not in BARE_NO and is_no(each) for each in sentences)


def _said(text: str) -> frozenset[Says] | None:
    """What `text` says; None where a word of it may be an answer."""
    return _matcher().read([word for words, _ in parts_of(text) for word in words])


@cache
def _matcher() -> Matcher[Says]:
    # No slips are mended: what is nearly a courtesy may be an answer.
    return Matcher({Says.COURTESY: BESIDE_AN_ANSWER, Says.YES: WILL_TELL, Says.HAS_NONE: HAS_NONE})
