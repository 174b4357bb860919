"""Answers a participant: read the conversation, decide, and do what was decided."""

import time
from datetime import timedelta

from flask import current_app

from ..clients.failures import AWAY, Failure
from ..conversation import unsettled
from ..conversation.unsettled import ANSWERS
from ..database import db, transaction, utcnow
from ..delivery import send
from ..journey import due
from ..media import attachments
from ..models import Attention, CallKind, Outcome, Participant, Provider
from ..money import caps, ledger
from ..money.caps import NoRoom
from ..money.ledger import Payer
from ..providers import circuit
from ..work import claims, rates
from ..work.claims import Claim
from ..work.queue import later, spared
from . import burst as bursts
from . import formatting, prompt
from .burst import Burst
from .commit import commit
from .decide import (
    MOST_DISCARDED,
    AskTheModel,
    Decision,
    LetIn,
    Postpone,
    SpeakUnaided,
    decide,
    decide_on,
    without_room,
)
from .model import Attempt, ask, failing_since, paid_for, reserve, tokens_at_most

# Why the model was left alone for a while.
RESTED = (*AWAY, Failure.CREDIT, Failure.DAILY_QUOTA)
MOST_IN_A_JOB = MOST_DISCARDED + 1
MOST_TAKEN_OUT = 2_000  # characters of links that are kept, for the team


def answer(participant_id: int) -> None:
    """Answer what the participant wrote and nobody has answered yet, once.

    1. Wait until the burst is over, and claim the participant: one worker answers them at a time.
    2. Begin the stage of their journey whose time has come.
    3. Read the conversation. An unknown number waits where many write at once.
    4. Where what came besides words is awaited: have it fetched and written down, and read again.
    5. Decide by rules; where these say so, look into the documents and ask the model.
    6. Do what was decided, in one writing unit that checks claim, silence and growth once more.
    7. Look again: a burst that was not settled goes on here where that is due at once. What came
       meanwhile has a bell of its own, behind others who have waited longer.
    """
    wait = _wait_out(participant_id)
    for _ in range(MOST_IN_A_JOB):
        if wait is None or wait.seconds:
            break
        claim = claims.take(ANSWERS, participant_id)
        if claim is None:
            return  # whoever has it looks again
        with claims.working(claim):
            _answer(claim, stage_due=wait.stage_due)
        since, wait = wait.since, unsettled.wait(participant_id)
        if wait is not None and wait.since > since:
            break
    # A burst that goes on has a bell of its own; what came while the claim was held has none.
    if wait is not None and not (wait.rung and wait.seconds >= 1):
        later("jobs.reply.answer", participant_id, delay=wait.seconds)


def answer_and_deliver(participant_id: int) -> None:
    """What the bell `jobs.reply.answer` runs: `answer`, and what is said goes out at once, for a
    bell of its delivery would stand at the end of what may be a long queue.
    """
    with spared("jobs.delivery.deliver", participant_id):
        answer(participant_id)
    send.deliver(participant_id)


def _wait_out(participant_id: int) -> unsettled.Wait | None:
    """What is left to wait for, after less than a second: the queue counts whole ones."""
    wait = unsettled.wait(participant_id)
    if wait is not None and 0 < wait.seconds < 1:
        time.sleep(wait.seconds)
        wait = unsettled.wait(participant_id)
    return wait


def _answer(claim: Claim[Participant], *, stage_due: bool) -> None:
    if stage_due:
        due.begin_and_deliver(claim.id)
    burst = bursts.read(claim.id)
    if burst is not None and isinstance(decide(burst), LetIn):
        if (no := caps.let_in(claim.id)) is not None:
            commit(claim, burst, without_room(burst, no, utcnow()))
            return
        burst = bursts.read(claim.id)
    if burst is None or burst.is_awaited:
        if (pause := attachments.prepare(claim.id)) is not None:
            _postpone(claim, pause)
            return
        if (burst := bursts.read(claim.id)) is None:
            return
    decision = decide(burst)
    if isinstance(decision, AskTheModel) and not _may_try(burst):
        decision = SpeakUnaided(reason=Attention.MODEL_FAILED)
    if decision.looks_up:
        burst = bursts.looked_up(burst, claim)
    if isinstance(decision, AskTheModel):
        decision = _ask(claim, burst, decision)
    commit(claim, burst, decision)


def _may_try(burst: Burst) -> bool:
    """Whether the model may be asked for them: after it was left alone it is for one only, and
    nobody else waits for what becomes of that."""
    if burst.model_refused_for not in RESTED:
        return True
    longest = timedelta(seconds=current_app.config["OPENAI_TIMEOUT_SECONDS"]) + circuit.TRIAL
    with transaction():
        return circuit.turn(Provider.MODEL, longest).rests_until is None


