"""Answers a participant: claim, gather, ask, and settle in one transaction."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from .. import live
from ..database import db, transaction, utcnow
from ..messaging import attention, lease, outbox, receipts, text, unsettled
from ..models import (
    AiCall,
    Attention,
    Author,
    Message,
    Outcome,
    Participant,
    Settlement,
    Status,
)
from ..queue import later
from . import attachments, offline, prompt, voice
from .model import Attempt, ask

log = logging.getLogger(__name__)

HISTORY = 40  # messages before those being answered
PATIENCE = timedelta(minutes=2)  # with a model that fails, from the oldest message on
LONGEST_PAUSE_SECONDS = 30.0
FAULT_PAUSE = timedelta(minutes=1)
HOLDING_PAUSE = timedelta(hours=1)
NEVER_READ = (*receipts.FAILURES, Status.CANCELLED)
WORTH_RETRYING = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE)


@dataclass(frozen=True)
class Task:
    """All that answering needs, read before the model is asked."""

    participant_id: int
    phone: str | None
    message_ids: list[int]
    text: str
    oldest: datetime
    prompt: list[dict[str, Any]]
    failures: int
    silenced: bool
    unheard: bool


def answer(participant_id: int) -> None:
    """Answer what the participant wrote and nobody has answered yet, once."""
    wait = unsettled.wait(participant_id)
    if wait is None:
        return
    if wait.seconds < 1:
        with lease.hold(participant_id) as token:
            if token is None:
                return  # the holder looks again
            _answer_burst(participant_id, token, wait.seconds)
        wait = unsettled.wait(participant_id)
    # A burst that goes on has a bell of its own; what came while the lease was held has none.
    if wait is not None and not (wait.rung and wait.seconds >= 1):
        later("jobs.reply.answer", participant_id, delay=wait.seconds)


def _answer_burst(participant_id: int, token: str, rest: float) -> None:
    if rest:
        time.sleep(rest)  # finer than the queue can wait
        wait = unsettled.wait(participant_id)
        if wait is None or wait.seconds:
            return  # another message came meanwhile
    pause = attachments.prepare(participant_id)
    if pause is not None:
        _put_off(participant_id, timedelta(seconds=pause))
        return
    task = _gather(participant_id)
    if task is None:
        return
    try:
        _answer(task, token)
    except lease.Lost:
        log.warning("another worker answers: participant=%s", participant_id)
    except Exception:
        _put_off(participant_id)
        raise


def _put_off(participant_id: int, pause: timedelta = FAULT_PAUSE) -> None:
    """A fault of our own would be the same in a second, and each call to the model costs."""
    with transaction() as session:
        participant = session.get_one(Participant, participant_id)
        participant.answer_after = utcnow() + pause


def _gather(participant_id: int) -> Task | None:
    asked = db.session.scalars(
        select(Message)
        .where(*unsettled.of(participant_id))
        .options(selectinload(Message.files))
        .order_by(Message.id)
    ).all()
    if not asked or any(map(attachments.is_awaited, asked)):
        return None
    ids = [message.id for message in asked]
    history = db.session.scalars(
        select(Message)
        .where(
            Message.participant_id == participant_id,
            Message.id.not_in(ids),
            Message.status.not_in(NEVER_READ),
        )
        .options(selectinload(Message.files))
        .order_by(Message.id.desc())
        .limit(HISTORY)
    ).all()
    failures = db.session.scalar(
        select(func.count(AiCall.id)).where(
            AiCall.participant_id == participant_id,
            AiCall.created_at >= asked[0].created_at,
            AiCall.outcome != Outcome.ANSWERED,
            AiCall.prompt_version != "",
        )
    )
    participant = db.session.get_one(Participant, participant_id)
    task = Task(
        participant_id=participant_id,
        phone=participant.phone,
        message_ids=ids,
        text=_said(asked) or _said(history[:10]),
        oldest=asked[0].created_at,
        prompt=prompt.build(history[::-1], asked),
        failures=failures or 0,
        silenced=participant.is_silenced(utcnow()),
        unheard=voice.is_unheard(asked),
    )
    db.session.close()  # no transaction is open while the model thinks
    return task


def _said(messages: Iterable[Message]) -> str:
    """The participant's own words, written or spoken."""
    spoken = [
        (message.body, *(file.transcript for file in message.files))
        for message in messages
        if message.author == Author.PARTICIPANT
    ]
    return "\n".join(words for each in spoken for words in each if words)


