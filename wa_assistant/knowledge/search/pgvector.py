"""The vectors of active passages as Postgres searches them, where it has pgvector.

Its table mirrors that of the vectors, in the same transactions, and holds active passages alone.
Where there is no pgvector `put` and `take` do nothing, and a file is searched (vector_file.py).
"""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import text

from ...database import db
from .embedding import Direction
from .index import on_postgres

MIRRORED = text(
    "SELECT vectors.passage_id, vectors.vector_set_id, vectors.data FROM vectors "
    "JOIN passages ON passages.id = vectors.passage_id AND passages.active "
    "WHERE vectors.passage_id = ANY(:ids)"
)
PUT = text(
    "INSERT INTO index_vectors VALUES (:passage, :vector_set, CAST(:data AS halfvec)) "
    "ON CONFLICT DO NOTHING"
)
# Negative inner product: all are of length one.
NEAREST = text(
    "SELECT passage_id FROM index_vectors WHERE vector_set_id = :vector_set "
    "ORDER BY data <#> CAST(:vector AS halfvec) LIMIT :limit"
)


def is_there() -> bool:
    """Whether this database has pgvector, and with it the mirror."""
    if not on_postgres():
        return False
    return db.session.scalar(text("SELECT to_regclass('index_vectors')")) is not None


def put(ids: Sequence[int]) -> None:
    """Mirror all vectors of these passages, those that are not active left out."""
    if not ids or not is_there():
        return
    rows = [
        {"passage": row.passage_id, "vector_set": row.vector_set_id, "data": _literal(row.data)}
        for row in db.session.execute(MIRRORED, {"ids": list(ids)})
    ]
    if rows:
        db.session.execute(PUT, rows)


def take(ids: Sequence[int]) -> None:
    """Mirror no vector of these passages from now on."""
    if ids and is_there():
        statement = text("DELETE FROM index_vectors WHERE passage_id = ANY(:ids)")
        db.session.execute(statement, {"ids": list(ids)})


def nearest(vector_set_id: int, vector: Direction, limit: int) -> list[int]:
    """Ids of about the nearest passages, `limit` at most: the mirror has half the precision."""
    values = {"vector_set": vector_set_id, "vector": _literal(vector.tobytes()), "limit": limit}
    return list(db.session.scalars(NEAREST, values))


def _literal(data: bytes) -> str:
    return str(np.frombuffer(data, "<f4").tolist())
