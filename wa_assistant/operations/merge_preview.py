"""What is seen before two participants are made one: who may be the same, and what each has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from ..conversation import fields, search, tags
from ..database import db
from ..models import Answer, Field, JourneyVersion, Message, Note, Participant, Tag

MOST = 10
TABLES: dict[str, Any] = {"messages": Message, "answers": Answer, "notes": Note}


class Side(NamedTuple):
    """What one of them has; `counts` by TABLES."""

    participant: Participant
    counts: dict[str, int]
    tags: Sequence[Tag]
    values: dict[int, str]
    version: JourneyVersion | None


class Part(NamedTuple):
    """What one chooses of: what each says, in the order of the sides."""

    key: str
    field: Field | None
    said: tuple[str, str]


def side(participant: Participant) -> Side:
    counts = {
        name: db.session.scalars(
            select(func.count()).where(table.participant_id == participant.id)
        ).one()
        for name, table in TABLES.items()
    }
    version_id = participant.journey_version_id
    return Side(
        participant,
        counts,
        tags.of([participant.id])[participant.id],
        fields.of([participant.id])[participant.id],
        db.session.get(JourneyVersion, version_id) if version_id else None,
    )


def candidates(participant: Participant) -> Sequence[Participant]:
    """Who may be the same person: by their BSUID, their number or their name; MOST at most."""
    found: dict[int, Participant] = {}
    for same in _alike(participant):
        query = (
            select(Participant)
            .where(
                same,
                Participant.id != participant.id,
                Participant.simulated == participant.simulated,
            )
            .order_by(Participant.last_activity_at.desc(), Participant.id.desc())
            .limit(MOST)
        )
        found |= {each.id: each for each in db.session.scalars(query)}
    return list(found.values())[:MOST]


def _alike(participant: Participant) -> list[ColumnElement[bool]]:
    ways = []
    if participant.external_user_id:
        ways.append(Participant.external_user_id == participant.external_user_id)
    if participant.match_key:
        ways.append(Participant.match_key == participant.match_key)
    for name in {participant.name, participant.known_as} - {""}:
        called = search.condition(name)
        if called is not None and " " in name.strip():  # many are called Ana
            ways.append(or_(called))
    return ways
