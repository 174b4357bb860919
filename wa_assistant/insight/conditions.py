"""Which messages a figure counts, said once: counts and lists ask for the same.

Each is of messages of real participants; who is simulated counts nowhere.
"""

from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from ..models import Author, Direction, Message, Participant, Settlement
from ..models.message import AT_TWILIO, IS_FAILED, NEVER_SAID
from .times import Between

UNKNOWN = "unknown"  # why something failed, where neither the provider nor we say it
# What wants no answer, or not yet.
ASK_NOTHING = (
    *(Settlement.NOTHING_ASKED, Settlement.STOPPED),
    *(Settlement.AWAITING_CONSENT, Settlement.BLOCKED),
)
WHO_ANSWER = (Author.ASSISTANT, Author.USER)

CAME_IN = Message.direction == Direction.INBOUND
IS_OUTBOUND = Message.direction == Direction.OUTBOUND
WENT_OUT = and_(IS_OUTBOUND, Message.status.in_(AT_TWILIO))
FAILED = and_(IS_OUTBOUND, IS_FAILED)
WHY = func.coalesce(cast(Message.error_code, String(20)), Message.reason, UNKNOWN)
ASKED = and_(CAME_IN, func.coalesce(Message.settlement, "").not_in(ASK_NOTHING))

_Later, _Earlier, _First = aliased(Message), aliased(Message), aliased(Message)
_by_a_person = (
    select(literal(1))
    .where(
        _Later.participant_id == Message.participant_id,
        _Later.id > Message.id,
        _Later.author == Author.USER,
        _Later.status.not_in(NEVER_SAID),
    )
    .correlate(Message)
)
# By the assistant, or by a colleague who wrote later.
ANSWERED = and_(
    ASKED,
    or_(
        func.coalesce(Message.settlement, "") == Settlement.ANSWERED,
        and_(
            func.coalesce(Message.settlement, "") == Settlement.WITH_A_PERSON,
            exists(_by_a_person),
        ),
    ),
)
NOT_ANSWERED = and_(ASKED, ~ANSWERED)

_answer_before = (
    select(_Earlier.id)
    .where(
        _Earlier.participant_id == Message.participant_id,
        _Earlier.id < Message.id,
        _Earlier.author.in_(WHO_ANSWER),
        _Earlier.status.not_in(NEVER_SAID),
    )
    .order_by(_Earlier.id.desc())
    .limit(1)
    .correlate(Message)
    .scalar_subquery()
)
# When they wrote what this is the first answer to; None where it answers nothing.
ASKED_AT = case(
    (
        and_(Message.author.in_(WHO_ANSWER), Message.status.not_in(NEVER_SAID)),
        select(_First.created_at)
        .where(
            _First.participant_id == Message.participant_id,
            _First.id < Message.id,
            _First.id > func.coalesce(_answer_before, 0),
            _First.direction == Direction.INBOUND,
            func.coalesce(_First.settlement, "") != Settlement.NOTHING_ASKED,
        )
        .order_by(_First.id)
        .limit(1)
        .correlate(Message)
        .scalar_subquery(),
    ),
)
IS_FIRST_ANSWER = ASKED_AT.is_not(None)
SAID_AT = func.coalesce(Message.handed_over_at, Message.created_at)


def of_real(query: Select[Any], between: Between) -> Select[Any]:
    """Those messages of `query` that real participants wrote or were written to meanwhile."""
    return query.join(Participant, Participant.id == Message.participant_id).where(
        Participant.simulated.is_(False),
        Message.created_at >= between.since,
        Message.created_at < between.until,
    )