def _ask(claim: Claim[Participant], burst: Burst, asks: AskTheModel) -> Decision:
    """Ask the model, when the minute and all caps have room for it; once more where its answer is
    too long. No transaction is open meanwhile."""
    turn = rates.Turn(burst.participant_id, burst.waiting_since)
    tokens = tokens_at_most(burst.prompt, burst.manner)
    if seconds := rates.budget_frees_in(tokens, turn):
        return Postpone(seconds=seconds)
    attempt = _call(claim, burst, burst.prompt, asks.model)
    if isinstance(attempt, NoRoom):
        rates.used(turn, 0, of=tokens)
        instead = without_room(burst, attempt, utcnow(), asks.model)
        return _ask(claim, burst, instead) if isinstance(instead, AskTheModel) else instead
    with paid_for(attempt):
        words = _heard(burst, turn, attempt, tokens)
        if formatting.is_too_long(words) and (
            shorter := _ask_shorter(claim, burst, turn, attempt, asks)
        ):
            return shorter
        return decide_on(burst, attempt, words, utcnow(), asks.cap, rests=_rests_now(attempt))


def _rests_now(attempt: Attempt) -> bool:
    """Whether the model is left alone, now that it has failed here or for somebody else."""
    if attempt.reply is not None:
        return False
    rests = circuit.now(Provider.MODEL).rests_until is not None
    db.session.rollback()
    return rests


def _ask_shorter(
    claim: Claim[Participant], burst: Burst, turn: rates.Turn, first: Attempt, asks: AskTheModel
) -> Decision | None:
    """What to do about a shorter answer, which is asked for once, where the minute and all caps
    have room for it; None where none comes. Both calls are written down."""
    messages = prompt.shorter(burst.prompt)
    tokens = tokens_at_most(messages, burst.manner)
    if rates.budget_frees_in(tokens, turn):
        return None
    attempt = _call(claim, burst, messages, asks.model)
    if isinstance(attempt, NoRoom):
        rates.used(turn, 0, of=tokens)
        return None
    with paid_for(attempt):
        words = _heard(burst, turn, attempt, tokens)
        if not words:
            ledger.settled(attempt.call)
            return None
        first.call.outcome, attempt.call.outcome = Outcome.TOO_LONG, Outcome.SHORTER
        ledger.settled(first.call)
        return decide_on(burst, attempt, words, utcnow(), asks.cap)


def _call(
    claim: Claim[Participant], burst: Burst, messages: list[prompt.Turn], model: str | None
) -> Attempt | NoRoom:
    payer = Payer(CallKind.ANSWER, burst.participant_id, claim)
    room = reserve(payer, messages, burst.manner, model)
    if isinstance(room, NoRoom):
        return room
    passages = len(burst.retrieval.passages) if burst.retrieval else 0
    return ask(room, messages, burst.manner, passages=passages, left_out=burst.left_out)


def _heard(burst: Burst, turn: rates.Turn, attempt: Attempt, tokens: int) -> str:
    """What of the model's words is sent; "" where nothing legible is left, but a link to nobody we
    know, or there are none."""
    if attempt.tokens is not None:
        rates.used(turn, attempt.tokens, of=tokens)
    _tell_the_circuit(burst, attempt)
    if attempt.reply is None:
        return ""
    said, taken_out = formatting.for_whatsapp(attempt.reply.text), list[str]()
    words = formatting.known_links_only(said, burst.named, taken_out)
    db.session.rollback()  # it looks into the documents
    attempt.call.links_taken_out = "\n".join(taken_out)[:MOST_TAKEN_OUT] or None
    return words if formatting.is_legible(words) else ""


def _tell_the_circuit(burst: Burst, attempt: Attempt) -> None:
    error, failure = attempt.call.error or "", attempt.call.failure
    since = failing_since(attempt.call) if failure else None
    was_away = burst.model_refused_for in AWAY
    if attempt.outcome == Outcome.QUOTA_SPENT:
        circuit.break_(Provider.MODEL, error, failure=failure)
    elif failure in AWAY and (since or was_away):
        circuit.break_(Provider.MODEL, error, failure=failure, since=since)
    elif burst.model_was_refusing and (attempt.reply is not None or was_away):
        circuit.close(Provider.MODEL)  # it answers again, were it only to refuse
    elif failure and since:
        circuit.warn(Provider.MODEL, error, failure, since)


def _postpone(claim: Claim[Participant], seconds: float) -> None:
    with transaction():
        claims.postpone(ANSWERS, claims.own(claim), seconds, forgiven=True)
