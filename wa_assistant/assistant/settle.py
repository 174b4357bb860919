"""Settles a burst, each message once: answered, or with a person. One writing unit each.

Every verb names the lease's token and raises lease.Lost when that is another worker's now.
"""

from datetime import timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from .. import live
from ..conversation import attention, lease, notice, outbox, unsettled
from ..database import db, transaction, utcnow
from ..intake import gate
from ..media import transcribe
from ..models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Citation,
    Message,
    Outcome,
    Participant,
    Settlement,
)
from ..work.faults import MOST_FAULTS
from . import excerpt, formatting, links, offline, open_questions, plan, retrieval
from .burst import Burst
from .model import Attempt
from .schema import Reply

HOLDING_PAUSE = timedelta(hours=1)


def answered(burst: Burst, token: str, attempt: Attempt, reply: Reply, *, final: bool) -> bool:
    """Put the reply in the outbox, or before who silenced the assistant meanwhile.

    False, and nothing is settled, where another message came while the model was thinking,
    unless this is `final`: it belongs to the same answer. Who seems to want no more messages is
    asked whether that is so, and hears nothing else.
    """
    words = links.safe(formatting.for_whatsapp(reply.text))  # which looks into the documents
    db.session.rollback()
    nothing_left = not formatting.is_legible(words)
    if nothing_left:  # but a link to nobody we know
        words = offline.holding_sentence(burst.text, burst.language)
    try:
        with transaction() as session:
            participant = _own(session, burst.participant_id, token)
            session.add(attempt.call)
            session.flush()
            silenced = participant.is_silenced(utcnow())  # since the model was asked
            if not silenced and not final and _has_grown(session, burst):
                attempt.call.outcome = Outcome.OBSOLETE
                return False
            if participant.stopped_at is not None:
                _hand_over(participant, burst.message_ids)  # and nobody is offered these words
                return True
            if reply.wants_stop and not silenced:
                question = gate.ask_whether_to_stop(session, participant)
                _mark(burst.message_ids, Settlement.ANSWERED, question.id)
                return True
            if nothing_left:
                attention.call(participant, Attention.MODEL_FAILED)
            message = _put(session, participant, attempt, words, silenced)
            if silenced:
                _hand_over(participant, burst.message_ids)
            else:
                _mark(burst.message_ids, Settlement.ANSWERED, message.id)
                retrieval.keep(session, message, burst.grounds, reply)
                plan.follow(session, participant, burst, reply)
    except lease.Lost:
        attempt.call.outcome = Outcome.OBSOLETE
        record(attempt)  # it was paid for all the same
        raise
    return True


def offline_answer(burst: Burst, token: str, reason: Attention) -> None:
    """Say that a person will read it, to the same person at most once an hour, and call one.

    What was spoken and could not be made out is asked for in writing instead, each time.
    """
    unheard = reason == Attention.NOT_HEARD
    words = offline.please_write if unheard else offline.holding_sentence
    sentence = words(burst.text, burst.language)
    with transaction() as session:
        participant = _own(session, burst.participant_id, token)
        if participant.is_silenced(utcnow()):
            _hand_over(participant, burst.message_ids)
            return
        if quote := _quote(session, participant, burst, reason):
            _mark(burst.message_ids, Settlement.ANSWERED, quote.id)
            return
        if own := _own_words(session, participant, burst, reason):
            _mark(burst.message_ids, Settlement.ANSWERED, own.id)
            open_questions.keep(session, burst, own.id)
            return
        attention.call(participant, reason)
        held = _held_lately(session, burst.participant_id)
        if reason == Attention.MODEL_FAILED and held is not None:
            open_questions.keep(session, burst, held)
            _mark(burst.message_ids, Settlement.WITH_A_PERSON)
            live.changed("conversations", live.thread(burst.participant_id))
            return
        sentence = notice.line_for(session, participant) + sentence
        message = outbox.put(session, participant, sentence, Author.ASSISTANT)
        if unheard:  # which is no holding sentence: that would be the last for an hour
            message.ai_call_id = transcribe.last_call(session, burst.participant_id)
        _mark(burst.message_ids, Settlement.ANSWERED, message.id)
        open_questions.keep(session, burst, message.id)


def ask_whether_to_stop(burst: Burst, token: str) -> None:
    """The one message of the burst seems to be a stop: they are asked, and nothing else is said."""
    with transaction() as session:
        participant = _own(session, burst.participant_id, token)
        if participant.is_silenced(utcnow()):
            _hand_over(participant, burst.message_ids)
            return
        question = gate.ask_whether_to_stop(session, participant)
        _mark(burst.message_ids, Settlement.ANSWERED, question.id)


def own_words(burst: Burst, token: str) -> bool:
    """The stage's own words, where the model had none that could be sent."""
    with transaction() as session:
        participant = _own(session, burst.participant_id, token)
        if participant.is_silenced(utcnow()):
            return False
        own = plan.follow_alone(session, participant, burst, hears=False)
        if own is not None:
            _mark(burst.message_ids, Settlement.ANSWERED, own.id)
            open_questions.keep(session, burst, own.id)
        return own is not None


