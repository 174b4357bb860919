"""Writes down what was spoken. Each try is a call to a model, with a row of its own."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from ..clients import openai, transcription
from ..database import db, utcnow
from ..models import AiCall, CallKind, MediaStatus, MediaStep, Outcome, Provider, Trouble
from ..money import caps, ledger, prices
from ..money.caps import NoRoom
from ..money.ledger import Payer, Reservation
from ..providers import circuit
from ..providers.outcomes import OUTCOMES
from ..work import claims, policies, rates
from . import duration, files, may_hear, steps
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
    elif step.name != MediaStep.WANTED and (no := caps.let_in(step.participant_id)):
        _hold_back(step, no)
    elif isinstance(room := _reserve(step), NoRoom):
        rates.used(turn, 0, of=step.size // BYTES_OF_A_TOKEN)
        _go_without(step, room)
    else:
        _keep(step, *_ask(room, step))


def _hold_back(step: Step, no: NoRoom) -> None:
    """An unknown number waits; once it is let in its answer waits for the words."""
    rest = policies.LONGEST_REST
    after = no.frees_at + 2 * timedelta(seconds=rest)  # either of the two may look again that late
    steps.postpone(step, min(no.seconds, rest), after)


def _reserve(step: Step) -> Reservation | NoRoom:
    model = current_app.config["OPENAI_TRANSCRIPTION_MODEL"]
    payer = Payer(CallKind.TRANSCRIPTION, step.participant_id, step.claim)
    seconds = duration.at_most(files.path(step.file), step.content_type)
    return ledger.reserve(payer, model, prices.worst_of_voice(model, step.size, seconds))


def _go_without(step: Step, no: NoRoom) -> None:
    """Calls under way may leave room in a moment; else they are asked to write."""
    if no.passes:
        steps.postpone(step, no.seconds)
    else:
        steps.give_up(step, Trouble.NOT_HEARD, MediaStatus.KEPT)


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
    ledger.settled(call)  # whatever becomes of the step, it has cost
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
        AiCall.participant_id == participant_id, AiCall.kind == CallKind.TRANSCRIPTION
    )
    return db.session.scalar(latest)


def _ask(reservation: Reservation, step: Step) -> tuple[AiCall, str]:
    path = files.path(step.file)
    try:
        heard = transcription.transcribe(path, step.content_type)
    except openai.ModelError as error:
        return ledger.failed(reservation, OUTCOMES[type(error)], error), ""
    call = ledger.account(
        reservation,
        Outcome.ANSWERED if heard.text else Outcome.UNUSABLE,
        usage=heard.usage,
        seconds=heard.seconds or duration.seconds(path, step.content_type),
        latency=heard.latency,
    )
    return call, heard.text
