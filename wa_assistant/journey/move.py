"""Takes participants who are under way from one version of a journey to another."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from .. import live
from ..database import db, transaction
from ..models import AuditEntry, JourneyVersion, Participant, StageVisit, User, VersionState
from . import progress
from .definition import After, Begins, read

NOWHERE = ""  # not begun yet, or past the last stage


class Unmapped(Exception):
    """Somebody stands in `stages`, and no stage of the other version is named for them."""

    def __init__(self, stages: list[str]) -> None:
        super().__init__(", ".join(stages))
        self.stages = stages


def standing(version_id: int) -> dict[str, int]:
    """How many participants stand in which stage; who waits for one is counted there.

    NOWHERE counts those who have not begun, or are past the last one.
    """
    at = _stands_at()
    counted = (
        select(at, func.count(Participant.id))
        .where(Participant.journey_version_id == version_id)
        .group_by(at)
    )
    return dict(db.session.execute(counted).all())


def move(actor: User, old_version_id: int, new_version_id: int, mapping: Mapping[str, str]) -> int:
    """Move everybody under way; how many that were.

    `mapping` names the new stage for each old one in which somebody stands. Who stands nowhere
    comes along. Raises Unmapped where a stage is missing or its new one does not exist.
    """
    with transaction() as session:
        old = session.get_one(JourneyVersion, old_version_id)
        new = session.get_one(JourneyVersion, new_version_id)
        if old.journey_id != new.journey_id or new.state != VersionState.PUBLISHED:
            raise ValueError("They are moved to what is published of the same journey.")
        found = session.scalars(
            select(Participant)
            .where(Participant.journey_version_id == old.id)
            .order_by(Participant.id)
            .with_for_update(of=Participant)
        ).all()
        _check({each.stage or each.next_stage or NOWHERE for each in found}, mapping, new)
        for participant in found:
            _carry(session, participant, old, new, mapping)
            session.flush()
            progress.measure(session, participant)
        session.add(
            AuditEntry(
                actor=actor.email,
                action="moved participants",
                subject=f"journey {new.journey_id}",
                details={
                    "from": old.number,
                    "to": new.number,
                    "participants": len(found),
                    "mapping": dict(mapping),
                },
            )
        )
        live.changed("journeys", "conversations", *[live.thread(each.id) for each in found])
    return len(found)


def _stands_at() -> ColumnElement[str]:
    return func.coalesce(Participant.stage, Participant.next_stage, NOWHERE)


def _check(stands: set[str], mapping: Mapping[str, str], new: JourneyVersion) -> None:
    keys = {stage.key for stage in read(new.stages)}
    missing = sorted(stage for stage in stands if stage and mapping.get(stage) not in keys)
    if missing:
        raise Unmapped(missing)


def _carry(
    session: Session,
    participant: Participant,
    old: JourneyVersion,
    new: JourneyVersion,
    mapping: Mapping[str, str],
) -> None:
    """Answers need no carrying: they count by the key of their stage and their name."""
    keys = {stage.key for stage in read(new.stages)}
    participant.journey_version_id = new.id
    _copy_visits(session, participant, old, new, {key: key for key in keys} | dict(mapping))
    coming = participant.next_stage
    if participant.stage:
        participant.stage = mapping[participant.stage]
    if coming is None:
        return
    participant.next_stage = mapping.get(coming, coming if coming in keys else None)
    if participant.next_stage is None or participant.next_stage_at is None:
        participant.next_stage_at = None
    else:
        participant.next_stage_at += _later((old, coming), (new, participant.next_stage))


def _copy_visits(
    session: Session,
    participant: Participant,
    old: JourneyVersion,
    new: JourneyVersion,
    mapping: Mapping[str, str],
) -> None:
    """Where they have been, they have been: no stage they passed begins again."""
    visits = session.scalars(
        select(StageVisit)
        .where(StageVisit.participant_id == participant.id, StageVisit.version_id == old.id)
        .order_by(StageVisit.id)
    )
    for visit in visits.all():
        if visit.stage in mapping:
            session.add(
                StageVisit(
                    participant_id=participant.id,
                    version_id=new.id,
                    stage=mapping[visit.stage],
                    begun_at=visit.begun_at,
                    completed_at=visit.completed_at,
                )
            )


def _later(old: tuple[JourneyVersion, str], new: tuple[JourneyVersion, str]) -> timedelta:
    """By how much the one begins later than the other, where both count from the same thing."""
    (was, is_now) = (_begins(*old), _begins(*new))
    if not was.is_timed or was.after != is_now.after:
        return timedelta()
    by = is_now.delay - was.delay
    days = (old[0].event_date, new[0].event_date)
    if was.after == After.EVENT and days[0] and days[1]:
        by += days[1] - days[0]
    return by


def _begins(version: JourneyVersion, key: str) -> Begins:
    return next((each.begins for each in read(version.stages) if each.key == key), Begins())
