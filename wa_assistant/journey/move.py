"""Takes participants who are under way from one version of a journey to another."""

from collections.abc import Mapping

from sqlalchemy import select

from .. import audit, live
from ..database import db, transaction
from ..models import Action, JourneyVersion, Participant, Subject, User, VersionState
from .carry import carry
from .counting import NOWHERE
from .definition import read


class Unmapped(Exception):
    """Somebody stands in `stages`, and no stage of the other version is named for them."""

    def __init__(self, stages: list[str]) -> None:
        super().__init__(", ".join(stages))
        self.stages = stages


def move(actor: User, old_version_id: int, new_version_id: int, mapping: Mapping[str, str]) -> int:
    """Move everybody under way; how many that were.

    `mapping` names the new stage for each old one in which somebody stands; of others it may say
    that they are none ("") or another, and else they are what they were. Who stands nowhere comes
    along. Raises Unmapped where a stage is missing or its new one does not exist.
    """
    with transaction():
        old = db.session.get_one(JourneyVersion, old_version_id)
        new = db.session.get_one(JourneyVersion, new_version_id)
        if old.journey_id != new.journey_id or new.state != VersionState.PUBLISHED:
            raise ValueError("They are moved to what is published of the same journey.")
        found = db.session.scalars(
            select(Participant)
            .where(Participant.journey_version_id == old.id)
            .order_by(Participant.id)
            .with_for_update(of=Participant)
        ).all()
        ways = _ways({each.stage or each.next_stage or NOWHERE for each in found}, mapping, new)
        for participant in found:
            carry(participant, old, new, ways)
        moved = {"participants": len(found), "mapping": dict(mapping)}
        audit.record(
            actor,
            Action.MOVED_PARTICIPANTS,
            Subject.JOURNEY,
            new.journey_id,
            before={"version": old.number},
            after={"version": new.number, **moved},
        )
        live.conversation_changed(*[each.id for each in found], also=("journeys",))
    return len(found)


def _ways(stands: set[str], mapping: Mapping[str, str], new: JourneyVersion) -> dict[str, str]:
    """The new key of each stage that goes on: of those not in `mapping`, the same."""
    keys = {stage.key for stage in read(new.stages)}
    missing = {stage for stage in stands if stage and not mapping.get(stage)}
    missing |= {stage for stage, key in mapping.items() if key and key not in keys}
    if missing:
        raise Unmapped(sorted(missing))
    ways = {key: key for key in keys} | dict(mapping)
    return {stage: key for stage, key in ways.items() if key}
