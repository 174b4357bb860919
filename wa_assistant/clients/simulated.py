"""The channel of simulated participants: nothing leaves the machine."""

import re
import secrets
import shutil
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from redis.exceptions import RedisError

from .. import logs
from ..live import bells
from . import recording
from .channel import Sent
from .files import Elsewhere, Fetched, NotThere, TooLarge

log = logs.get(__name__)

LOST = "wa_assistant:simulated:{}"
LOST_SECONDS = 3600
LOST_CODE = 63012  # Twilio's for what WhatsApp lost by a fault of its own
VOICE = "simulated:voice"
FILE = re.compile(r"simulated:([0-9a-f]{32})")
ADDRESS = "simulated:"  # how the addresses of those begin whom this channel reaches


def send(to: str, body: str, media: str | None = None) -> Sent:
    if _is_lost(to):
        return Sent(sid=new_sid(), status="undelivered", code=LOST_CODE)
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
        log.warning("not known what was pretended", error=type(error).__name__)
        return False


def fetch(url: str, into: BinaryIO, limit: int) -> Fetched:
    """What a pretended phone sent: a tone for every voice, and files as they were attached."""
    if url == VOICE:
        recording.write(into)
        return Fetched("audio/wav")
    found = FILE.fullmatch(url)
    if found is None:
        raise Elsewhere("not the simulator's")
    path = _attached(found[1])
    if not path.exists():
        raise NotThere("gone")
    if path.stat().st_size > limit:
        raise TooLarge
    with path.open("rb") as file:
        shutil.copyfileobj(file, into)
    return Fetched()


def attach(content: bytes) -> str:
    """Keep what a pretended phone is about to send; its address."""
    token = secrets.token_hex(16)
    path = _attached(token)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)
    return f"simulated:{token}"


def detach(url: str) -> None:
    """What was attached has arrived, or is forgotten."""
    found = FILE.fullmatch(url)
    if found:
        _attached(found[1]).unlink(missing_ok=True)


def _attached(token: str) -> Path:
    folder: Path = current_app.config["DATA_DIR"] / "simulated"
    return folder / token
