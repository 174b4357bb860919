"""What an answer does to a participant's journey, in the writing unit that settles it.

Without a model, or where it said nothing usable, the stage's own words are spoken.
"""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..conversation import attention, fixed_texts, outbox, prompts
from ..conversation.fixed_texts import FixedText
from ..database import db
from ..journey import progress
from ..journey.collect import Found, keep
from ..journey.definition import Stage
from ..journey.unaided import hearing, next_question
from ..models import Attention, Author, JourneyVersion, Message, Participant, Source
from ..understanding import questions
from .burst import Burst
from .schema import Reply


def follow(participant: Participant, burst: Burst, reply: Reply) -> None:
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
        progress.begin_first(participant)
    if reply.answers:
        keep(participant, burst.stage, reply.answers, _messages(burst.said))
        progress.measure(participant)
    if burst.begun and is_there:
        progress.advance(participant, seems_complete=reply.stage_complete)


def follow_alone(participant: Participant, burst: Burst, *, hears: bool) -> Message | None:
    """The journey's own words as the answer; None where it has none, and a person is to be called.

    `hears`: the burst is taken as the answer to the question that is open, and the stage goes on.
    """
    if burst.stage is None or not _is_still_there(participant, burst):
        return None
    before, kept, words = _last_said(participant.id), 0, ""
    if not burst.begun:
        progress.begin_first(participant)
    elif unread := _unread_opening(participant, burst, burst.stage):
        return unread
    elif hears and not (words := _words_first(participant, burst, burst.stage)):
        kept = _hear(participant, burst, burst.stage)
        progress.advance(participant, seems_complete=True)
    said = _opening_since(participant.id, before)
    if said is None and (words := words or _words(participant, burst, kept)):
        said = outbox.put(participant, words, Author.SYSTEM)
    if said is not None:
        _notify_in(participant, said)
    return said


def _unread_opening(participant: Participant, burst: Burst, stage: Stage) -> Message | None:
    """The words that open the stage, where nothing of the burst was written after reading them:
    they are the answer, and nothing was said to them yet."""
    opening = next_question.opening(participant, stage)
    if opening is None:
        return None
    asked = _messages(burst.message_ids)
    if any(prompts.could_be_read(opening, each) for each in asked):
        return None
    return db.session.get_one(Message, opening.part_of_id or opening.id)


def _words_first(participant: Participant, burst: Burst, stage: Stage) -> str:
    """What is to be said before the stage goes on: its question, where it began without a word,
    or that they may go ahead, where they said yes to telling something. "" where neither is so."""
    question = next_question.find(participant, stage)
    if question is None:
        return ""
    put = next_question.first_put(participant, stage, question)
    if put is None:
        is_mute = next_question.opening(participant, stage) is None
        return question.wording if is_mute else ""
    if not hearing.only_agrees(question, _said_to(put, burst)):
        return ""
    words = _say(participant, FixedText.GO_AHEAD)
    return "" if next_question.has_said(participant, stage, words) else words


def _hear(participant: Participant, burst: Burst, stage: Stage) -> int:
    """Keep what answers the question that is open; how many answers that were."""
    question = next_question.find(participant, stage)
    if question is None:
        return 0
    put = next_question.first_put(participant, stage, question)
    if put is None:
        return 0
    said = _said_to(put, burst)
    found = [Found(question.name, each.body, each.body) for each in hearing.heard(question, said)]
    kept = keep(participant, stage, found[-1:], said, Source.PARTICIPANT)
    progress.measure(participant)
    return kept


def _said_to(put: Message, burst: Burst) -> list[Message]:
    """What of the burst was written once `put` could be read."""
    said = _messages(burst.message_ids)
    return [each for each in said if prompts.could_be_read(put, each)]


def _words(participant: Participant, burst: Burst, kept: int) -> str:
    """What the stage they are in now asks; after one that asked something, thanks. "" where it
    was asked often enough, or they asked something themselves."""
    here = progress.place(participant)
    stage, before = here.stage if here else None, burst.stage
    if stage and (question := next_question.find(participant, stage)):
        return next_question.words_again(participant, stage, question)
    is_left = before and before.answers and (stage is None or stage.key != before.key)
    if not is_left or (not kept and questions.marked(burst.asked)):
        return ""
    return _say(participant, FixedText.NOTED if kept else FixedText.THANKS)


def _say(participant: Participant, fixed_text: FixedText) -> str:
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    return fixed_texts.say(fixed_text, fixed_texts.language(participant, version))


def _notify_in(participant: Participant, said: Message) -> None:
    """The line of a journey that notifies opens its first answer, also in its own words."""
    said.body, *rest = outbox.parts(fixed_texts.notice(participant) + said.body)
    for part in rest:
        outbox.put(participant, part, Author.SYSTEM).part_of_id = said.id


def _is_still_there(participant: Participant, burst: Burst) -> bool:
    """Whether they have not come to another stage while the model was thinking."""
    here = burst.stage.key if burst.stage and burst.begun else None
    return participant.stage == here


def _messages(ids: list[int]) -> list[Message]:
    found = select(Message).where(Message.id.in_(ids)).options(selectinload(Message.files))
    return list(db.session.scalars(found.order_by(Message.id)))


def _last_said(participant_id: int) -> int:
    latest = select(Message.id).where(Message.participant_id == participant_id)
    return db.session.scalar(latest.order_by(Message.id.desc()).limit(1)) or 0


def _opening_since(participant_id: int, before: int) -> Message | None:
    opening: Message | None = db.session.scalar(
        select(Message)
        .where(Message.participant_id == participant_id, Message.id > before)
        .where(Message.opens.is_not(None))
        .order_by(Message.id)
        .limit(1)
    )
    return opening
