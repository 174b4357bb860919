"""Keeps what a participant said in answer to a stage: only what fits, and was really said."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..database import db
from ..models import Answer, Message, Participant, Source
from ..models.answer import Kind
from .definition import Question, Stage
from .given import latest
from .quotes import rests_on, where_said
from .values import fitting

LONGEST = 4000
# What is read from other words than the value's own. The other kinds are strict about a value.
FREE = (Kind.TEXT, Kind.CHOICE)


@dataclass(frozen=True)
class Found:
    """An answer as the model found it, with the words it rests on. Nothing of it is sure."""

    name: str
    value: str
    quote: str
    confidence: float | None = None


def keep(
    participant: Participant,
    stage: Stage,
    found: Sequence[Found],
    said: Sequence[Message],
    source: Source = Source.MODEL,
) -> int:
    """Store those of `found` that fit their question and whose quote stands in `said`; how many.

    Every earlier value stays. The same value once more is no news, nor are words that are older
    than what counts now.
    """
    questions = {question.name: question for question in stage.answers}
    kept = 0
    for each in found:
        question = questions.get(each.name)
        value = _value(question, each) if question else None
        message = where_said(each.quote, said)
        if question is None or value is None or message is None:
            continue
        known = latest(participant.id, stage.key, each.name)
        if known and (_is_same(value, known) or not _is_later(message, known)):
            continue
        db.session.add(
            Answer(
                participant_id=participant.id,
                version_id=participant.journey_version_id,
                stage=stage.key,
                name=each.name,
                kind=question.kind,
                value=value,
                quote=each.quote[:LONGEST],
                message_id=message.id,
                confidence=each.confidence,
                source=source,
            )
        )
        db.session.flush()
        kept += 1
    return kept


def _value(question: Question, found: Found) -> str | None:
    value = fitting(question, found.value[:LONGEST])
    if value is None or (question.kind in FREE and not rests_on(value, found.quote)):
        return None
    return value


def _is_same(value: str, answer: Answer) -> bool:
    return value == answer.value and answer.superseded_at is None


def _is_later(message: Message, answer: Answer) -> bool:
    """Whether `message` came after what `answer` rests on, their words or a colleague's, and after
    they began anew."""
    if answer.superseded_at is not None and message.created_at <= answer.superseded_at:
        return False
    if answer.confirmed_at is not None and message.created_at <= answer.confirmed_at:
        return False
    return message.id > (answer.message_id or 0)
