"""What an answer does to a participant's journey, in the writing unit that settles it.

Without a model, or where it said nothing usable, the stage's own words are spoken.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ..journey import progress
from ..journey.collect import Found, current, keep
from ..journey.definition import Question, Stage
from ..messaging import attention, outbox, questions, sayings
from ..messaging.sayings import Saying
from ..models import Attention, Author, JourneyVersion, Message, Participant, Source
from .burst import Burst
from .schema import Reply


def follow(session: Session, participant: Participant, burst: Burst, reply: Reply) -> None:
    """Keep the answers the model found, and go on where that completes the stage."""
    if reply.wants_person:
        attention.call(participant, Attention.ASKED_FOR_A_PERSON)
    if burst.stage is None or not _is_still_there(participant, burst):
        return
    if not burst.begun:
        progress.begin_first(session, participant)
        return
    keep(session, participant, burst.stage, reply.answers, _messages(session, burst.said))
    progress.measure(session, participant)
    progress.advance(session, participant, seems_complete=reply.stage_complete)


def follow_alone(
    session: Session, participant: Participant, burst: Burst, *, hears: bool
) -> Message | None:
    """The journey's own words as the answer; None where it has none.

    `hears`: the burst is taken as the answer to the question that is open.
    """
    if burst.stage is None or not _is_still_there(participant, burst):
        return None
    before = _last_said(session, participant.id)
    if not burst.begun:
        progress.begin_first(session, participant)
    elif burst.stage.answers:
        if hears:
            _hear(session, participant, burst, burst.stage)
        progress.advance(session, participant, seems_complete=True)
    opening = session.scalar(
        select(Message)
        .where(Message.participant_id == participant.id, Message.id > before)
        .where(Message.opens.is_not(None))
        .order_by(Message.id)
        .limit(1)
    )
    if opening is not None or not burst.stage.answers:
        return opening
    return outbox.put(
        session, participant, _words(session, participant, burst.stage), Author.SYSTEM
    )


def _hear(session: Session, participant: Participant, burst: Burst, stage: Stage) -> None:
    question = _open_question(session, participant, stage)
    asked = _opening(session, participant, stage)
    said = [
        each
        for each in _messages(session, burst.message_ids)
        if asked is None or questions.could_be_read(asked, each)
    ]
    if question is not None:
        found = [Found(question.name, each.body, each.body) for each in said if each.body]
        keep(session, participant, stage, found[-1:], said, Source.PARTICIPANT)
        progress.measure(session, participant)


def _opening(session: Session, participant: Participant, stage: Stage) -> Message | None:
    """The words that opened `stage` for them, as they were said last."""
    theirs = (Message.participant_id == participant.id, Message.opens == stage.key)
    return session.scalar(select(Message).where(*theirs).order_by(Message.id.desc()).limit(1))


def _open_question(session: Session, participant: Participant, stage: Stage) -> Question | None:
    """The first that is required and not answered yet."""
    for question in stage.answers:
        if question.required and not current(session, participant.id, stage.key, question.name):
            return question
    return None


def _words(session: Session, participant: Participant, stage: Stage) -> str:
    """The open question; thanks, when there is none."""
    question = _open_question(session, participant, stage)
    if question is None:
        version = session.get(JourneyVersion, participant.journey_version_id or 0)
        return sayings.say(Saying.THANKS, sayings.language(participant, version))
    options = "\n".join(f"- {option}" for option in question.options)
    return f"{question.hint or question.name}\n{options}".strip()


def _is_still_there(participant: Participant, burst: Burst) -> bool:
    """Whether they have not come to another stage while the model was thinking."""
    here = burst.stage.key if burst.stage and burst.begun else None
    return participant.stage == here


def _messages(session: Session, ids: list[int]) -> list[Message]:
    found = select(Message).where(Message.id.in_(ids)).options(selectinload(Message.files))
    return list(session.scalars(found.order_by(Message.id)))


def _last_said(session: Session, participant_id: int) -> int:
    latest = select(Message.id).where(Message.participant_id == participant_id)
    return session.scalar(latest.order_by(Message.id.desc()).limit(1)) or 0
