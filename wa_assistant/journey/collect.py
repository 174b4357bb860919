"""Keeps what a participant said in answer to a stage: only what fits, and was really said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Answer, Message, Participant, Source
from ..models.folding import folded
from .definition import Stage
from .values import fitting

LONGEST = 4000


@dataclass(frozen=True)
class Found:
    """An answer as the model found it, with the words it rests on. Nothing of it is sure."""

    name: str
    value: str
    quote: str
    confidence: float | None = None


def keep(
    session: Session,
    participant: Participant,
    stage: Stage,
    found: Sequence[Found],
    said: Sequence[Message],
    source: Source = Source.MODEL,
) -> int:
    """Store those of `found` that fit their question and whose quote stands in `said`; how many.

    Every earlier value stays. The same value once more is no news.
    """
    questions = {question.name: question for question in stage.answers}
    kept = 0
    for each in found:
        question = questions.get(each.name)
        value = fitting(question, each.value[:LONGEST]) if question else None
        message = _where_said(each.quote, said)
        if question is None or value is None or message is None:
            continue
        if value == current(session, participant.id, stage.key, each.name):
            continue
        session.add(
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
        session.flush()
        kept += 1
    return kept


def current(session: Session, participant_id: int, stage: str, name: str) -> str | None:
    """The value that counts: the newest."""
    return session.scalar(
        select(Answer.value)
        .where(Answer.participant_id == participant_id, Answer.stage == stage, Answer.name == name)
        .order_by(Answer.id.desc())
        .limit(1)
    )


def spoken(message: Message) -> str:
    """A participant's words, written or spoken."""
    return "\n".join([message.body, *(file.transcript or "" for file in message.files)])


def _where_said(quote: str, said: Sequence[Message]) -> Message | None:
    wanted = " ".join(folded(quote).split())
    if not wanted:
        return None
    for message in reversed(said):
        if wanted in " ".join(folded(spoken(message)).split()):
            return message
    return None
