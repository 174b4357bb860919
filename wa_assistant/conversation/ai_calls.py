"""Which calls to models an answer took: the one it came of, and all that went before it."""

from bisect import bisect_left
from collections.abc import Sequence

from sqlalchemy import func, select

from ..database import db
from ..models import AiCall, Message


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