def _answer(task: Task, token: str) -> None:
    if task.silenced:
        _leave_to_person(task, token)
        return
    if not current_app.config["OPENAI_CONNECTED"]:
        _settle_offline(task, token, Attention.NO_MODEL)
        return
    if task.unheard:
        _settle_offline(task, token, Attention.NOT_HEARD)
        return
    attempt = ask(task.participant_id, task.prompt)
    if attempt.outcome == Outcome.UNUSABLE:
        _record(attempt)
        attempt = ask(task.participant_id, task.prompt)
    if attempt.reply is not None:
        _settle(task, token, attempt, attempt.reply)
        return
    _record(attempt)
    if attempt.outcome in WORTH_RETRYING and utcnow() < task.oldest + PATIENCE:
        _postpone(task, token, attempt)
    else:
        _settle_offline(task, token, Attention.MODEL_FAILED)


def _settle(task: Task, token: str, attempt: Attempt, reply: str) -> None:
    try:
        with transaction() as session:
            lease.check(task.participant_id, token)
            session.add(attempt.call)
            session.flush()
            participant = session.get_one(Participant, task.participant_id)
            participant.answer_after = None
            if participant.is_silenced(utcnow()):  # since the model was asked
                _hand_over(session, participant, task)
                return
            messages = [
                outbox.put(session, participant, part, Author.ASSISTANT)
                for part in text.parts(reply)
            ]
            for message in messages:
                message.ai_call_id = attempt.call.id
            _mark_settled(session, task, Settlement.ANSWERED, messages[0].id)
    except lease.Lost:
        _record(attempt)  # it was paid for all the same
        raise


def _settle_offline(task: Task, token: str, reason: Attention) -> None:
    unheard = reason == Attention.NOT_HEARD
    sentence = (offline.please_write if unheard else offline.holding_sentence)(
        task.text, task.phone
    )
    with transaction() as session:
        lease.check(task.participant_id, token)
        participant = session.get_one(Participant, task.participant_id)
        participant.answer_after = None
        if participant.is_silenced(utcnow()):
            _hand_over(session, participant, task)
            return
        attention.call(participant, reason)
        if reason == Attention.MODEL_FAILED and _held_lately(session, task.participant_id):
            _mark_settled(session, task, Settlement.WITH_A_PERSON, None)
            live.changed("conversations", live.thread(task.participant_id))
            return
        message = outbox.put(session, participant, sentence, Author.ASSISTANT)
        # It is no holding sentence, which for an hour would be the last.
        message.ai_call_id = voice.last_call(session, task.participant_id) if unheard else None
        _mark_settled(session, task, Settlement.ANSWERED, message.id)


def _leave_to_person(task: Task, token: str) -> None:
    with transaction() as session:
        lease.check(task.participant_id, token)
        _hand_over(session, session.get_one(Participant, task.participant_id), task)


def _hand_over(session: Session, participant: Participant, task: Task) -> None:
    """Settle the messages as a person's; who holds the conversation sees them as unread."""
    if participant.held_by_id is None:
        attention.call(participant, Attention.WROTE_DURING_PAUSE)
    _mark_settled(session, task, Settlement.WITH_A_PERSON, None)


def _postpone(task: Task, token: str, attempt: Attempt) -> None:
    pause = max(2.0 ** (task.failures + 1), attempt.retry_after or 0)
    pause = min(pause, LONGEST_PAUSE_SECONDS)
    with transaction() as session:
        lease.check(task.participant_id, token)
        participant = session.get_one(Participant, task.participant_id)
        participant.answer_after = utcnow() + timedelta(seconds=pause)


def _record(attempt: Attempt) -> None:
    with transaction() as session:
        session.add(attempt.call)


def _held_lately(session: Session, participant_id: int) -> bool:
    """Whether the holding sentence went to this person within the hour."""
    return (
        session.scalar(
            select(Message.id)
            .where(
                Message.participant_id == participant_id,
                Message.author == Author.ASSISTANT,
                Message.ai_call_id.is_(None),
                Message.created_at > utcnow() - HOLDING_PAUSE,
            )
            .limit(1)
        )
        is not None
    )


def _mark_settled(
    session: Session, task: Task, settlement: Settlement, answered_by: int | None
) -> None:
    session.execute(
        update(Message)
        .where(Message.id.in_(task.message_ids), Message.settled_at.is_(None))
        .values(settlement=settlement, settled_at=utcnow(), answered_by_id=answered_by)
    )
