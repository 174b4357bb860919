"""How often somebody may ask in a minute, so that nobody keeps the threads from all others.

Counted is who is signed in, from whichever address: an office of fifty behind one address is fifty
people. Who is not signed in is counted by address. Each group of routes has a count of its own, so
that what pages fetch by themselves takes nothing from what a person does:

    pages      1200   what somebody opens: one a second, each with the pictures of its messages
    live       6000   what their open pages fetch by themselves: a hundred changes a minute are five
                      fragments each where it is looked at, and one in each of fifty hidden tabs
    acts        600   what they do, and what is marked as read while they look
    uploads      60   documents, of which each form brings many; a message with large files
    strangers  1200   public pages, and whatever else is asked without being signed in: three
                      hundred colleagues may begin their day in one minute, behind one address
    health      600   whoever watches us

Not counted are Twilio's webhooks, of which none may be lost and none is kept unless it is signed;
the event stream, of which there are only so many; style sheets, scripts and icons. How often
somebody may fail to sign in stands in accounts/attempts.py.
"""

import time

from flask import Flask, g
from flask_limiter import Limiter
from flask_login import current_user
from limits.storage import Storage
from redis.exceptions import RedisError

from ..work import counters, rates
from ..work.counters import Counted
from . import access, visitor

A_MINUTE = {
    "pages": 1200,
    "live": 6000,
    "acts": 600,
    "uploads": 60,
    "strangers": 1200,
    "health": 600,
}
SCHEMES = ["counters"]


class Window(Storage):
    """Our counters, as the library asks for them."""

    STORAGE_SCHEME = SCHEMES

    @property
    def base_exceptions(self) -> type[Exception]:
        return RedisError  # of which counters lets none out

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        g.counted = counters.count(key, int(expiry), amount)
        return int(g.counted.number)

    def get(self, key: str) -> int:
        """As this request has just counted it: Redis is not asked again for its headers."""
        return _counted().number

    def get_expiry(self, key: str) -> float:
        return _counted().ends

    def check(self) -> bool:
        return True

    def reset(self) -> None:
        raise NotImplementedError

    def clear(self, key: str) -> None:
        raise NotImplementedError


def init_app(app: Flask) -> None:
    limiter = Limiter(
        _whose,
        default_limits=[lambda: f"{A_MINUTE[access.group()]} per minute"],
        request_identifier=access.group,
        storage_uri=f"{SCHEMES[0]}://",
        strategy="fixed-window",
        headers_enabled=True,
    )
    limiter.init_app(app)


def seconds_left() -> int:
    """Until who was refused may ask again; 1 at least."""
    return max(1, int(_counted().ends - time.time()) + 1)


def _whose() -> str:
    if access.group() in ("strangers", "health"):
        return f"address {rates.network(visitor.address())}"
    return f"user {current_user.get_id()}"


def _counted() -> Counted:
    found: Counted = g.get("counted") or Counted(0, time.time())
    return found
