"""What an answer does to a participant's journey, in the writing unit that settles it.

Without a model, or where it said nothing usable, the stage's own words are spoken.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ..journey import progress
from ..journey.collect import Found, keep
from ..journey.definition import Question, Stage
from ..journey.given import answered
from ..messaging import attention, notice, outbox, questions, sayings, text
from ..messaging.sayings import Saying
from ..models import Attention, Author, JourneyVersion, Message, Participant, Source
from . import hearing
from .burst import Burst
from .schema import Reply


def follow(session: Session, participant: Participant, burst: Burst, reply: Reply) -> None:
    """Keep the answers the model found, and go on where that completes the stage.

    The stage they were found in may have been left meanwhile: they are its answers all the same.
    One that begins now has yet to say its opening words, and so does not end now.
    """
    if reply.wants_person:
        attention.call(participant, Attention.ASKED_FOR_A_PERSON)
    if burst.stage is None:
        return
    is_there = _is_still_there(participant, burst)
    if not burst.begun:
        progress.begin_first(session, participant)
    keep(session, participant, burst.stage, reply.answers, _messages(session, burst.said))
    progress.measure(session, participant)
    if burst.begun and is_there:
        progress.advance(session, participant, seems_complete=reply.stage_complete)


def follow_alone(
    session: Session, participant: Participant, burst: Burst, *, hears: bool
) -> Message | None:
    """The journey's own words as the answer; None where it has none.

    `hears`: the burst is taken as the answer to the question that is open, and the stage goes on.
    """
    if burst.stage is None or not _is_still_there(participant, burst):
        return None
    before = _last_said(session, participant.id)
    if not burst.begun:
        progress.begin_first(session, participant)
    elif hears:
        _hear(session, participant, burst, burst.stage)
        progress.advance(session, participant, seems_complete=True)
    said = _opening_since(session, participant.id, before)
    if said is None and (words := _words(session, participant, burst.stage)):
        said = outbox.put(session, participant, words, Author.SYSTEM)
    if said is not None:
        _notify_in(session, participant, said)
    return said


def _hear(session: Session, participant: Participant, burst: Burst, stage: Stage) -> None:
    question = _open_question(session, participant, stage)
    asked = _opening(session, participant, stage)
    said = [
        each
        for each in _messages(session, burst.message_ids)
        if asked is None or questions.could_be_read(asked, each)
    ]
    if question is not None:
        found = [
            Found(question.name, each.body, each.body) for each in hearing.heard(question, said)
        ]
        keep(session, participant, stage, found[-1:], said, Source.PARTICIPANT)
        progress.measure(session, participant)


def _opening(session: Session, participant: Participant, stage: Stage) -> Message | None:
    """The words that opened `stage` for them, as they were said last."""
    theirs = (Message.participant_id == participant.id, Message.opens == stage.key)
    return session.scalar(select(Message).where(*theirs).order_by(Message.id.desc()).limit(1))


def _open_question(session: Session, participant: Participant, stage: Stage) -> Question | None:
    """The first that is required and not answered yet."""
    return next((each for each in _open(session, participant, stage) if each.required), None)


def _open(session: Session, participant: Participant, stage: Stage) -> list[Question]:
    known = answered(session, participant.id)
    return [each for each in stage.answers if (stage.key, each.name) not in known]


def _words(session: Session, participant: Participant, before: Stage) -> str:
    """What the stage they are in now asks, first what is required; after one that asked
    something, thanks."""
    here = progress.place(session, participant)
    stage = here.stage if here else None
    left = _open(session, participant, stage) if stage else []
    if left:
        return _asked(next((each for each in left if each.required), left[0]))
    if before.answers and (stage is None or stage.key != before.key):
        version = session.get(JourneyVersion, participant.journey_version_id or 0)
        return sayings.say(Saying.THANKS, sayings.language(participant, version))
    return ""


def _asked(question: Question) -> str:
    options = "\n".join(f"- {option}" for option in question.options)
    return f"{question.hint or question.name}\n{options}".strip()


def _notify_in(session: Session, participant: Participant, said: Message) -> None:
    """The line of a journey that notifies opens its first answer, also in its own words."""
    said.body, *rest = text.parts(notice.line_for(session, participant) + said.body)
    for part in rest:
        outbox.put(session, participant, part, Author.SYSTEM).part_of_id = said.id


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


def _opening_since(session: Session, participant_id: int, before: int) -> Message | None:
    opening: Message | None = session.scalar(
        select(Message)
        .where(Message.participant_id == participant_id, Message.id > before)
        .where(Message.opens.is_not(None))
        .order_by(Message.id)
        .limit(1)
    )
    return opening
