"""A question's vector, where the service gives it in good time.

Who searches does not wait for a service that is away: it is asked again after a while, by
whichever process searches then.
"""

import logging
import time

from flask import current_app
from redis.exceptions import RedisError

from ..database import db
from ..extensions import bells
from .embedding import Away, Direction, Refused, ask
from .spaces import serving, wanted

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5.0
REST_SECONDS = 60
LONGEST = 4_000  # characters of a question that are embedded
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
    try:
        found = ask([question[:LONGEST]], model, dimension, question=True, timeout=TIMEOUT_SECONDS)
    except (Away, Refused) as error:
        log.warning("searched by words alone: %s", error)
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
