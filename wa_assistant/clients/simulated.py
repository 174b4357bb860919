"""The channel of simulated participants: nothing leaves the machine."""

import logging
import secrets
from datetime import datetime

from redis.exceptions import RedisError

from ..extensions import bells
from .channel import Sent

log = logging.getLogger(__name__)

NEXT = "wa_assistant:simulated:{}"
NEXT_SECONDS = 3600


def send(to: str, body: str) -> Sent:
    sid = _take_next(to)
    if sid:
        return Sent(sid=sid, status="sent")  # its receipt says how it goes on
    return Sent(sid=new_sid(), status="delivered")


def find(to: str, body: str, since: datetime) -> list[Sent]:
    return []


def new_sid() -> str:
    return f"SIM{secrets.token_hex(16)}"


def set_next(to: str, sid: str) -> bool:
    """The next message to `to` is sent under `sid`; False where one is set already.

    Kept in Redis only: what is pretended may be forgotten.
    """
    return bool(bells.redis.set(NEXT.format(to), sid, nx=True, ex=NEXT_SECONDS))


def has_next(to: str) -> bool:
    try:
        return bool(bells.redis.exists(NEXT.format(to)))
    except RedisError:
        return False


def _take_next(to: str) -> str | None:
    try:
        found = bells.redis.getdel(NEXT.format(to))
    except RedisError as error:
        log.warning("not known what was pretended: error=%s", type(error).__name__)
        return None
    return found.decode() if isinstance(found, bytes) else None
