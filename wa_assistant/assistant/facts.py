"""What is known of a participant who is to be answered, besides what was said: in one statement."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Integer, Row, Select, bindparam, func, select, true

from .. import settings
from ..database import UtcDateTime, db, utcnow
from ..knowledge.search import HAS_PASSAGES
from ..models import (
    AiCall,
    CallKind,
    JourneyVersion,
    Message,
    Outcome,
    Participant,
    Provider,
)
from ..providers import circuit
from . import loop_guard
from . import manner as manners

WHO = bindparam("participant_id", type_=Integer)
SINCE, HOUR_AGO = (bindparam(name, type_=UtcDateTime) for name in ("since", "hour_ago"))
FAILURES = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE, Outcome.UNUSABLE)


def _calls() -> Select[int, datetime, int, int]:
    """One row. A message that was found late is older than the calls of another's answer."""
    settled = (
        select(Message.settled_at)
        .where(Message.participant_id == WHO, Message.settled_at.is_not(None))
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    failed = AiCall.outcome.in_(FAILURES)
    return select(
        func.count(AiCall.id).filter(failed).label("failed"),
        func.min(AiCall.created_at).filter(failed).label("failing_since"),
        func.count(AiCall.id).filter(AiCall.outcome == Outcome.UNUSABLE).label("unusable"),
        func.count(AiCall.id).filter(AiCall.outcome == Outcome.OBSOLETE).label("discarded"),
    ).where(
        AiCall.participant_id == WHO,
        AiCall.created_at >= SINCE,
        AiCall.created_at >= func.coalesce(settled, SINCE),
        AiCall.kind == CallKind.ANSWER,
    )


def _known_of() -> Select[Any]:
    calls = _calls().subquery()
    return (
        select(
            Participant,
            JourneyVersion,
            calls,
            loop_guard.answers(WHO, HOUR_AGO).label("answers"),
            circuit.retry_at(Provider.MODEL).label("model_retry_at"),
            circuit.failure(Provider.MODEL).label("model_refused_for"),
            HAS_PASSAGES.label("has_documents"),
            *manners.COLUMNS,
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


def of(participant_id: int, since: datetime) -> Row[Any]:
    """The one row of KNOWN; `since`: when what is asked came."""
    hour_ago = utcnow() - loop_guard.HOUR
    values = {"participant_id": participant_id, "since": since, "hour_ago": hour_ago}
    return db.session.execute(KNOWN, values).one()


def lately(known: Row[Any]) -> dict[str, Any]:
    """What became of the calls for them, how the model is, and how they are to be answered."""
    model = circuit.standing(known.model_retry_at)
    return {
        "manner": manners.of(settings.of_row(manners.NAMES, known)),
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
