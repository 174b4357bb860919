"""Reads journeys and their versions, for pages and for who enters one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from ..database import db
from ..models import Journey, JourneyVersion, VersionState
from . import counting
from .drafts import Content, content_of
from .starters import STARTERS, Starter

ROW_ID = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Row:
    """A journey in the list. `under_way` counts participants on any of its versions:
    see counting.py."""

    journey: Journey
    published: JourneyVersion | None
    draft: JourneyVersion | None
    shown: JourneyVersion  # what is published, or else the draft
    under_way: int


class Origin(NamedTuple):
    """What a new journey may begin as. `group` is "starter" or "journey"."""

    group: str
    key: str
    name: str
    language: str


def listing() -> list[Row]:
    """Every journey that has something published or a draft, by name."""
    found = select(Journey).order_by(func.lower(Journey.name), Journey.id)
    versions: dict[int, list[JourneyVersion]] = {}
    for version in db.session.scalars(
        select(JourneyVersion)
        .where(JourneyVersion.state != VersionState.DISCARDED)
        .order_by(JourneyVersion.state.desc(), JourneyVersion.number.desc())
    ):
        versions.setdefault(version.journey_id, []).append(version)
    counted = counting.under_way()
    return [
        Row(
            journey,
            newest(versions[journey.id], VersionState.PUBLISHED),
            newest(versions[journey.id], VersionState.DRAFT),
            versions[journey.id][0],
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


def newest(found: Sequence[JourneyVersion], state: str) -> JourneyVersion | None:
    """The newest of `found` that is in `state`."""
    return max(
        (each for each in found if each.state == state), key=lambda each: each.number, default=None
    )


def entered() -> Sequence[JourneyVersion]:
    """What is published of each journey now, by the journey's name, without the stages."""
    published = JourneyVersion.state == VersionState.PUBLISHED
    latest = (
        select(func.max(JourneyVersion.id)).where(published).group_by(JourneyVersion.journey_id)
    )
    return db.session.scalars(
        select(JourneyVersion)
        .join(JourneyVersion.journey)
        .where(JourneyVersion.id.in_(latest))
        .options(contains_eager(JourneyVersion.journey), defer(JourneyVersion.stages))
        .order_by(func.lower(Journey.name), Journey.id)
    ).all()


def load(version_id: int | None) -> JourneyVersion | None:
    return db.session.get(JourneyVersion, version_id) if version_id else None


def sources() -> list[Origin]:
    """What a new journey may begin as; see `source`."""
    ours = [
        Origin("starter", f"starter:{starter.key}:{language}", name, language)
        for starter in STARTERS
        for language, name in starter.names.items()
    ]
    return ours + [
        Origin("journey", f"journey:{row.journey.id}", row.journey.name, row.shown.language)
        for row in listing()
    ]


def source(key: str) -> Content | None:
    """What stands behind one of `sources`; None for an empty journey."""
    kind, _, name = key.partition(":")
    if kind == "starter":
        return _of_starter(*name.partition(":")[::2])
    found = versions(int(name)) if kind == "journey" and ROW_ID.fullmatch(name) else []
    best = newest(found, VersionState.PUBLISHED) or newest(found, VersionState.DRAFT)
    return content_of(best) if best else None


def _of_starter(key: str, language: str) -> Content | None:
    found = [each for each in STARTERS if each.key == key and language in each.names]
    return _content(found[0], language) if found else None


def _content(starter: Starter, language: str) -> Content:
    return Content(starter.names[language], language, starter.stages[language], starter.consent)
