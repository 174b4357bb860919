"""Writes down what was spoken. Each try is a call to a model, with a row of its own."""

from flask import current_app
from sqlalchemy import func, select

from ..clients import openai, transcription
from ..database import db, transaction, utcnow
from ..models import AiCall, MediaStatus, MediaStep, Outcome, Provider, Trouble
from ..money import prices
from ..providers import circuit
from ..providers.outcomes import OUTCOMES
from ..work import claims, rates
from . import files, may_hear, steps
from .steps import Step

LASTING = (Outcome.REJECTED, Outcome.QUOTA_SPENT, Outcome.UNUSABLE)
# A voice message has 2 kB a second, of which up to 16 tokens are read and written. Other
# recordings have more bytes, and are taken for longer than they are.
BYTES_OF_A_TOKEN = 128
MOST_CHARACTERS = 10_000
MOST_TRIES = 4  # each may cost


def write_down(step: Step) -> None:
    """Do the second step of a file: its transcript, or a person is called. Raises claims.Lost."""
    if not _is_to_be_heard(step):
        return
    turn = rates.Turn(step.participant_id, step.since)
    if circuit.now(Provider.MODEL).rests_until is not None:
        steps.put_off(step, Trouble.NOT_HEARD, MediaStatus.KEPT)
    elif seconds := rates.budget_frees_in(step.size // BYTES_OF_A_TOKEN, turn):
        steps.postpone(step, seconds)
    else:
        _keep(step, *_ask(step))


def _is_to_be_heard(step: Step) -> bool:
    """Whether that is still so; else nothing is left to do, or not before a pause is over."""
    with steps.ending(step) as now:
        participant = now.participant
        if step.name == MediaStep.WANTED and may_hear.may_be_processed(participant):
            return True
        if not may_hear.unasked(participant):
            now.file.step = None
            claims.finish(now.file)
        elif participant.paused_until and may_hear.is_silent(participant):
            left = participant.paused_until - utcnow()
            claims.postpone(steps.FILES, now.file, left.total_seconds())
        else:
            return True
        return False


def _keep(step: Step, call: AiCall, text: str) -> None:
    with transaction():
        db.session.add(call)  # whatever becomes of the step, it has cost
    if call.outcome == Outcome.QUOTA_SPENT:
        circuit.break_(Provider.MODEL, call.error or "", failure=call.failure)
    if text:
        with steps.ending(step) as now:
            now.file.step, now.file.error = None, None
            now.file.transcript = text[:MOST_CHARACTERS]
            claims.finish(now.file)
    elif call.outcome in LASTING:
        steps.give_up(step, Trouble.NOT_HEARD, MediaStatus.KEPT)
    else:
        steps.put_off(step, Trouble.NOT_HEARD, MediaStatus.KEPT, most_tries=MOST_TRIES)


def last_call(participant_id: int) -> int | None:
    """The id of the latest try to write down what this participant spoke."""
    latest = select(func.max(AiCall.id)).where(
        AiCall.participant_id == participant_id, AiCall.prompt_version == ""
    )
    return db.session.scalar(latest)


def _ask(step: Step) -> tuple[AiCall, str]:
    call = AiCall(
        participant_id=step.participant_id,
        model=current_app.config["OPENAI_TRANSCRIPTION_MODEL"],
        prompt_version="",
        latency=0,
    )
    try:
        heard = transcription.transcribe(files.path(step.file), step.content_type)
    except openai.ModelError as error:
        call.outcome, call.latency = OUTCOMES[type(error)], error.latency
        call.error, call.failure = error.message[:300], error.failure
        return call, ""
    call.outcome = Outcome.ANSWERED if heard.text else Outcome.UNUSABLE
    call.latency = heard.latency
    if heard.usage:
        call.input_tokens, call.output_tokens = heard.usage.input, heard.usage.output
        call.cost = prices.cost(call.model, heard.usage)
    return call, heard.text
