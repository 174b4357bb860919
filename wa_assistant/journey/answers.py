"""What a participant has answered so far, and a colleague's word on it.

Nothing is overwritten: to correct an answer is to add one, and the newest counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from .. import audit, live
from ..database import db, transaction, utcnow
from ..models import Action, Answer, JourneyVersion, Participant, Source, Subject, User
from ..work import claims
from . import progress
from .definition import Question, Stage, read
from .given import ever, newest
from .values import fitting


class DoesNotFit(Exception):
    """The value is none of the question's kind."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.name} is a {question.kind}")
        self.question = question


@dataclass(frozen=True)
class Current:
    """A question of the journey and what is known of it: the newest answer, or none yet.

    `question` None: the participant's version no longer asks this. `earlier` are the values it
    had before, newest first, those from before the journey was begun anew among them.
    """

    stage: str
    title: str
    name: str
    question: Question | None
    answer: Answer | None
    earlier: Sequence[Answer] = ()


def current(participant_id: int) -> list[Current]:
    """Every question of the participant's version in its order, then what else was answered."""
    participant = db.session.get(Participant, participant_id)
    version = _version(participant) if participant else None
    if participant is None or version is None:
        return []
    given: dict[tuple[str, str], list[Answer]] = {}
    for answer in db.session.scalars(_answers(participant_id)):
        given.setdefault((answer.stage, answer.name), []).append(answer)
    return list(_in_order(read(version.stages), given))


def confirm(actor: User, answer_id: int) -> None:
    """The newest answer is right, says `actor`; who said so first stands."""
    with transaction():
        answer = db.session.get_one(Answer, answer_id, with_for_update={"of": Answer})
        if answer.confirmed_at is not None or not _is_newest(answer):
            return
        answer.confirmed_at, answer.user_id = utcnow(), actor.id
        _audit(actor, Action.CONFIRMED_ANSWER, answer)
        live.conversation_changed(answer.participant_id)


def correct(actor: User, participant_id: int, stage: str, name: str, value: str) -> Answer:
    """From now on `value` is their answer. Raises DoesNotFit; LookupError where none is asked.

    They go on in their journey where that was the last the stage they are in required.
    """
    with transaction():
        participant = db.session.get_one(
            Participant, participant_id, with_for_update={"of": Participant}
        )
        version = _version(participant)
        question = _question(read(version.stages), stage, name) if version else None
        if version is None or question is None:
            raise LookupError(f"{stage}: {name}")
        fits = fitting(question, value)
        if fits is None:
            raise DoesNotFit(question)
        was_missing = question.required and newest(participant_id, stage, name) is None
        answer = Answer(
            participant_id=participant_id,
            version_id=version.id,
            stage=stage,
            name=name,
            kind=question.kind,
            value=fits,
            source=Source.USER,
            user_id=actor.id,
            confirmed_at=utcnow(),
        )
        db.session.add(answer)
        db.session.flush()
        progress.measure(participant)
        _audit(actor, Action.CORRECTED_ANSWER, answer)
        live.conversation_changed(participant_id)
        if was_missing and participant.stage == stage:
            _go_on(participant, answer, actor)
    return answer


def _go_on(participant: Participant, answer: Answer, actor: User) -> None:
    """Unless somebody speaks with them at this moment: what they say next moves them on then."""
    if claims.is_held(participant) or not participant.assistant_may_speak(utcnow()):
        return
    progress.advance(participant, seems_complete=True)
    if participant.stage != answer.stage:
        _audit(actor, Action.COMPLETED_STAGE, answer)


def _in_order(
    stages: Sequence[Stage], given: dict[tuple[str, str], list[Answer]]
) -> Iterator[Current]:
    titles = {stage.key: stage.name for stage in stages}
    asked = {(stage.key, each.name): each for stage in stages for each in stage.answers}
    for stage, name in [*asked, *(place for place in given if place not in asked)]:
        said = given.get((stage, name), [])
        counting = [each for each in said if each.superseded_at is None][:1]
        yield Current(
            stage,
            titles.get(stage, stage),
            name,
            asked.get((stage, name)),
            counting[0] if counting else None,
            [each for each in said if each not in counting],
        )


def _answers(participant_id: int) -> Select[Any]:
    """Theirs, newest first."""
    return ever(participant_id).options(joinedload(Answer.user)).order_by(Answer.id.desc())


def _version(participant: Participant) -> JourneyVersion | None:
    found = participant.journey_version_id
    return db.session.get(JourneyVersion, found) if found else None


def _question(stages: Sequence[Stage], stage: str, name: str) -> Question | None:
    asked = [each for here in stages if here.key == stage for each in here.answers]
    return next((each for each in asked if each.name == name), None)


def _is_newest(answer: Answer) -> bool:
    counts = newest(answer.participant_id, answer.stage, answer.name)
    return counts is not None and counts.id == answer.id


def _audit(actor: User, action: Action, answer: Answer) -> None:
    # What was answered is the participant's: the entry says which answer, not what it is.
    which = {"answer": answer.id, "stage": answer.stage, "name": answer.name}
    audit.record(actor, action, Subject.PARTICIPANT, answer.participant_id, after=which)
