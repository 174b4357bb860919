"""Answers a participant: claim, gather, ask, and settle in one transaction."""

import logging
import time
from dataclasses import replace
from datetime import timedelta

from flask import current_app

from ..conversation import lease, unsettled
from ..database import utcnow
from ..journey import progress
from ..media import attachments
from ..models import Attention, Outcome, Provider
from ..providers import budget, circuit
from ..work.queue import later
from . import loop_guard, settle, spoken
from .burst import Burst, gather, grounded
from .model import Attempt, ask, tokens_at_most

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=2)  # with a model that fails, from its first failure on
LONGEST_PAUSE_SECONDS = 30.0
MOST_RESTARTS = 2  # with a participant who goes on writing while the model thinks
WORTH_RETRYING = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE)


def answer(participant_id: int) -> None:
    """Answer what the participant wrote and nobody has answered yet, once."""
    wait = unsettled.wait(participant_id)
    if wait is None:
        return
    if wait.seconds < 1:
        with lease.hold(participant_id) as token:
            if token is None:
                return  # the holder looks again
            if wait.seconds:
                time.sleep(wait.seconds)  # finer than the queue can wait
            if not _is_growing(participant_id):
                _answer(participant_id, token)
        wait = unsettled.wait(participant_id)
    # A burst that goes on has a bell of its own; what came while the lease was held has none.
    if wait is not None and not (wait.rung and wait.seconds >= 1):
        later("jobs.reply.answer", participant_id, delay=wait.seconds)


def _is_growing(participant_id: int) -> bool:
    wait = unsettled.wait(participant_id)
    return wait is None or wait.seconds > 0


def _answer(participant_id: int, token: str) -> None:
    """Answer the burst; begin anew, for a while, with what comes in meanwhile."""
    try:
        if settle.is_poison(participant_id):
            settle.set_aside(participant_id, token)
            return
        if progress.is_due(participant_id):
            progress.begin_due(participant_id)
        for restart in range(MOST_RESTARTS + 1):
            pause = attachments.prepare(participant_id)
            if pause is not None:
                settle.postpone(participant_id, token, pause)
                return
            burst = gather(participant_id)
            if burst is None or _answer_burst(burst, token, final=restart == MOST_RESTARTS):
                return
            _sleep_out(participant_id)
    except lease.Lost:
        log.warning("another worker answers: participant=%s", participant_id)


def _sleep_out(participant_id: int) -> None:
    """Wait until the burst is over; it is ten seconds after it began, at the latest."""
    wait = unsettled.wait(participant_id)
    while wait is not None and wait.seconds:
        time.sleep(wait.seconds)
        wait = unsettled.wait(participant_id)


def _answer_burst(burst: Burst, token: str, *, final: bool) -> bool:
    """False where more came while the model was thinking, and all is to be begun anew."""
    if burst.silenced:
        settle.leave_to_person(burst, token)
    elif burst.seems_to_stop:
        settle.ask_whether_to_stop(burst, token)
    elif spoken.obeyed(burst, token):
        pass
    elif loop_guard.seems_a_loop(burst.participant_id, burst.message_ids):
        settle.fall_silent(burst, token)
    else:
        return _answer_from(grounded(burst), token, final=final)
    return True


def _answer_from(burst: Burst, token: str, *, final: bool) -> bool:
    """The same, with what the company's documents hold for it."""
    if not current_app.config["OPENAI_CONNECTED"]:
        settle.offline_answer(burst, token, Attention.NO_MODEL)
    elif burst.model_rests:
        settle.offline_answer(burst, token, Attention.MODEL_FAILED)
    elif burst.unheard:
        settle.offline_answer(burst, token, Attention.NOT_HEARD)
    elif seconds := budget.wait(tokens_at_most(burst.prompt)):
        settle.postpone(burst.participant_id, token, seconds)
    else:
        return _ask(burst, token, final=final)
    return True


def _ask(burst: Burst, token: str, *, final: bool) -> bool:
    attempt = ask(burst.participant_id, burst.prompt)
    if attempt.outcome == Outcome.UNUSABLE and not burst.asked_again:
        settle.record(attempt)
        # In its turn: should that be later, the call just kept tells that it was the first.
        return _answer_from(replace(burst, asked_again=True), token, final=final)
    if attempt.reply is not None:
        settled = settle.answered(burst, token, attempt, attempt.reply, final=final)
        circuit.close(Provider.MODEL)
        return settled
    settle.record(attempt)
    if attempt.outcome == Outcome.QUOTA_SPENT:
        circuit.break_(Provider.MODEL, attempt.call.error or "")
    if attempt.outcome == Outcome.UNUSABLE and settle.own_words(burst, token):
        return True
    if attempt.outcome in WORTH_RETRYING and _is_patient(burst):
        settle.postpone(burst.participant_id, token, _pause(burst, attempt))
    else:
        settle.offline_answer(burst, token, Attention.MODEL_FAILED)
    return True


def _is_patient(burst: Burst) -> bool:
    return burst.failing_since is None or utcnow() < burst.failing_since + PATIENCE


def _pause(burst: Burst, attempt: Attempt) -> float:
    pause: float = max(2.0 ** (burst.failures + 1), attempt.retry_after or 0)
    return min(pause, LONGEST_PAUSE_SECONDS)
