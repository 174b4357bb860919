"""Search by vectors: first roughly over all, then exactly over the best.

Roughly: pgvector where Postgres has it, else a file that is mapped into memory (vector_file.py).
Exactly: with the vectors as they are in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ...database import db
from ...models import Space, Vector
from . import pgvector, vector_file, vector_sets
from .embedding import Direction

# Passages that are compared exactly: some more than are joined, whose rough order is not exact.
ROUGHLY = 64


@dataclass(frozen=True)
class Near:
    """`similarity` is the cosine between the question and the passage."""

    passage_id: int
    similarity: float


def prepare(session: Session) -> None:
    """Ask the database what a search asks, whether there are vectors or not."""
    space = vector_sets.serving(session)
    if space is not None and space.dimension:
        search(space, np.full(space.dimension, space.dimension**-0.5, "<f4"))
    else:
        _of(0, set())


def search(space: Space, vector: Direction, also: Iterable[int] = ()) -> list[Near]:
    """The passages nearest to `vector` and those of `also` that have one, the nearest first."""
    ids = {*_roughly(space, vector), *also}
    rows = _of(space.id, ids)
    if not rows:
        return []
    cosines = np.frombuffer(b"".join(row.data for row in rows), "<f4").reshape(len(rows), -1)
    found = [
        Near(row.passage_id, float(cosine))
        for row, cosine in zip(rows, cosines @ vector, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.similarity, each.passage_id))


def _of(space_id: int, ids: set[int]) -> list[Row[tuple[int, bytes]]]:
    here = (Vector.space_id == space_id, Vector.passage_id.in_(ids))
    return list(db.session.execute(select(Vector.passage_id, Vector.data).where(*here)))


def _roughly(space: Space, vector: Direction) -> list[int]:
    session = db.session()
    if pgvector.is_there(session):
        return pgvector.nearest(session, space.id, vector, ROUGHLY)
    return vector_file.nearest(session, space, vector, ROUGHLY)
