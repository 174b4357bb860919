"""What a participant's messages answer of what a stage asks, where no model reads them.

A question, a refusal and a courtesy answer nothing: kept as answers they would be a lie, and the
stage would end.
"""

from collections.abc import Sequence

from ...models import Message
from ...models.answer import Kind
from ...understanding import questions
from ..collect import Found
from ..definition import Question
from . import no_answer, reading


def found(left: Sequence[Question], said: Sequence[Message]) -> list[Found]:
    """What `said` answers of the questions that are `left`, the one that was put first.

    That one is answered by the last message that may. Of the others only what plainly is an answer
    to one of them: people tell things out of order, and several at once.
    """
    put, others = left[0], left[1:]
    for message in reversed(said):
        if together := _together(left, message.body):
            return together
    answers = heard(put, said)[-1:]
    if put.kind == Kind.TEXT and answers:
        return answers
    return answers + [
        Found(question.name, value, message.body)
        for question in others
        for message in said
        if (value := reading.unasked(question, message.body)) is not None
    ]


def heard(question: Question, said: Sequence[Message]) -> list[Found]:
    """What of `said` may answer `question`.

    To a question of another kind than text that is what fits the kind. None of them does where
    one refuses or, to a question that need not be answered, says no or that there is nothing.
    """
    worded = [message.body for message in said if message.body]
    if question.kind == Kind.TEXT:
        if any(map(no_answer.refuses, worded)):
            return []
        if not question.required and any(map(_declines, worded)):
            return []
        worded = [told for body in worded if (told := _told(body))]
    values = ((body, reading.read(question, body)) for body in worded)
    return [Found(question.name, value, body) for body, value in values if value is not None]


def only_agrees(question: Question, said: Sequence[Message]) -> bool:
    """Whether they say no more than yes to what they may tell or not: "Quer deixar um recado?" """
    is_offered = question.kind == Kind.TEXT and not question.required
    return is_offered and no_answer.only_agrees("\n".join(message.body for message in said))


def _together(left: Sequence[Question], text: str) -> list[Found]:
    """The answers to several questions that want a yes or a no: "sim e sim"."""
    wanted = [question for question in left if question.kind == Kind.YES_NO]
    if left[0] not in wanted or len(wanted) < 2:
        return []
    values = reading.several(wanted, text)
    return [
        Found(question.name, value, text) for question, value in zip(wanted, values, strict=False)
    ]


def _told(text: str) -> str:
    """`text` without the sentences that ask something; "" where it tells nothing."""
    _, rest = questions.parted(text)
    return "" if no_answer.says_nothing(rest) else rest


def _declines(text: str) -> bool:
    return no_answer.is_no(text) or no_answer.has_none(text)
