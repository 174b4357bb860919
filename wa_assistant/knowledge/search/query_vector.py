"""A query's vector, where the embedding service gives it in good time.

A search does not wait for a service that is away, or that nobody pays: it is left alone for a
while, by all processes. Where it refuses one query, that concerns this query alone.
"""

import time
from typing import NamedTuple

from flask import current_app
from redis.exceptions import RedisError

from ... import logs
from ...database import db
from ...live import bells
from ...money.ledger import A_QUERY, Payer
from .embedding import (
    Direction,
    EmbeddingAway,
    EmbeddingBusy,
    EmbeddingRefused,
    EmbeddingUnpaid,
    vectors_of,
)
from .vector_sets import serving_set, wanted_model

log = logs.get(__name__)

REST_SECONDS = 60
# Of a query that is embedded. Models take 8,192 tokens, none of which is less than a byte.
MOST_BYTES = 8_000
RESTING = "wa_assistant.embeddings.resting"  # here, until when; for the other processes, in Redis


class QueryVector(NamedTuple):
    """`direction` can be compared with the vectors of one vector set only."""

    vector_set_id: int
    direction: Direction


def of(query: str, payer: Payer = A_QUERY) -> QueryVector | None:
    """The vector of `query`; None where its words alone have to do: without a key or vectors,
    where a cap has no room for it, and while the service is away. `payer`: whom it is for.

    No transaction is open after this where the service was asked.
    """
    if wanted_model() is None:
        return None
    serving = serving_set()
    if serving is None or serving.dimension is None or _rests():
        return None
    id_, model, dimension = serving.id, serving.model, serving.dimension
    db.session.rollback()  # no transaction is open while the service is asked
    beginning = query.encode(errors="replace")[:MOST_BYTES].decode(errors="ignore")
    try:
        found = vectors_of([beginning], model, dimension, query=True, payer=payer)
    except (EmbeddingAway, EmbeddingRefused) as error:
        log.warning("searched by words alone", error=type(error).__name__)
        is_busy = isinstance(error, EmbeddingBusy)
        if isinstance(error, (EmbeddingAway, EmbeddingUnpaid)) and not is_busy:
            _rest()
        return None
    return QueryVector(id_, found[0])


def _rests() -> bool:
    """Whether the service is left alone at the moment."""
    if current_app.extensions.get(RESTING, 0.0) > time.monotonic():
        return True
    try:
        return bool(bells.redis.exists(RESTING))
    except RedisError:
        return False


def _rest() -> None:
    """Leave the service alone from now on, for REST_SECONDS."""
    current_app.extensions[RESTING] = time.monotonic() + REST_SECONDS
    try:
        bells.redis.set(RESTING, 1, ex=REST_SECONDS)
    except RedisError:
        log.info("the other processes do not know: Redis is away")
