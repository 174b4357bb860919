"""What is to be answered: read before the model is asked, so that no transaction is open then.

Also whether two machines talk to each other: the loop guard.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, selectinload

from ..conversation import fixed_texts, unsettled
from ..database import db, utcnow
from ..intake import gate
from ..journey import progress
from ..journey.definition import Stage
from ..journey.given import newest
from ..models import AiCall, Author, Direction, Message, Outcome, Participant, Provider, Status
from ..models.message import NEVER_SAID
from ..providers import circuit
from ..understanding import commands
from . import prompt, retrieval
from .retrieval import Retrieval

HISTORY = 40  # messages before those being answered
FAILURES = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE, Outcome.UNUSABLE)
LOOP_HOUR = timedelta(hours=1)
REPEATS_WITHIN = timedelta(minutes=10)
SHORTEST_TEXT = 20  # "Sim." may be said as often as one likes
MOST_REPEATS = 5


@dataclass(frozen=True)
class Spoken:
    """A command that was spoken: in which message, and in what words."""

    message_id: int
    words: str


@dataclass(frozen=True)
class Burst:
    """A participant's unsettled messages, and all that answering them needs.

    `language` is their journey's, or that of their number's country.
    `seems_to_stop`: it is one message that may mean that, of which they are to be asked.
    `failures` counts the calls to the model that failed for them, `failing_since` is the first.
    `asked_again`: one of them gave what could not be used, which is asked for once more only.
    `asked` is what they say, `asked_before` the question they may go on from; `text` tells their
    language, by what was said before where they say nothing.
    `spoken`: a stop or a call for a person that was spoken in one of them.
    `seems_a_loop`: they got too many answers in an hour, or say the same over and over.
    `unheard`: nothing came but voice messages whose words could not be made out.
    `stage` is where they are in their journey, which has `begun` or begins with this answer;
    `said` are the ids of their messages that an answer may rest on.
    `discarded` counts the replies that were given up because they went on writing.
    `has_model`: one is connected. `model_rests`: it refuses everything, and is left alone for a
    while.
    `retrieval` is what an answer may rest on, once it was looked for; None without documents.
    `looked_for` is the query it was looked for with.
    """

    participant_id: int
    language: str
    message_ids: list[int]
    seems_to_stop: bool
    spoken: Spoken | None
    seems_a_loop: bool
    asked: str
    asked_before: str
    text: str
    prompt: list[dict[str, Any]]
    failures: int
    failing_since: datetime | None
    asked_again: bool
    discarded: int
    silenced: bool
    unheard: bool
    stage: Stage | None
    begun: bool
    said: list[int]
    has_model: bool
    model_rests: bool
    retrieval: Retrieval | None = None
    looked_for: str = ""


def read(participant_id: int) -> Burst | None:
    """The burst as it is now; None when nothing is left to answer, or its files are on the way."""
    waiting = db.session.scalars(
        select(Message)
        .where(*unsettled.of(participant_id))
        .options(selectinload(Message.files))
        .order_by(Message.id)
    ).all()
    asked, now = unsettled.in_turn(waiting), utcnow()
    if not asked or any(file.is_awaited(now) for message in asked for file in message.files):
        return None
    history = _before(participant_id, [message.id for message in waiting])
    calls = _calls(participant_id, asked[0].created_at)
    participant = db.session.get_one(Participant, participant_id)
    here = progress.place(participant)
    stage = here.stage if here else None
    said = _said(asked)
    burst = Burst(
        participant_id=participant_id,
        language=fixed_texts.language(participant, here.version if here else None),
        message_ids=[message.id for message in asked],
        seems_to_stop=unsettled.is_asked_about(asked[0]),
        spoken=_spoken(asked),
        seems_a_loop=seems_a_loop(participant, [each.id for each in asked]),
        asked=said,
        asked_before=retrieval.whole(_said([message]) for message in history),
        text=said or _said(history[:10]),
        prompt=prompt.build(history[::-1], asked, _told(participant, here)),
        failures=calls.failed,
        failing_since=calls.failing_since,
        asked_again=calls.unusable > 0,
        discarded=calls.discarded,
        silenced=not participant.assistant_may_speak(utcnow()),
        unheard=_is_unheard(asked),
        stage=stage,
        begun=here is None or here.begun,
        said=[message.id for message in (*history[::-1], *asked) if _is_theirs(message)],
        has_model=current_app.config["OPENAI_CONNECTED"],
        model_rests=circuit.open_until(Provider.MODEL) is not None,
    )
    db.session.close()
    return burst


def looked_up(burst: Burst) -> Burst:
    """The burst with what the documents hold for it. The embedding service may be asked."""
    looked_for, found = retrieval.look_for(burst.asked, burst.asked_before)
    db.session.close()
    if found is None:
        return burst
    messages = prompt.with_retrieval(burst.prompt, found.told, len(burst.message_ids))
    return replace(burst, prompt=messages, retrieval=found, looked_for=looked_for)


def _before(participant_id: int, ids: list[int]) -> Sequence[Message]:
    """What was said besides the messages of these ids, which wait; the newest first."""
    return db.session.scalars(
        select(Message)
        .where(
            Message.participant_id == participant_id,
            Message.id.not_in(ids),
            Message.status.not_in(NEVER_SAID),
        )
        .options(selectinload(Message.files))
        .order_by(Message.id.desc())
        .limit(HISTORY)
    ).all()


def _told(participant: Participant, here: progress.Place | None) -> str:
    if here is None or here.stage is None:
        return ""
    known = {
        question.name: answer.value
        for question in here.stage.answers
        if (answer := newest(participant.id, here.stage.key, question.name))
    }
    return prompt.stage_told(here.stage, known, begun=here.begun)


def _is_theirs(message: Message) -> bool:
    return message.author == Author.PARTICIPANT


def _said(messages: Iterable[Message]) -> str:
    """The participant's own words, written or spoken."""
    spoken = [
        (message.body, *(file.transcript for file in message.files))
        for message in messages
        if message.author == Author.PARTICIPANT
    ]
    return "\n".join(words for each in spoken for words in each if words)


