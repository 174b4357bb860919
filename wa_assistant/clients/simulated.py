"""The channel of simulated participants: nothing leaves the machine."""

import logging
import secrets
from datetime import datetime

from redis.exceptions import RedisError

from ..extensions import bells
from .channel import Sent

log = logging.getLogger(__name__)

LOST = "wa_assistant:simulated:{}"
LOST_SECONDS = 3600
UNREACHED = 63024  # Twilio's code for a number that cannot be reached


def send(to: str, body: str) -> Sent:
    if _is_lost(to):
        return Sent(sid=new_sid(), status="undelivered", code=UNREACHED)
    return Sent(sid=new_sid(), status="delivered")


def find(to: str, body: str, since: datetime) -> list[Sent]:
    return []


def new_sid() -> str:
    return f"SIM{secrets.token_hex(16)}"


def lose_next(to: str) -> None:
    """Let the next message to `to` be lost on its way, if it is sent within LOST_SECONDS.

    Kept in Redis only, and nothing else speaks of it: what is pretended may be forgotten.
    Raises RedisError.
    """
    bells.redis.set(LOST.format(to), 1, ex=LOST_SECONDS)


def loses_next(to: str) -> bool:
    try:
        return bool(bells.redis.exists(LOST.format(to)))
    except RedisError:
        return False


def _is_lost(to: str) -> bool:
    try:
        return bool(bells.redis.delete(LOST.format(to)))
    except RedisError as error:
        log.warning("not known what was pretended: error=%s", type(error).__name__)
        return False
