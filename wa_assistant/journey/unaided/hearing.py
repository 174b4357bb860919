"""Which of a participant's messages may answer a question of a stage, where no model reads them.

A question, a refusal and a courtesy answer nothing: kept as answers they would be a lie, and the
stage would end.
"""

from collections.abc import Sequence

from ...models import Message
from ...models.answer import Kind
from ...understanding import questions
from ..definition import Question
from ..values import fitting
from . import no_answer


def heard(question: Question, said: Sequence[Message]) -> list[Message]:
    """Those of `said` that may answer `question`.

    To a question of another kind than text that is what fits the kind. None of them does where
    one refuses or, to a question that need not be answered, says no or that there is nothing.
    """
    worded = [message for message in said if message.body]
    if question.kind != Kind.TEXT:
        return [message for message in worded if fitting(question, message.body) is not None]
    if any(no_answer.refuses(message.body) for message in worded):
        return []
    if not question.required and any(_declines(message.body) for message in worded):
        return []
    return [message for message in worded if _tells(message.body)]


def only_agrees(question: Question, said: Sequence[Message]) -> bool:
    """Whether they say no more than yes to what they may tell or not: "Quer deixar um recado?" """
    is_offered = question.kind == Kind.TEXT and not question.required
    return is_offered and no_answer.only_agrees("\n".join(message.body for message in said))


def _tells(text: str) -> bool:
    return not questions.marked(text) and not no_answer.says_nothing(text)


def _declines(text: str) -> bool:
    return no_answer.is_no(text) or no_answer.has_none(text)
