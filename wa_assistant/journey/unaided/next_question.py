"""Which question of a stage comes next, and whether it was put to the participant.

Only what they write after it was put is heard as an answer to it.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from ...database import db
from ...models import Author, Message, Participant, StageVisit
from ...models.message import NEVER_SAID
from ...understanding import questions
from ..definition import Question, Stage
from ..given import answered

MOST_TIMES_ASKED = 2  # the same question in the same words: then a person is called
LOOKED_BACK = 20  # messages


def find(participant: Participant, stage: Stage) -> Question | None:
    """The question of `stage` to be asked now; None where all are answered."""
    return next(iter(left(participant, stage)), None)


def left(participant: Participant, stage: Stage) -> list[Question]:
    """The questions of `stage` that are not answered, as they are asked: those that must be
    answered first."""
    known = answered(participant.id)
    return _in_turn(each for each in stage.answers if (stage.key, each.name) not in known)


def opening(participant: Participant, stage: Stage) -> Message | None:
    """The words that opened `stage` for them, as they were said last."""
    theirs = (
        Message.participant_id == participant.id,
        Message.opens == stage.key,
        Message.status.not_in(NEVER_SAID),
    )
    return db.session.scalar(select(Message).where(*theirs).order_by(Message.id.desc()).limit(1))


def first_put(participant: Participant, stage: Stage, question: Question) -> Message | None:
    """The message that put `question` to them first, in this stage; None where none has yet."""
    opened = opening(participant, stage)
    if opened is not None and _opens_with(stage, question):
        return opened
    asked = (each for each in _said(participant, stage) if _asks(each, question))
    return min(asked, key=lambda message: message.id, default=None)


def times_asked(participant: Participant, stage: Stage, question: Question) -> int:
    """How often it was asked in its own words in this stage."""
    return sum(_asks(each, question) for each in _said(participant, stage))


def has_said(participant: Participant, stage: Stage, words: str) -> bool:
    """Whether code said just that to them in this stage."""
    return any(each.body == words for each in _said(participant, stage))


def _in_turn(asked: Iterable[Question]) -> list[Question]:
    return sorted(asked, key=lambda question: not question.required)


def _opens_with(stage: Stage, question: Question) -> bool:
    """Whether the stage's opening words ask `question`.

    Opening words lead to what must be answered, or ask their own question; what need not be
    answered they may well leave out, and ask it only where they hold its words.
    """
    if question.required or questions.marked(stage.opening.strip()[-1:]):
        return question == _in_turn(stage.answers)[0]
    return bool(question.hint) and question.hint in stage.opening


def _asks(message: Message, question: Question) -> bool:
    return message.body.endswith(question.wording)


def _said(participant: Participant, stage: Stage) -> Sequence[Message]:
    """What code said to them last, since they came into `stage`; LOOKED_BACK messages at most."""
    began = db.session.scalar(
        select(func.max(StageVisit.begun_at)).where(
            StageVisit.participant_id == participant.id, StageVisit.stage == stage.key
        )
    )
    newest = select(Message).where(
        Message.participant_id == participant.id,
        Message.author == Author.SYSTEM,
        Message.status.not_in(NEVER_SAID),
    )
    said = db.session.scalars(newest.order_by(Message.id.desc()).limit(LOOKED_BACK)).all()
    return [each for each in said if began is None or each.shown_at >= began]
