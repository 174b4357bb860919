"""Which colleagues have a conversation open at this moment, and who of them is writing.

It stands in Redis alone, for as long as their pages go on saying so. Without Redis nobody is known
to be here, and that costs a fraction of a second.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError

from .. import live, logs
from ..models import User

log = logs.get(__name__)

HERE_SECONDS = 90  # an open page says so each minute
WRITING_SECONDS = 12
KEPT_SECONDS = 600
HERE = "wa_assistant:here:{}"  # a conversation's: by user, their name and until when
OPEN = "wa_assistant:open:{}"  # a user's: the conversation that they opened last


@dataclass(frozen=True)
class Colleague:
    name: str
    is_writing: bool


def of(participant_id: int, user: User, *, opened: bool = False) -> list[Colleague]:
    """Say that `user` is here, and who else is, by name. `opened`: they have opened it just now,
    and are no longer where they were."""
    try:
        return _beat(participant_id, user, opened)
    except RedisError as error:
        log.warning("who is here is not known", error=type(error).__name__)
        return []


def writes(participant_id: int, user: User, is_writing: bool) -> None:
    """`user` has begun to write here, writes on, or has ceased to."""
    until = time.time() + WRITING_SECONDS if is_writing else 0
    try:
        known = _read(participant_id)
        was = known.get(user.id, {}).get("writing", 0) > time.time()
        _put(participant_id, user, until)
    except RedisError as error:
        log.warning("who is writing is not known", error=type(error).__name__)
        return
    if was != is_writing and known.keys() - {user.id}:
        live.changed(fragment(participant_id))


def leaves(participant_id: int, user: User) -> None:
    """A page of `user`'s is closed. Where they have another with the conversation, it hears that
    somebody went, fetches itself, and by that says that they are here."""
    try:
        is_gone = live.bells.redis.hdel(HERE.format(participant_id), str(user.id))
    except RedisError as error:
        log.warning("who has left is not known", error=type(error).__name__)
        return
    if is_gone:
        live.changed(fragment(participant_id))


def fragment(participant_id: int) -> str:
    """The name under which is told that somebody came, went or writes."""
    return f"here-{participant_id}"


def _beat(participant_id: int, user: User, opened: bool) -> list[Colleague]:
    known, now = _read(participant_id), time.time()
    mine = known.pop(user.id, {})
    _put(participant_id, user, mine.get("writing", 0))
    if opened:
        _leave_the_other(participant_id, user)
    if known and not mine:
        live.changed(fragment(participant_id))
    found = [Colleague(each["name"], each["writing"] > now) for each in known.values()]
    return sorted(found, key=lambda each: each.name.casefold())


def _read(participant_id: int) -> dict[int, dict[str, Any]]:
    """Who is here, by the user's id."""
    rows = live.bells.redis.hgetall(HERE.format(participant_id))
    found = {int(key): json.loads(value) for key, value in rows.items()}
    return {key: each for key, each in found.items() if each["until"] > time.time()}


def _put(participant_id: int, user: User, writing: float) -> None:
    key = HERE.format(participant_id)
    mine = {"name": user.label, "until": time.time() + HERE_SECONDS, "writing": writing}
    with live.bells.redis.pipeline() as pipe:
        pipe.hset(key, str(user.id), json.dumps(mine))
        pipe.expire(key, KEPT_SECONDS)
        pipe.execute()


def _leave_the_other(participant_id: int, user: User) -> None:
    redis, key = live.bells.redis, OPEN.format(user.id)
    before = redis.getset(key, participant_id)
    redis.expire(key, KEPT_SECONDS)
    if before and int(before) != participant_id:
        redis.hdel(HERE.format(int(before)), str(user.id))
        live.changed(fragment(int(before)))
