"""A question's vector, where the service gives it in good time.

Who searches does not wait for a service that is away, or has no credit: it is asked again after a
while, by whichever process searches then. One question that it refuses is that question's alone.
"""

import logging
import time

from flask import current_app
from redis.exceptions import RedisError

from ...database import db
from ...extensions import bells
from .embedding import Away, Direction, Refused, Spent, ask
from .vector_sets import serving, wanted

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5.0
REST_SECONDS = 60
# Of a question that is embedded. Models take 8,192 tokens, none of which is less than a byte.
MOST_BYTES = 8_000
RESTING = "wa_assistant.embeddings.resting"  # here, until when; for the other processes, in Redis


def vector(question: str) -> tuple[int, Direction] | None:
    """With the id of the space it can be compared in; None where words have to do.

    No transaction is open after this where the service was asked.
    """
    if wanted() is None:
        return None
    space = serving(db.session())
    if space is None or space.dimension is None or _rests():
        return None
    space_id, model, dimension = space.id, space.model, space.dimension
    db.session.rollback()  # no transaction is open while the service is asked
    beginning = question.encode(errors="replace")[:MOST_BYTES].decode(errors="ignore")
    try:
        found = ask([beginning], model, dimension, question=True, timeout=TIMEOUT_SECONDS)
    except (Away, Refused) as error:
        log.warning("searched by words alone: %s", error)
        if isinstance(error, (Away, Spent)):
            _rest()
        return None
    return space_id, found[0]


def _rests() -> bool:
    if current_app.extensions.get(RESTING, 0.0) > time.monotonic():
        return True
    try:
        return bool(bells.redis.exists(RESTING))
    except RedisError:
        return False


def _rest() -> None:
    current_app.extensions[RESTING] = time.monotonic() + REST_SECONDS
    try:
        bells.redis.set(RESTING, 1, ex=REST_SECONDS)
    except RedisError:
        log.info("the other processes do not know: Redis is away")
