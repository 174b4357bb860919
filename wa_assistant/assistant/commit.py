"""Does what was decided about a burst, in one writing unit; each message is settled once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from .. import live
from ..conversation import attention, fixed_texts, outbox, unsettled
from ..conversation.unsettled import ANSWERS
from ..database import db, transaction, utcnow
from ..intake import gate
from ..journey import progress
from ..journey.collect import keep
from ..knowledge.search import current_thresholds
from ..media import transcribe
from ..models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Message,
    Outcome,
    Participant,
    Settlement,
)
from ..money import ledger
from ..work import claims
from ..work.claims import Claim
from . import formatting, offline, open_questions, plan, quoting, retrieval
from .burst import Burst
from .decide import (
    AskOnceMore,
    AskWhetherToStop,
    Decision,
    Discard,
    FallSilent,
    HoldBack,
    LeaveToPerson,
    Obey,
    Postpone,
    Say,
    SpeakUnaided,
    recheck,
)
from .model import paid_for
from .schema import Reply

HOLDING_PAUSE = timedelta(hours=1)
MOST_TIMES_SAID = 2  # the same sentence within that


def commit(claim: Claim[Participant], burst: Burst, decision: Decision) -> None:
    """Do it, unless it was overtaken: the claim is another's (claims.Lost is raised), a person has
    silenced the assistant, or the participant wrote on.

    What a call to the model took is settled in each case: it was paid for.
    """
    with paid_for(decision.attempt), transaction():
        participant = claims.own(claim)
        silenced = not participant.assistant_may_speak(utcnow())
        # Asked where the answer is the model's, which took a while.
        waiting = unsettled.waiting(burst.participant_id) if isinstance(decision, Say) else []
        has_grown = len(unsettled.in_turn(waiting)) > len(burst.message_ids)
        done = recheck(burst, decision, silenced=silenced, has_grown=has_grown)
        if isinstance(done, Say):
            _take_turn(participant, burst, done, waiting)
        _do(participant, burst, done)
        if isinstance(done, SpeakUnaided | AskWhetherToStop) and participant.attention_at is None:
            left = unsettled.waiting(participant.id)
            unsettled.give_turn(participant, burst.message_ids, left)
        if decision.attempt is not None:
            ledger.settle(decision.attempt.call)


def _do(participant: Participant, burst: Burst, decision: Decision) -> None:
    if isinstance(decision, Postpone):
        if isinstance(decision, HoldBack):
            _hold_back(participant, burst, decision)
        claims.postpone(ANSWERS, participant, decision.seconds, forgiven=True)
        return
    claims.finish(participant)
    match decision:
        case AskOnceMore():
            pass
        case Discard(attempt=attempt):
            attempt.call.outcome = Outcome.OBSOLETE
        case LeaveToPerson():
            _leave_to_person(participant, burst, decision)
        case AskWhetherToStop():
            _settle(burst, gate.ask_whether_to_stop(participant))
        case Obey(spoken=spoken):
            message = db.session.get_one(Message, spoken.message_id)
            gate.obeys(participant, message, spoken.words)
        case FallSilent():
            participant.paused_until = UNTIL_RESUMED
            attention.call(participant, Attention.LOOP_GUARD)
            _mark(burst, Settlement.WITH_A_PERSON)
        case Say():
            _say(participant, burst, decision)
        case SpeakUnaided():
            _speak_unaided(participant, burst, decision)


def _leave_to_person(participant: Participant, burst: Burst, decision: LeaveToPerson) -> None:
    """Who has taken the conversation over sees the messages as unread, and the draft beside them.

    Who has stopped meanwhile or is blocked waits for nobody, and nobody is offered words for them.
    """
    if participant.is_silent:
        stopped = participant.stopped_at is not None
        _mark(burst, Settlement.STOPPED if stopped else Settlement.BLOCKED)
        return
    if decision.draft:
        _put(participant, decision, decision.draft, silenced=True)
    if participant.taken_over_by_id is None:
        attention.call(participant, Attention.WROTE_DURING_PAUSE)
    _mark(burst, Settlement.WITH_A_PERSON)


def _say(participant: Participant, burst: Burst, decision: Say) -> None:
    """The model's words; where nothing of them is left, a fixed text, and a person is called."""
    words = decision.words
    if not words:
        attention.call(participant, Attention.MODEL_FAILED)
        words = offline.holding_sentence(burst.text, burst.language)
    words = fixed_texts.notice(participant) + words
    if formatting.is_too_long(words):
        words = formatting.beginning(words)
        decision.attempt.call.outcome = Outcome.CUT
    message = _put(participant, decision, words)
    if message.body == burst.same_before:
        attention.call(participant, Attention.LOOP_GUARD)
    _settle(burst, message)
    if burst.retrieval is not None:
        retrieval.keep(message, burst.retrieval, decision.reply)
    _follow(participant, burst, decision.reply)


def _follow(participant: Participant, burst: Burst, reply: Reply) -> None:
    """Of their journey: keep the answers the model found, and go on where that completes the stage.

    The stage they were found in may have been left meanwhile: they are its answers all the same.
    One that begins now has yet to say its opening words, and so does not end now.
    """
    if reply.wants_person:
        attention.call(participant, Attention.ASKED_FOR_A_PERSON)
    if burst.stage is None or burst.is_left_by(participant):
        return
    is_there = burst.is_about(participant.stage)
    if not burst.begun:
        progress.begin_first(participant)
    if reply.answers:
        keep(participant, burst.stage, reply.answers, plan.messages(burst.said))
        progress.measure(participant)
    if burst.begun and is_there:
        progress.advance(participant, seems_complete=reply.stage_complete)


