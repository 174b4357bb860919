"""Search by vectors: first roughly over all, then exactly over the best.

Roughly: by pgvector where Postgres has it, else in a file that is mapped into memory
(vector_file.py). Exactly: by the vectors as they are in the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Row, select, update

from ...database import db
from ...models import Passage, Vector, VectorSet
from . import pgvector, vector_file
from .embedding import Direction

# Passages that are compared exactly: some more than are joined, whose rough order is not exact.
ROUGHLY = 64


@dataclass(frozen=True)
class Near:
    """`similarity` is the cosine between the query and the passage."""

    passage_id: int
    similarity: float


def put(passages: Sequence[Passage]) -> None:
    """Let the vectors of these passages, which are active now, be found."""
    db.session.flush()
    pgvector.put([each.id for each in passages])
    _count_change()


def take(passages: Sequence[Passage]) -> None:
    """Let the vectors of these passages be found no more."""
    pgvector.take([each.id for each in passages])
    _count_change()


def search(vector_set: VectorSet, vector: Direction, also: Iterable[int] = ()) -> list[Near]:
    """The passages nearest to `vector` and those of `also` that have one, the nearest first."""
    ids = {*_roughly(vector_set, vector), *also}
    rows = _of(vector_set.id, ids)
    if not rows:
        return []
    cosines = np.frombuffer(b"".join(row.data for row in rows), "<f4").reshape(len(rows), -1)
    found = [
        Near(row.passage_id, float(cosine))
        for row, cosine in zip(rows, cosines @ vector, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.similarity, each.passage_id))


def _of(vector_set_id: int, ids: set[int]) -> list[Row[tuple[int, bytes]]]:
    here = (Vector.vector_set_id == vector_set_id, Vector.passage_id.in_(ids))
    return list(db.session.execute(select(Vector.passage_id, Vector.data).where(*here)))


def _roughly(vector_set: VectorSet, vector: Direction) -> list[int]:
    """Ids of about the nearest passages, and of all that must be among them (vector_file.py)."""
    if pgvector.is_there():
        return pgvector.nearest(vector_set.id, vector, ROUGHLY)
    return vector_file.nearest(vector_set, vector, ROUGHLY)


def _count_change() -> None:
    """The file of vectors is stale from now on (vector_file.py)."""
    changed = {"generation": VectorSet.generation + 1}
    db.session.execute(update(VectorSet).where(VectorSet.serving).values(changed))
