"""How those participants are at this moment whom some lines of a file are about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from ...conversation import fields, tags
from ...database import db
from ...models import FormerAddress, Participant, Tag
from .line import Line


@dataclass(frozen=True)
class Present:
    """`tags` by their folded name; `values` by the field's id."""

    participant: Participant
    tags: dict[str, int]
    values: dict[int, str]


def of_lines(lines: Iterable[Line]) -> dict[str, Present]:
    """By the key of a line; nobody pretended."""
    lines = list(lines)
    keys = {each.key for each in lines if each.phone}
    addresses = {each.address or f"whatsapp:{each.phone}": each.key for each in lines}
    found = {each.match_key: each for each in _some(Participant.match_key.in_(keys))}
    for each in _some(Participant.address.in_(addresses)):
        found.setdefault(addresses[each.address], each)
    for address, participant in _former(addresses):
        found.setdefault(addresses[address], participant)
    states = of_ids({each.id for each in found.values()})
    return {key: states[each.id] for key, each in found.items() if key}


def of_ids(ids: Collection[int], *, locked: bool = False) -> dict[int, Present]:
    """The same by their ids; `locked` for the writing unit under way, in one order for all."""
    if not ids:
        return {}
    query = select(Participant).where(Participant.id.in_(ids)).order_by(Participant.id)
    people = db.session.scalars(query.with_for_update() if locked else query).all()
    theirs, values = tags.of(ids), fields.of(ids)
    return {each.id: Present(each, _named(theirs[each.id]), values[each.id]) for each in people}


def _some(condition: ColumnElement[bool]) -> Iterable[Participant]:
    """Of several who have the same number, who was active last counts: they come last."""
    query = select(Participant).where(condition, ~Participant.simulated)
    return db.session.scalars(query.order_by(Participant.last_activity_at, Participant.id))


def _former(addresses: Collection[str]) -> Iterable[Any]:
    """Who had these before they were merged with another."""
    query = select(FormerAddress.address, Participant).join(
        Participant, Participant.id == FormerAddress.participant_id
    )
    return db.session.execute(query.where(FormerAddress.address.in_(addresses)))


def _named(theirs: Iterable[Tag]) -> dict[str, int]:
    return {each.name_folded: each.id for each in theirs}