def _speak_unaided(participant: Participant, burst: Burst, decision: SpeakUnaided) -> None:
    """What the documents or the journey say; else that a person will read it, and one is called."""
    said = None
    if decision.stage_first:
        said = plan.follow_alone(participant, burst, hears=False)
    if said is None and (quote := _quote(participant, burst, decision.reason)):
        _name_the_call(quote, burst, decision)
        _settle(burst, quote)
        return
    if said is None and decision.reason == Attention.NO_MODEL:
        said = plan.follow_alone(participant, burst, hears=True)
    if said is None:
        said = _say_a_person_will_read(participant, burst, decision)
    if said is None:
        return
    _name_the_call(said, burst, decision)
    _settle(burst, said)
    open_questions.keep(burst, said.id)


def _hold_back(participant: Participant, burst: Burst, decision: HoldBack) -> None:
    """They wait, and are told so once."""
    if (
        offline.said_lately(participant.id, offline.HOLDING.values(), 1, burst.waiting_since)
        is None
    ):
        attention.call(participant, Attention.NEWCOMERS)
        words = offline.holding_sentence(burst.text, burst.language)
        outbox.put(participant, words, Author.ASSISTANT).cap_met = decision.cap


def _name_the_call(said: Message, burst: Burst, decision: Decision) -> None:
    """The team is told why the model did not answer, or was not asked."""
    if decision.cap is not None:
        said.cap_met = decision.cap
    if decision.attempt is None:
        said.model_failure = _failure(burst, decision)
    if decision.attempt is not None:
        said.ai_call_id = decision.attempt.call.id


def _failure(burst: Burst, decision: Decision) -> str | None:
    """Why the model did not answer, or was left alone."""
    if decision.attempt is not None:
        return decision.attempt.call.failure
    return burst.model_refused_for if burst.model_rests else None


def _say_a_person_will_read(
    participant: Participant, burst: Burst, decision: SpeakUnaided
) -> Message | None:
    """That a person will read it: None where that was said often enough within the hour. What was
    spoken and could not be made out is asked for in writing instead."""
    reason, since = decision.reason, decision.once_since or utcnow() - HOLDING_PAUSE
    attention.call(participant, reason)
    unheard = reason == Attention.NOT_HEARD
    said = offline.PLEASE_WRITE if unheard else offline.HOLDING
    once = reason in (Attention.MODEL_FAILED, Attention.CAP_MET) or (
        not unheard and plan.waits_for_answer(participant)
    )
    before = offline.said_lately(
        participant.id, said.values(), 1 if once else MOST_TIMES_SAID, since
    )
    if before is not None:
        open_questions.keep(burst, before)
        _mark(burst, Settlement.WITH_A_PERSON, failure=_failure(burst, decision))
        live.conversation_changed(participant.id)
        return None
    words = offline.please_write if unheard else offline.holding_sentence
    line = fixed_texts.notice(participant)
    sentence = line + words(burst.text, burst.language)
    message = outbox.put(participant, sentence, Author.ASSISTANT)
    if unheard:  # which is no holding sentence: that would be the last for an hour
        message.ai_call_id = transcribe.last_call(participant.id)
    return message


def _quote(participant: Participant, burst: Burst, reason: Attention) -> Message | None:
    """What the documents say, where it may be the answer, and a person is called all the same, of
    which nobody is told; the journey begins, too.
    """
    found = burst.retrieval.candidates if burst.retrieval else ()
    collects = burst.begun and burst.stage is not None and burst.stage.answers
    # Where the stage has asked something, what has no question mark is the answer to that.
    if not found or reason == Attention.NOT_HEARD or (collects and "?" not in burst.asked):
        return None
    chosen = quoting.choose(burst.looked_for, found, current_thresholds())
    if chosen is None:
        return None
    passage, words = chosen
    line = fixed_texts.notice(participant)
    said = line + offline.quoted(passage.document, words, burst.text, burst.language)
    attention.call(participant, reason)  # nobody has seen whether that was what they meant
    message = outbox.put(participant, said, Author.ASSISTANT)
    db.session.flush()
    retrieval.cite(message, [passage])
    if not burst.begun or reason == Attention.NO_MODEL:
        plan.follow_alone(participant, burst, hears=burst.begun, is_answered=True)
    return message


def _put(
    participant: Participant, decision: Decision, words: str, *, silenced: bool = False
) -> Message:
    """The model's words in the outbox; what came too late stands there cancelled."""
    call_id = decision.attempt.call.id if decision.attempt else None
    said = outbox.put(participant, words, Author.ASSISTANT, silenced=silenced, ai_call_id=call_id)
    if decision.cap is not None:
        said.cap_met = decision.cap
    return said


def _take_turn(
    participant: Participant, burst: Burst, say: Say, waiting: Sequence[unsettled.Waiting]
) -> None:
    """The model answers, and so it is their turn, where it does not leave that to a person. Before
    all else, so that one statement writes it."""
    if participant.attention == Attention.NEWCOMERS:
        attention.call_off(participant, Attention.NEWCOMERS)
    if say.words and not say.reply.wants_person:
        unsettled.give_turn(participant, burst.message_ids, waiting)


def _settle(burst: Burst, answer: Message) -> None:
    _mark(burst, Settlement.ANSWERED, answer.id)


def _mark(
    burst: Burst,
    settlement: Settlement,
    answered_by: int | None = None,
    *,
    failure: str | None = None,
) -> None:
    settled = {"settlement": settlement, "settled_at": utcnow(), "answered_by_id": answered_by}
    db.session.execute(
        update(Message)
        .where(Message.id.in_(burst.message_ids), Message.settled_at.is_(None))
        .values(**settled, model_failure=failure)
    )