def leave_to_person(burst: Burst, token: str) -> None:
    """A person holds the conversation, or the assistant is paused in it."""
    with transaction() as session:
        _hand_over(_own(session, burst.participant_id, token), burst.message_ids)


def fall_silent(burst: Burst, token: str) -> None:
    """Stop the assistant for this participant until a person resumes it."""
    with transaction() as session:
        participant = _own(session, burst.participant_id, token)
        participant.paused_until = UNTIL_RESUMED
        attention.call(participant, Attention.IN_CIRCLES)
        _mark(burst.message_ids, Settlement.WITH_A_PERSON)


def set_aside(participant_id: int, token: str) -> None:
    """What failed by a fault of our own again and again is a person's to look at and replay."""
    with transaction() as session:
        participant = _own(session, participant_id, token)
        attention.call(participant, Attention.SET_ASIDE)
        ids = session.scalars(select(Message.id).where(*unsettled.of(participant_id))).all()
        # The fault stays with the messages: the participant's own count begins anew.
        told = {"faults": participant.faults, "error": participant.fault}
        session.execute(update(Message).where(Message.id.in_(ids)).values(**told))
        participant.faults = 0
        _mark(list(ids), Settlement.SET_ASIDE)
        live.changed("frame", live.thread(participant_id))


def is_poison(participant_id: int) -> bool:
    """Whether answering them has failed too often in succession."""
    return unsettled.faults(participant_id) >= MOST_FAULTS


def postpone(participant_id: int, token: str, seconds: float) -> None:
    """Begin answering no earlier than in so many seconds."""
    with transaction() as session:
        participant = _own(session, participant_id, token)
        participant.answer_after = utcnow() + timedelta(seconds=seconds)


def record(attempt: Attempt) -> None:
    """Keep what a call took that led to no answer."""
    with transaction() as session:
        session.add(attempt.call)


def _quote(
    session: Session, participant: Participant, burst: Burst, reason: Attention
) -> Message | None:
    """What the documents say, where it may be the answer; the journey begins all the same."""
    best = burst.grounds.passages[:1] if burst.grounds else ()
    collects = burst.begun and burst.stage is not None and burst.stage.answers
    # Where the stage has asked something, what has no question mark is the answer to that.
    if not best or reason == Attention.NOT_HEARD or (collects and "?" not in burst.asked):
        return None
    words = excerpt.excerpt(burst.looked_for, best[0].text)
    if not words:
        return None
    said = offline.quoted(best[0].document, words, burst.text, burst.language)
    said = notice.line_for(session, participant) + said
    message = outbox.put(session, participant, said, Author.ASSISTANT)
    session.flush()
    retrieval.cite(session, message, best)
    if not burst.begun:
        plan.follow_alone(session, participant, burst, hears=False)
    return message


def _own_words(
    session: Session, participant: Participant, burst: Burst, reason: Attention
) -> Message | None:
    """Where no model is connected the journey goes on in its own words."""
    if reason != Attention.NO_MODEL:
        return None
    return plan.follow_alone(session, participant, burst, hears=True)


def _put(
    session: Session, participant: Participant, attempt: Attempt, words: str, silenced: bool
) -> Message:
    """The reply in the outbox; what came too late stands there cancelled."""
    words = words if silenced else notice.line_for(session, participant) + words
    call_id = attempt.call.id
    return outbox.put(
        session, participant, words, Author.ASSISTANT, silenced=silenced, ai_call_id=call_id
    )


def _own(session: Session, participant_id: int, token: str) -> Participant:
    lease.check(participant_id, token)
    participant = session.get_one(Participant, participant_id)
    participant.answer_after = None
    return participant


def _has_grown(session: Session, burst: Burst) -> bool:
    mine = unsettled.of(burst.participant_id)
    waiting = session.execute(select(Message.id, Message.body).where(*mine).order_by(Message.id))
    return len(unsettled.in_turn(waiting.all())) > len(burst.message_ids)


def _hand_over(participant: Participant, message_ids: list[int]) -> None:
    """Settle the messages as a person's; who holds the conversation sees them as unread.

    Who has stopped meanwhile waits for nobody.
    """
    if participant.stopped_at is not None:
        _mark(message_ids, Settlement.STOPPED)
        return
    if participant.held_by_id is None:
        attention.call(participant, Attention.WROTE_DURING_PAUSE)
    _mark(message_ids, Settlement.WITH_A_PERSON)


def _held_lately(session: Session, participant_id: int) -> int | None:
    """What the offline assistant has said to them within the hour."""
    since = utcnow() - HOLDING_PAUSE
    said: int | None = session.scalar(
        select(Message.id)
        .where(
            Message.participant_id == participant_id,
            Message.author == Author.ASSISTANT,
            Message.ai_call_id.is_(None),
            Message.created_at > since,
            ~exists().where(Citation.message_id == Message.id),
        )
        .limit(1)
    )
    return said


def _mark(message_ids: list[int], settlement: Settlement, answered_by: int | None = None) -> None:
    db.session.execute(
        update(Message)
        .where(Message.id.in_(message_ids), Message.settled_at.is_(None))
        .values(settlement=settlement, settled_at=utcnow(), answered_by_id=answered_by)
    )
