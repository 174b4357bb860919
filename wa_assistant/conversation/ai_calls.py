"""Which calls to models an answer took: the one it came of, and all that went before it; and what
became of those for one that is under way."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Select, and_, func, select

from ..database import db
from ..models import AiCall, CallKind, Message, Outcome
from ..models.ai_call import IS_LAST_TRY

FAILURES = (Outcome.RATE_LIMITED, Outcome.UNAVAILABLE, Outcome.UNUSABLE)


def behind(participant_id: int, page: Sequence[Message]) -> dict[int, list[AiCall]]:
    """By the id of the call that an answer of this page of a conversation came of: every call for
    the participant since the answer before it, oldest first. What was written down of their voice,
    looked up for them or discarded since then belongs to the answer that came in the end."""
    ids = sorted({each.ai_call_id for each in page if each.ai_call_id})
    if not ids:
        return {}
    before = (
        select(Message.ai_call_id)
        .where(
            Message.participant_id == participant_id,
            Message.id < page[0].id,
            Message.ai_call_id.is_not(None),
        )
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    calls = (
        select(AiCall)
        .where(
            AiCall.participant_id == participant_id,
            AiCall.id > func.coalesce(before, 0),
            AiCall.id <= ids[-1],
        )
        .order_by(AiCall.id)
    )
    found: dict[int, list[AiCall]] = {each: [] for each in ids}
    for call in db.session.scalars(calls):
        found[ids[bisect_left(ids, call.id)]].append(call)
    return found


def lately(
    participant_id: BindParameter[int], since: BindParameter[datetime]
) -> Select[int, datetime, int, int]:
    """One row: what became of the calls to answer them since then. A message that was found late is
    older than the calls of another's answer."""
    settled = (
        select(Message.settled_at)
        .where(Message.participant_id == participant_id, Message.settled_at.is_not(None))
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    failed = and_(AiCall.outcome.in_(FAILURES), IS_LAST_TRY)
    return select(
        func.count(AiCall.id).filter(failed).label("failed"),
        func.min(AiCall.created_at).filter(failed).label("failing_since"),
        func.count(AiCall.id).filter(AiCall.outcome == Outcome.UNUSABLE).label("unusable"),
        func.count(AiCall.id).filter(AiCall.outcome == Outcome.OBSOLETE).label("discarded"),
    ).where(
        AiCall.participant_id == participant_id,
        AiCall.created_at >= since,
        AiCall.created_at >= func.coalesce(settled, since),
        AiCall.kind == CallKind.ANSWER,
    )
