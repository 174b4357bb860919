"""Reads journeys and their versions, for pages and for who enters one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..database import db
from ..models import Journey, JourneyVersion, Participant, VersionState


@dataclass(frozen=True)
class Row:
    """A journey in the list. `under_way` counts participants on any of its versions."""

    journey: Journey
    published: JourneyVersion | None
    draft: JourneyVersion | None
    under_way: int


def listing() -> list[Row]:
    """Every journey that has something published or a draft, by name."""
    found = select(Journey).order_by(func.lower(Journey.name), Journey.id)
    versions: dict[int, list[JourneyVersion]] = {}
    for version in db.session.scalars(
        select(JourneyVersion)
        .where(JourneyVersion.state != VersionState.DISCARDED)
        .order_by(JourneyVersion.number)
    ):
        versions.setdefault(version.journey_id, []).append(version)
    counted = _under_way()
    return [
        Row(
            journey,
            newest(versions[journey.id], VersionState.PUBLISHED),
            newest(versions[journey.id], VersionState.DRAFT),
            counted.get(journey.id, 0),
        )
        for journey in db.session.scalars(found)
        if journey.id in versions
    ]


def versions(journey_id: int) -> list[JourneyVersion]:
    """Those of the journey, newest first, without what was discarded; with who made them."""
    return list(
        db.session.scalars(
            select(JourneyVersion)
            .where(
                JourneyVersion.journey_id == journey_id,
                JourneyVersion.state != VersionState.DISCARDED,
            )
            .options(joinedload(JourneyVersion.updated_by), joinedload(JourneyVersion.published_by))
            .order_by(JourneyVersion.number.desc())
        )
    )


def newest(found: Sequence[JourneyVersion], state: VersionState) -> JourneyVersion | None:
    """The newest of `found` that is in `state`."""
    return max(
        (each for each in found if each.state == state), key=lambda each: each.number, default=None
    )


def load(version_id: int) -> JourneyVersion | None:
    return db.session.get(JourneyVersion, version_id)


def _under_way() -> dict[int, int]:
    """Participants in a stage, or waiting for one, by journey."""
    counted = (
        select(JourneyVersion.journey_id, func.count(Participant.id))
        .join(Participant, Participant.journey_version_id == JourneyVersion.id)
        .where(func.coalesce(Participant.stage, Participant.next_stage).is_not(None))
        .group_by(JourneyVersion.journey_id)
    )
    return dict(db.session.execute(counted).all())
