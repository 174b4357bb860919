"""What is to be answered: read before the model is asked, so that no transaction is open then."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ..database import db, utcnow
from ..messaging import circuit, receipts, unsettled
from ..models import AiCall, Message, Outcome, Participant, Provider, Status
from . import prompt

HISTORY = 40  # messages before those being answered
NEVER_READ = (*receipts.FAILURES, Status.CANCELLED)
FAILURES = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE, Outcome.UNUSABLE)


@dataclass(frozen=True)
class Burst:
    """A participant's unsettled messages, and all that answering them needs.

    `failures` counts the calls to the model that failed for them, `failing_since` is the first.
    `model_rests`: it refuses everything, and is left alone for a while.
    """

    participant_id: int
    phone: str | None
    message_ids: list[int]
    text: str
    prompt: list[dict[str, str]]
    failures: int
    failing_since: datetime | None
    silenced: bool
    model_rests: bool


def gather(participant_id: int) -> Burst | None:
    """The burst as it is now; None when nothing is left to answer."""
    asked = db.session.scalars(
        select(Message).where(*unsettled.of(participant_id)).order_by(Message.id)
    ).all()
    if not asked:
        return None
    ids = [message.id for message in asked]
    history = db.session.scalars(
        select(Message)
        .where(
            Message.participant_id == participant_id,
            Message.id.not_in(ids),
            Message.status.not_in(NEVER_READ),
        )
        .order_by(Message.id.desc())
        .limit(HISTORY)
    ).all()
    failures, failing_since = _failures(participant_id, asked[0].created_at)
    participant = db.session.get_one(Participant, participant_id)
    burst = Burst(
        participant_id=participant_id,
        phone=participant.phone,
        message_ids=ids,
        text="\n".join(message.body for message in asked),
        prompt=prompt.build(history[::-1], asked),
        failures=failures,
        failing_since=failing_since,
        silenced=participant.is_silenced(utcnow()),
        model_rests=circuit.open_until(Provider.MODEL) is not None,
    )
    db.session.close()
    return burst


def _failures(participant_id: int, since: datetime) -> tuple[int, datetime | None]:
    number, first = db.session.execute(
        select(func.count(AiCall.id), func.min(AiCall.created_at)).where(
            AiCall.participant_id == participant_id,
            AiCall.created_at >= since,
            AiCall.outcome.in_(FAILURES),
        )
    ).one()
    return number, first
