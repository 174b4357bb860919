"""What is to be answered: read before the model is asked, so that no transaction is open then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Integer, Row, Select, bindparam, select, true
from sqlalchemy.orm import joinedload

from .. import settings
from ..clients import openai
from ..conversation import ai_calls, fixed_texts, unsettled
from ..database import UtcDateTime, db, utcnow
from ..intake import gate
from ..journey import progress
from ..journey.definition import Stage
from ..journey.given import newest
from ..knowledge.search import HAS_PASSAGES
from ..models import Author, CallKind, Direction, JourneyVersion, Message, Participant, Provider
from ..models.message import NEVER_SAID
from ..money.ledger import Payer
from ..providers import circuit
from ..understanding import commands
from ..work.claims import Claim
from . import loop_guard, manner, noted, prompt, retrieval
from .manner import Manner
from .retrieval import Retrieval

HISTORY = 40  # messages before those being answered
WHO = bindparam("participant_id", type_=Integer)
SINCE, HOUR_AGO = (bindparam(name, type_=UtcDateTime) for name in ("since", "hour_ago"))


@dataclass(frozen=True)
class Spoken:
    """A command that was spoken: in which message, and in what words."""

    message_id: int
    words: str


@dataclass(frozen=True)
class Burst:
    """A participant's unsettled messages, and all that answering them needs.

    `language` is what the team says, their journey's, or that of their number's country.
    `manner`: how it is answered.
    `is_unknown`: the model has never answered them. `is_awaited`: files of theirs are on the way.
    `seems_to_stop`: it is one message that may mean that, of which they are to be asked.
    `left_out`: for so many messages, or a part of them, the prompt has no room.
    `failures` counts the calls to the model that failed for them, `failing_since` is the first.
    `asked_again`: one of them gave what could not be used, which is asked for once more only.
    `asked` is what they say, `said_before` what was said until then, the newest first; `text` tells
    their language, by what was said before where they say nothing.
    `spoken`: a stop or a call for a person that was spoken in one of them.
    `seems_a_loop`: they got too many answers in an hour, or somebody says the same over and over.
    `same_before`: what we said so often that once more is a loop; "" for nothing.
    `unheard`: nothing came but voice messages whose words could not be made out.
    `stage` is where they are in their journey, of the version `version_id`; it has `begun`, or
    begins with this answer.
    `said` are the ids of their messages that an answer may rest on.
    `discarded` counts the replies that were given up because they went on writing.
    `has_model`: one is connected. `model_rests`: it refuses everything, and is left alone for a
    while; `model_was_refusing`: so it did when last asked, rest or not, and `model_refused_for`
    tells why.
    `retrieval` is what an answer may rest on, once it was looked for; None without documents.
    `looked_for` is the query it was looked for with.
    `named` is what they, and people of the team, have named in the conversation, and the stage: a
    reply may name it, too.
    """

    participant_id: int
    language: str
    message_ids: list[int]
    waiting_since: datetime
    is_unknown: bool
    is_awaited: bool
    seems_to_stop: bool
    spoken: Spoken | None
    seems_a_loop: bool
    same_before: str
    asked: str
    said_before: list[str]
    text: str
    prompt: list[dict[str, Any]]
    manner: Manner
    left_out: int
    failures: int
    failing_since: datetime | None
    asked_again: bool
    discarded: int
    silenced: bool
    unheard: bool
    version_id: int | None
    stage: Stage | None
    begun: bool
    said: list[int]
    has_model: bool
    model_rests: bool
    model_was_refusing: bool
    has_documents: bool
    retrieval: Retrieval | None = None
    looked_for: str = ""
    model_refused_for: str | None = None
    named: str = ""

    def is_about(self, stage: str | None) -> bool:
        """Whether they have not come to another than `stage` while the model was thinking."""
        return stage == (self.stage.key if self.stage and self.begun else None)

    def is_left_by(self, participant: Participant) -> bool:
        """Whether they are in another journey by now, or in none."""
        both = (participant.journey_version_id, self.version_id)
        if both[0] == both[1]:
            return False
        versions = select(JourneyVersion.journey_id).where(JourneyVersion.id.in_(both))
        found = db.session.scalars(versions).all()
        return len(found) < len(both) or len(set(found)) > 1


def _waiting_and_before() -> Select[Message]:
    waiting = select(Message.id).where(*unsettled.of(WHO))
    before = (
        select(Message.id)
        .where(
            Message.participant_id == WHO,
            Message.id.not_in(waiting),
            Message.status.not_in(NEVER_SAID),
        )
        .order_by(Message.id.desc())
        .limit(HISTORY)
        .subquery()
    )
    return (
        select(Message)
        .where(Message.id.in_(waiting.union_all(select(before.c.id))))
        .options(joinedload(Message.files), joinedload(Message.quoted).joinedload(Message.files))
        .order_by(Message.id)
    )


# Asked for each answer, and made once: the participant's messages that wait, and HISTORY of those
# before them that were said; the oldest first.
MESSAGES = _waiting_and_before()


def _known_of() -> Select[Any]:
    calls = ai_calls.lately(WHO, SINCE).subquery()
    return (
        select(
            Participant,
            JourneyVersion,
            calls,
            loop_guard.answers(WHO, HOUR_AGO).label("answers"),
            circuit.retry_at(Provider.MODEL).label("model_retry_at"),
            circuit.failure(Provider.MODEL).label("model_refused_for"),
            HAS_PASSAGES.label("has_documents"),
            *manner.COLUMNS,
        )
        .outerjoin(JourneyVersion, JourneyVersion.id == Participant.journey_version_id)
        .join(calls, true())
        .where(Participant.id == WHO)
    )


# Asked for each answer, and made once: to put it together costs more than to ask it.
#
# They themselves with their journey's version, and what lately became of what they wrote: `failed`,
# `failing_since`, `unusable` and `discarded` are the calls to the model for what is asked since
# then, `answers` what they got within the hour, `model_retry_at` the circuit's; and whether there
# is anything to look up, and how owners want it answered.
KNOWN = _known_of()


def read(participant_id: int) -> Burst | None:
    """The burst as it is now; None when nothing is left to answer, or its files are on the way:
    those of an unknown number are looked for once it is let in."""
    waiting, history = _messages(participant_id)
    asked, now = unsettled.in_turn(waiting), utcnow()
    if not asked:
        return None
    known = _known(participant_id, asked[0].created_at)
    participant, lately = known.Participant, _lately(known)
    is_unknown = participant.let_in_at is None and not participant.simulated
    is_awaited = any(file.is_awaited(now) for message in asked for file in message.files)
    if is_awaited and not is_unknown:
        return None
    here = progress.place(participant)
    said = unsettled.said(asked)
    stage_told = lately["manner"].with_stage(told_of(participant, here))
    told = _with_notes(stage_told, participant_id, lately["manner"])
    before, room = history[::-1], prompt.room(_context(lately["manner"]), told)
    burst = Burst(
        participant_id=participant_id,
        language=fixed_texts.language(participant, here.version if here else None),
        message_ids=[message.id for message in asked],
        waiting_since=asked[0].created_at,
        is_unknown=is_unknown,
        is_awaited=is_awaited,
        seems_to_stop=unsettled.is_asked_about(asked[0]),
        spoken=_spoken(asked),
        seems_a_loop=loop_guard.seems_a_loop(participant, asked, history, known.answers),
        same_before=loop_guard.same_before(participant, history),
        asked=said,
        said_before=[unsettled.said([message]) for message in history],
        text=said or unsettled.said(history[:10]),
        prompt=prompt.build(before, asked, told, room),
        left_out=prompt.left_out(before, asked, room),
        silenced=not participant.assistant_may_speak(utcnow()),
        unheard=unsettled.is_unheard(asked),
        version_id=participant.journey_version_id,
        stage=here.stage if here else None,
        begun=here is None or here.begun,
        said=[message.id for message in (*before, *asked) if message.author == Author.PARTICIPANT],
        **lately,
        named=_named(stage_told, (*history, *asked)),
    )
    db.session.close()
    return burst


def looked_up(burst: Burst, claim: Claim[Participant]) -> Burst:
    """The burst with what the documents hold for it. The embedding service may be asked."""
    if not burst.has_documents:
        return burst
    payer = Payer(CallKind.QUERY, burst.participant_id, claim)
    looked_for, found = retrieval.look_for(burst.asked, retrieval.whole(burst.said_before), payer)
    db.session.close()
    messages = prompt.with_retrieval(burst.prompt, found.told)
    return replace(burst, prompt=messages, retrieval=found, looked_for=looked_for)


def _messages(participant_id: int) -> tuple[Sequence[Message], Sequence[Message]]:
    """Those that wait, the oldest first, and those before them that were said, the newest first."""
    asked: list[Message] = []
    said: list[Message] = []
    for each in db.session.scalars(MESSAGES, {"participant_id": participant_id}).unique():
        waits = each.direction == Direction.INBOUND and each.settled_at is None
        (asked if waits else said).append(each)
    return asked, said[::-1]


def _known(participant_id: int, since: datetime) -> Row[Any]:
    """The one row of KNOWN; `since`: when what is asked came."""
    hour_ago = utcnow() - loop_guard.HOUR
    values = {"participant_id": participant_id, "since": since, "hour_ago": hour_ago}
    return db.session.execute(KNOWN, values).one()


def _lately(known: Row[Any]) -> dict[str, Any]:
    """What became of the calls for them, how the model is, and how they are to be answered."""
    model = circuit.standing(known.model_retry_at)
    return {
        "manner": manner.of(settings.of_row(manner.NAMES, known)),
        "failures": known.failed,
        "failing_since": known.failing_since,
        "asked_again": known.unusable > 0,
        "discarded": known.discarded,
        "has_model": current_app.config["OPENAI_CONNECTED"],
        "model_rests": model.rests_until is not None,
        "model_was_refusing": model.is_open,
        "model_refused_for": known.model_refused_for,
        "has_documents": known.has_documents,
    }


def _named(told: str, said: Iterable[Message]) -> str:
    people_s = [each for each in said if each.author != Author.ASSISTANT]
    return "\n".join([told, *map(prompt.words, people_s)])


def _context(manner: Manner) -> int:
    return openai.context(manner.model) if current_app.config["OPENAI_CONNECTED"] else 0


def told_of(participant: Participant, here: progress.Place | None) -> str:
    if here is None or here.stage is None:
        return ""
    known = {
        question.name: answer.value
        for question in here.stage.answers
        if (answer := newest(participant.id, here.stage.key, question.name))
    }
    return prompt.stage_told(here.stage, known, begun=here.begun)


def _with_notes(told: str, participant_id: int, manner: Manner) -> str:
    """`told` with what users noted of them, where owners let the model have that."""
    return noted.beside(told, participant_id) if manner.notes_told else told


def _spoken(asked: Iterable[Message]) -> Spoken | None:
    """What may be misheard decides nothing but these."""
    for message in asked:
        for file in message.files:
            if file.transcript and commands.command(file.transcript) in gate.SPOKEN:
                return Spoken(message.id, file.transcript)
    return None
