"""Writes down what was spoken. Each try is a call to a model, with a row of its own."""

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..clients import openai, transcription
from ..database import transaction
from ..models import AiCall, MediaStatus, Outcome, Participant, Provider, Trouble
from ..privacy import consent
from ..providers import budget, circuit, prices
from ..providers.outcomes import OUTCOMES
from . import files

LASTING = (Outcome.REJECTED, Outcome.QUOTA_SPENT, Outcome.UNUSABLE)
MOST_TRIES = 4
# A voice message has 2 kB a second, of which up to 16 tokens are read and written. Other
# recordings have more bytes, and are taken for longer than they are.
BYTES_OF_A_TOKEN = 128
MOST_CHARACTERS = 10_000


def write_down(claim: files.Claim) -> None:
    """Do the second step of a claimed file: its transcript, or a person is called."""
    with transaction() as session:
        whose = session.get_one(Participant, claim.participant_id)
        may_be_heard = consent.may_be_processed(session, whose)
        if not may_be_heard or not current_app.config["OPENAI_CONNECTED"]:
            files.finish(session, claim)  # they have stopped, or the model went, since
            return
    if circuit.open_until(Provider.MODEL) is not None:
        files.put_off(claim, Trouble.NOT_HEARD, MediaStatus.KEPT)
        return
    if seconds := budget.wait(claim.size // BYTES_OF_A_TOKEN):
        files.postpone(claim, seconds)
        return
    call, text = _ask(claim)
    with transaction() as session:
        session.add(call)
        if text:
            files.finish(session, claim, transcript=text[:MOST_CHARACTERS], error=None)
    if text:
        return
    if call.outcome == Outcome.QUOTA_SPENT:
        circuit.break_(Provider.MODEL, call.error or "")
    if call.outcome in LASTING or claim.attempts >= MOST_TRIES:
        files.give_up(claim, Trouble.NOT_HEARD, MediaStatus.KEPT)
    else:
        files.put_off(claim, Trouble.NOT_HEARD, MediaStatus.KEPT)


def last_call(session: Session, participant_id: int) -> int | None:
    """The id of the latest try to write down what this participant spoke."""
    latest = select(func.max(AiCall.id)).where(
        AiCall.participant_id == participant_id, AiCall.prompt_version == ""
    )
    return session.scalar(latest)


def _ask(claim: files.Claim) -> tuple[AiCall, str]:
    call = AiCall(
        participant_id=claim.participant_id,
        model=current_app.config["OPENAI_TRANSCRIPTION_MODEL"],
        prompt_version="",
        latency=0,
    )
    try:
        heard = transcription.transcribe(files.path(claim.file), claim.content_type)
    except openai.ModelError as error:
        call.outcome, call.latency = OUTCOMES[type(error)], error.latency
        call.error = error.message[:300]
        return call, ""
    call.outcome = Outcome.ANSWERED if heard.text else Outcome.UNUSABLE
    call.latency = heard.latency
    if heard.usage:
        call.input_tokens, call.output_tokens = heard.usage.input, heard.usage.output
        call.cost = prices.cost(call.model, heard.usage.input, 0, heard.usage.output)
    return call, heard.text
