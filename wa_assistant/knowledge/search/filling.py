"""Passages get their vectors: a batch a call to the embedding service, a transaction a batch."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from ...database import db, transaction
from ...models import Passage, Term, Vector, VectorSet
from . import pgvector, vector_sets
from .embedding import EmbeddingAway, EmbeddingRefused, Matrix, vectors_of
from .index import ALL, on_postgres

BATCH = 32  # passages a call, and a transaction
CHUNK = 500  # ids in a statement


def embed(passages: Sequence[Passage], vector_set_id: int, told: Callable[[int], None]) -> None:
    """Make and keep the vectors that these passages do not have yet in a vector set.

    `told` hears after each batch how many of them have theirs. Raises EmbeddingAway, EmbeddingBusy
    or EmbeddingRefused; what was made until then is kept.
    """
    todo = [(each.id, f"{each.heading}\n{each.text}".strip()) for each in passages]
    vector_set = db.session.get(VectorSet, vector_set_id)
    if vector_set is None:
        raise EmbeddingAway("its vector set was retired")
    model, dimension = vector_set.model, vector_set.dimension
    chunks = _chunks([id_ for id_, _ in todo])
    had = {found for ids in chunks for found in _with_vector(ids, vector_set_id)}
    missing = [each for each in todo if each[0] not in had]
    done = len(todo) - len(missing)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        db.session.rollback()  # no transaction is open while the service is asked
        vectors = vectors_of([words for _, words in batch], model, dimension)
        dimension = _keep([id_ for id_, _ in batch], vectors, vector_set_id)
        done += len(batch)
        told(done)


def without_vector(vector_set: VectorSet, limit: int) -> list[Passage]:
    """Active passages that have no vector in a vector set yet, at most `limit`."""
    return list(db.session.scalars(vector_sets.without_vector_in(vector_set.id).limit(limit)))


def lack_vectors(files: Sequence[str]) -> bool:
    """Whether active passages of these uploads have no vector in the vector set that serves.

    False where none serves: then all passages are found by their words alone.
    """
    vector_set = vector_sets.serving_set()
    if vector_set is None:
        return False
    left = vector_sets.without_vector_in(vector_set.id).where(Passage.file.in_(files)).limit(1)
    return db.session.scalars(left).first() is not None


def count_embedded(vector_set: VectorSet) -> tuple[int, int]:
    """How many active passages have their vector in a vector set, and how many are to have one."""
    vectors = select(func.count()).select_from(Vector)
    done = db.session.scalar(vectors.where(Vector.vector_set_id == vector_set.id)) or 0
    total = db.session.scalar(select(Term.passages).where(Term.stem == ALL)) or 0
    return min(done, total), total


def _keep(ids: list[int], vectors: Matrix, vector_set_id: int) -> int:
    """Write the vectors of those passages that still exist; gives the vector set's dimension."""
    dimension = vectors.shape[1]
    with transaction():
        # Until the end nobody deletes what is written of.
        vector_set = db.session.get(VectorSet, vector_set_id, with_for_update=True)
        if vector_set is None:
            raise EmbeddingAway("its vector set was retired")
        if vector_set.dimension not in (None, dimension):
            raise EmbeddingRefused(
                f"{dimension} dimensions were given instead of {vector_set.dimension}"
            )
        vector_set.dimension = dimension
        found = select(Passage.id, Passage.active).where(Passage.id.in_(ids))
        there = {row.id: row.active for row in db.session.execute(found.with_for_update(read=True))}
        rows = [
            {"passage_id": id_, "vector_set_id": vector_set_id, "data": vector.tobytes()}
            for id_, vector in zip(ids, vectors, strict=True)
            if id_ in there
        ]
        if rows:
            insert: Any = postgresql.insert if on_postgres() else sqlite.insert
            db.session.execute(insert(Vector).on_conflict_do_nothing(), rows)
        if active := [id_ for id_, is_active in there.items() if is_active]:
            pgvector.put(active)
            vector_set.generation += 1
    return dimension


def _with_vector(ids: Sequence[int], vector_set_id: int) -> Sequence[int]:
    here = (Vector.vector_set_id == vector_set_id, Vector.passage_id.in_(ids))
    return db.session.scalars(select(Vector.passage_id).where(*here)).all()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
