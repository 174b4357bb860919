"""What a burst does to a participant's journey without a model, or where it said nothing usable.

The stage's own words are spoken, in the writing unit that settles it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ..conversation import attention, fixed_texts, outbox, prompts
from ..conversation.fixed_texts import FixedText
from ..database import db
from ..journey import progress
from ..journey.collect import Found, keep
from ..journey.definition import Stage
from ..journey.given import answered
from ..journey.unaided import hearing, leads, next_question, no_answer
from ..models import Attention, Author, JourneyVersion, Message, Participant, Source
from ..understanding import questions
from . import open_questions
from .burst import Burst


def follow_alone(
    participant: Participant, burst: Burst, *, hears: bool, is_answered: bool = False
) -> Message | None:
    """The journey's own words as the answer; None where it has none, and a person is to be called.

    `hears`: the burst is taken as the answer to what is asked, and the stage goes on.
    `is_answered`: what they asked was answered already; else a person is called to it.
    """
    if burst.stage is None or not burst.is_about(participant.stage):
        return None
    if burst.is_left_by(participant):
        return None
    before, words = _last_said(participant.id), ""
    kept: list[Found] = []
    asks = hears and not is_answered and open_questions.asks(burst)
    if not burst.begun:
        progress.begin_first(participant)
    elif unread := _unread_opening(participant, burst, burst.stage):
        return unread
    elif hears and not (words := _words_first(participant, burst, burst.stage)):
        kept = _hear(participant, burst, burst.stage)
        if kept or not (burst.stage.answers and questions.marked(burst.asked)):
            progress.advance(participant, seems_complete=True)
    said = _opening_since(participant.id, before)
    passing_on = leads.passing_on(burst.language, asks=asks)
    if said is not None:
        said.body = _led(_recognising(participant, burst, kept) + passing_on, said.body)
    elif words := words or _words(participant, burst, kept, hears=hears):
        said = outbox.put(participant, _led(passing_on, words), Author.SYSTEM)
    if said is not None:
        _notify_in(participant, said)
        if asks:
            attention.call(participant, Attention.NO_MODEL)
    return said


def waits_for_answer(participant: Participant) -> bool:
    """Whether the stage they are in has a question that is not answered."""
    here = progress.place(participant)
    return bool(here and here.stage and next_question.find(participant, here.stage))


def _unread_opening(participant: Participant, burst: Burst, stage: Stage) -> Message | None:
    """The words that open the stage, where nothing of the burst was written after reading them:
    they are the answer, and nothing was said to them yet."""
    opening = next_question.opening(participant, stage)
    if opening is None:
        return None
    asked = messages(burst.message_ids)
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


def _hear(participant: Participant, burst: Burst, stage: Stage) -> list[Found]:
    """Keep what answers the question that is open, or others of the stage; the answers kept."""
    left = next_question.left(participant, stage)
    put = next_question.first_put(participant, stage, left[0]) if left else None
    if put is None:
        return []
    said = _said_to(put, burst)
    found = hearing.found(left, said)
    kept = [each for each in found if keep(participant, stage, [each], said, Source.PARTICIPANT)]
    progress.measure(participant)
    return kept


def _said_to(put: Message, burst: Burst) -> list[Message]:
    """What of the burst was written once `put` could be read."""
    said = messages(burst.message_ids)
    return [each for each in said if prompts.could_be_read(put, each)]


def _words(participant: Participant, burst: Burst, kept: Sequence[Found], *, hears: bool) -> str:
    """What the stage they are in now asks; after one that asked something, thanks. "" where it
    was asked often enough, or they asked something themselves."""
    here = progress.place(participant)
    stage, before = here.stage if here else None, burst.stage
    if stage and (question := next_question.find(participant, stage)):
        times = next_question.times_asked(participant, stage, question)
        if times >= next_question.MOST_TIMES_ASKED:
            return ""
        if times and hears and not kept and no_answer.tells(burst.asked):
            return leads.not_understood(burst.language) + question.wording
        return _recognising(participant, burst, kept) + question.wording
    is_left = before and before.answers and (stage is None or stage.key != before.key)
    if not is_left or (not kept and questions.marked(burst.asked)):
        return ""
    return _say(participant, FixedText.NOTED if kept else FixedText.THANKS)


def _recognising(participant: Participant, burst: Burst, kept: Sequence[Found]) -> str:
    asked = burst.stage.answers if burst.stage else ()
    return leads.recognising(burst.language, asked, kept, len(answered(participant.id)))


def _led(lead: str, words: str) -> str:
    """`words` with what leads to them, unless they fill a message."""
    led = lead + words
    return led if len(outbox.parts(led)) == len(outbox.parts(words)) else words


def _say(participant: Participant, fixed_text: FixedText) -> str:
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    return fixed_texts.say(fixed_text, fixed_texts.language(participant, version))


def _notify_in(participant: Participant, said: Message) -> None:
    """The line of a journey that notifies opens its first answer, also in its own words."""
    said.body, *rest = outbox.parts(fixed_texts.notice(participant) + said.body)
    for part in rest:
        outbox.put(participant, part, Author.SYSTEM).part_of_id = said.id


def messages(ids: list[int]) -> list[Message]:
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