def _spoken(asked: Iterable[Message]) -> Spoken | None:
    """What may be misheard decides nothing but these."""
    for message in asked:
        for file in message.files:
            if file.transcript and commands.command(file.transcript) in gate.SPOKEN:
                return Spoken(message.id, file.transcript)
    return None


class Calls(NamedTuple):
    """Calls to the model for what is asked now; `failing_since` is when the first failed."""

    failed: int
    failing_since: datetime | None
    unusable: int
    discarded: int


def _calls(participant_id: int, since: datetime) -> Calls:
    """A message that was found late is older than the calls of another's answer."""
    settled = db.session.scalar(
        select(Message.settled_at)
        .where(Message.participant_id == participant_id, Message.settled_at.is_not(None))
        .order_by(Message.id.desc())
        .limit(1)
    )
    failed = AiCall.outcome.in_(FAILURES)
    row = db.session.execute(
        select(
            func.count(AiCall.id).filter(failed),
            func.min(AiCall.created_at).filter(failed),
            func.count(AiCall.id).filter(AiCall.outcome == Outcome.UNUSABLE),
            func.count(AiCall.id).filter(AiCall.outcome == Outcome.OBSOLETE),
        ).where(
            AiCall.participant_id == participant_id,
            AiCall.created_at >= max(since, settled or since),
            AiCall.prompt_version != "",
        )
    ).one()
    return Calls(*row)


def _is_unheard(messages: Sequence[Message]) -> bool:
    """Whether nothing came but voice messages, and the words of none of them are known."""
    spoken = [file for message in messages for file in message.files if file.is_spoken]
    return (
        bool(spoken)
        and not any(file.transcript for file in spoken)
        and all(message.kind == "audio" and not message.body.strip() for message in messages)
    )


def seems_a_loop(participant: Participant, message_ids: Sequence[int]) -> bool:
    """Whether the participant got too many answers in an hour, or says the same over and over,
    in the messages to be answered too.

    Once a person has handed the conversation back, what was before counts no more.
    """
    now = utcnow()
    since = max(now - LOOP_HOUR, participant.handed_back_at or now - LOOP_HOUR)
    answers = _answers(participant.id, since)
    repeats = _repeats(participant.id, message_ids, max(since, now - REPEATS_WITHIN))
    return answers >= current_app.config["ANSWERS_PER_HOUR"] or repeats >= MOST_REPEATS


def _answers(participant_id: int, since: datetime) -> int:
    """Whoever worded them, and in however many parts: the first part is what answered."""
    asked = aliased(Message)
    answers = select(func.count(Message.id)).where(
        Message.participant_id == participant_id,
        Message.direction == Direction.OUTBOUND,
        Message.created_at > since,
        Message.status != Status.CANCELLED,
        exists().where(asked.answered_by_id == Message.id),
    )
    return db.session.scalar(answers) or 0


def _repeats(participant_id: int, message_ids: Sequence[int], since: datetime) -> int:
    """How often the text was said that was said most often, of those to be answered."""
    said = db.session.execute(
        select(Message.id, Message.body).where(
            Message.participant_id == participant_id,
            Message.direction == Direction.INBOUND,
            Message.created_at > since,
        )
    ).all()
    times = Counter(map(_plain, (row.body for row in said)))
    present = {_plain(row.body) for row in said if row.id in message_ids}
    return max((times[text] for text in present if len(text) >= SHORTEST_TEXT), default=0)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
