"""Puts somebody into a journey so that it can be taken back: the audit keeps where they stood.

Exactly that is put back, or nothing where they have changed since: gone on, answered, been put
elsewhere. What was said to them in between stays said.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select, update

from .. import audit
from ..audit import Actor
from ..conversation import outbox
from ..database import db, utcnow
from ..models import Action, JourneyVersion, Message, Participant, StageVisit
from ..models.message import NEVER_SAID
from . import placing
from .placing import Begins

MOMENTS = ("next_stage_at", "left_journeys_at")
PLACE = ("journey_version_id", "stage", "next_stage", "progress", *MOMENTS)


class Back(StrEnum):
    """What became of it."""

    NO = "no"  # they have changed since
    YES = "yes"
    SAID = "said"  # and the first words of where they were put are out already


def put_in(participant: Participant, version: JourneyVersion, actor: Actor, **told: str) -> Begins:
    """Into the version's first stage, in the writing unit under way. The audit is `told` this
    besides. Raises NotPublished."""
    before = placing.standing(participant) | {
        "at": utcnow().isoformat(),
        "place": _place(participant),
        "visits": _visits(participant, version),
        "openings": outbox.unsaid_openings(participant.id),
    }
    begins = placing.place(participant, version)
    told_of = {"place": _place(participant), **told}
    placing.note(actor, Action.PUT_INTO_JOURNEY, participant, before, begins, **told_of)
    return begins


def take_back(participant: Participant, entry: audit.Entry, actor: Actor, **told: str) -> Back:
    """Put them where they were before `entry`, in the writing unit under way, which has locked
    them."""
    before, after = entry.before or {}, entry.after or {}
    if "place" not in before or _place(participant) != after.get("place"):
        return Back.NO
    now = placing.standing(participant)
    outbox.call_back_openings(participant.id)
    is_said = _is_said(participant, datetime.fromisoformat(before["at"]))
    _supersede(participant)
    for name, value in before["place"].items():
        setattr(participant, name, _value(name, value))
    _count_again(before["visits"])
    outbox.put_back(participant.id, before["openings"])
    placing.note(actor, Action.PUT_INTO_JOURNEY, participant, now, None, **told)
    return Back.SAID if is_said else Back.YES


def _place(participant: Participant) -> dict[str, Any]:
    """Where they stand, as JSON holds it."""
    found: dict[str, Any] = {name: getattr(participant, name) for name in PLACE}
    return found | {name: found[name] and found[name].isoformat() for name in MOMENTS}


def _value(name: str, held: Any) -> Any:
    return held and datetime.fromisoformat(held) if name in MOMENTS else held


def _visits(participant: Participant, version: JourneyVersion) -> list[int]:
    """Where they have been in that journey, which counts no more once they are put there."""
    versions = select(JourneyVersion.id).where(JourneyVersion.journey_id == version.journey_id)
    found = select(StageVisit.id).where(
        StageVisit.participant_id == participant.id,
        StageVisit.version_id.in_(versions),
        StageVisit.superseded_at.is_(None),
    )
    return list(db.session.scalars(found.order_by(StageVisit.id)))


def _is_said(participant: Participant, since: datetime) -> bool:
    """Whether words that open a stage have gone out since."""
    theirs = Message.participant_id == participant.id, Message.created_at >= since
    is_out = Message.opens.is_not(None), Message.status.not_in(NEVER_SAID)
    return bool(db.session.scalar(select(exists().where(*theirs, *is_out))))


def _supersede(participant: Participant) -> None:
    """Where they have been since they were put there is as if they had not."""
    ours = (
        StageVisit.participant_id == participant.id,
        StageVisit.version_id == participant.journey_version_id,
        StageVisit.superseded_at.is_(None),
    )
    db.session.execute(update(StageVisit).where(*ours).values(superseded_at=utcnow()))


def _count_again(visit_ids: list[int]) -> None:
    ours = StageVisit.id.in_(visit_ids)
    db.session.execute(update(StageVisit).where(ours).values(superseded_at=None))
