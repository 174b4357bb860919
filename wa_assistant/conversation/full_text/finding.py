"""A page of what is found, newest first. What is not in the index yet is looked at itself, as far
as its newest rows go; and whatever the index says, a row is shown for the words it has now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from ...database import db
from ...models import Message, Note, Participant, SearchChange, SearchState
from . import index, query
from .query import Piece, Query
from .sources import Source

PAGE = 30
NEWEST = 300  # rows that are looked at themselves
NO_END = 2**31 - 1


@dataclass(frozen=True)
class Hit:
    """The row with this `id`, and what of its words shows why it was found."""

    id: int
    excerpt: list[Piece]


@dataclass(frozen=True)
class Found:
    """A page, newest first; `older`: to give as `before` for the next one."""

    hits: list[Hit]
    older: int | None


NOTHING = Found([], None)


def find(
    source: Source,
    asked: Query,
    *,
    simulated: bool = False,
    before: int | None = None,
    limit: int = PAGE,
) -> Found:
    """The newest rows that have all words of `asked`, before the one with the id `before`."""
    end = before or NO_END
    young = _unindexed(source, end)
    old = index.ids(source, asked, simulated=simulated, before=end, limit=limit + 1)
    # As far down as the index was read: beneath it more may stand between.
    down_to = old[-1] if len(old) > limit else 0
    shown = [*old, *(each for each in young - set(old) if each >= down_to)]
    texts = source.texts(shown) if shown else {}
    fit = [
        id_
        for id_, each in sorted(texts.items(), reverse=True)
        if each.simulated == simulated and asked.fits(each.said)
    ]
    hits = [Hit(id_, query.excerpt(texts[id_].said, asked)) for id_ in fit[:limit]]
    return Found(hits, hits[-1].id if len(fit) > limit else down_to or None)


def with_people(
    source: Source, ids: Collection[int]
) -> dict[int, tuple[Message | Note, Participant]]:
    """These rows by their ids, with who of the team wrote them, each with its participant."""
    if not ids:
        return {}
    model: Any = source.model
    rows: Any = (
        select(model, Participant)
        .join(Participant, Participant.id == model.participant_id)
        .options(joinedload(model.user))
        .where(source.key.in_(ids))
    )
    return {row.id: (row, participant) for row, participant in db.session.execute(rows)}


def is_behind(source: Source) -> bool:
    """Whether there is more that was said than the index holds and is looked at itself."""
    newer = select(source.key).where(source.key > _done_until(source)).limit(NEWEST + 1)
    return len(db.session.scalars(newer).all()) > NEWEST


def _unindexed(source: Source, before: int) -> set[int]:
    """The newest rows that are not in the index as they are now."""
    newer = select(source.key).where(source.key > _done_until(source), source.key < before)
    found = set(db.session.scalars(newer.order_by(source.key.desc()).limit(NEWEST)))
    changed = select(SearchChange.row_id).where(
        SearchChange.source == source.name, SearchChange.row_id < before
    )
    return found | set(db.session.scalars(changed.limit(NEWEST)))


def _done_until(source: Source) -> ColumnElement[int]:
    """Read within the statement that asks for what is newer."""
    done = select(SearchState.done_until).where(SearchState.source == source.name)
    return func.coalesce(done.scalar_subquery(), 0)
