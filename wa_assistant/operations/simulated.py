"""Deletes who is pretended, with all that they said, answered and sent.

What is there of somebody follows from the foreign keys: what hangs on them or on a message of
theirs goes with them. What their conversations cost stays counted, as that of the simulator.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from .. import audit, live
from ..database import Base, db, transaction
from ..media import files
from ..models import (
    Action,
    AiCall,
    Message,
    Outcome,
    Participant,
    Spending,
    Subject,
    User,
    Webhook,
)
from ..models.listed import IS_SIMULATED

AT_ONCE = 10  # in one writing unit: others come to write between them


def delete_all(actor: User) -> int:
    """How many these were. Who comes meanwhile stays."""
    newest = db.session.scalar(
        select(Participant.id).where(IS_SIMULATED).order_by(Participant.id.desc()).limit(1)
    )
    number = 0
    some = select(Participant.id).where(IS_SIMULATED, Participant.id <= (newest or 0))
    while found := db.session.scalars(some.limit(AT_ONCE)).all():
        number += _delete(found, actor)
    return number


def delete_one(participant_id: int, actor: User) -> bool:
    """False where there is nobody pretended of that id any more."""
    return _delete([participant_id], actor) == 1


def _delete(participant_ids: Sequence[int], actor: User) -> int:
    with transaction():
        pretended = select(Participant.id).where(
            Participant.id.in_(participant_ids), Participant.simulated.is_(True)
        )
        ids = db.session.scalars(pretended.with_for_update()).all()
        said = select(Message.id, Message.provider_sid).where(Message.participant_id.in_(ids))
        messages = db.session.execute(said).all()
        files.forget([each.id for each in messages])
        sids = [each.provider_sid for each in messages if each.provider_sid]
        db.session.execute(delete(Webhook).where(Webhook.provider_sid.in_(sids)))
        _keep_costs(ids)
        _take_with_them(Message.__table__, [each.id for each in messages])
        _take_with_them(Participant.__table__, ids)
        db.session.execute(delete(Participant).where(Participant.id.in_(ids)))
        for each in ids:
            audit.record(actor, Action.DELETED, Subject.PARTICIPANT, each)
        live.conversation_changed(*ids, also=("attention",))
    return len(ids)


def _keep_costs(participant_ids: Sequence[int]) -> None:
    """A call that is under way is settled when it ends, and is nobody's; and what was counted for
    them is counted on under the negative of their id (money/costs.py)."""
    theirs = AiCall.participant_id.in_(participant_ids)
    running = update(AiCall).where(theirs, AiCall.outcome == Outcome.UNDER_WAY)
    db.session.execute(running.values(participant_id=None))
    db.session.execute(
        update(Message).where(Message.participant_id.in_(participant_ids)).values(ai_call_id=None)
    )
    counted = update(Spending).where(Spending.participant_id.in_(participant_ids))
    db.session.execute(counted.values(participant_id=-Spending.participant_id))


def _take_with_them(table: Any, ids: Sequence[int]) -> None:
    """Delete what hangs on these rows; of what merely names them, the name."""
    for other, column in _hanging_on(table):
        if column.nullable and other is not AiCall.__table__:
            db.session.execute(update(other).where(column.in_(ids)).values({column.name: None}))
        else:
            db.session.execute(delete(other).where(column.in_(ids)))


def _hanging_on(table: Table) -> Iterator[tuple[Table, Column[Any]]]:
    """The columns of other tables that name rows of this one; first those on which none hang."""
    for other in reversed(Base.metadata.sorted_tables):
        for key in other.foreign_keys:
            if key.column.table is table:
                yield other, key.parent
