"""Why a call to a model came to nothing: a kind that stays the same however a server words it.

No SDK is needed to know them: pages name them in plain words.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Failure(StrEnum):
    """The kind, as it is stored with the call."""

    KEY = "key"  # refused, or not allowed to do this
    CREDIT = "credit"  # nothing more until somebody pays
    DAILY_QUOTA = "daily quota"
    BUSY = "busy"  # too many calls or tokens at the moment
    UNKNOWN_MODEL = "unknown model"  # or an address that leads nowhere
    ORDER_OF_ROLES = "order of roles"  # the model's template takes the messages in another order
    TOO_LONG = "too long"  # for the model's context
    TOO_LARGE = "too large"  # for what the plan allows at once; waiting changes nothing
    FILTERED = "filtered"  # this one conversation, by a filter of contents
    LOADING = "loading"
    TOO_SLOW = "too slow"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"  # an error of the server's own
    NO_ANSWER = "no answer"  # a web page: no completion, though none was refused
    NOTHING = "nothing"  # a completion with nothing in it
    REQUEST = "request"  # refused for a reason that is none of these
    UNUSABLE = "unusable"  # the model answered, but nothing that can be sent


# What no other way of asking changes.
OF_THE_ACCOUNT = (Failure.KEY, Failure.CREDIT, Failure.DAILY_QUOTA)
# Of which our words say all that the team can do anything about: the server's own, which may hold
# a part of the key, are for its log.
PLAIN = (*OF_THE_ACCOUNT, Failure.TOO_LARGE, Failure.NOTHING)
# The server is out of reach, or answers nothing of use, as a whole: the next call finds it so, too.
AWAY = (
    *(Failure.UNREACHABLE, Failure.TOO_SLOW, Failure.BROKEN),
    *(Failure.LOADING, Failure.NO_ANSWER, Failure.NOTHING),
)
# What says nothing about the next call.
OF_ONE_REQUEST = (Failure.FILTERED,)


@dataclass
class ModelError(Exception):
    """No completion. One of those below; `retry_after` in seconds where the server gave it.

    `may_have_cost`: the server may have worked for it, for all we know, and will ask to be paid.
    """

    message: str
    retry_after: float | None = None
    latency: int = 0
    failure: Failure = Failure.REQUEST
    usage: Any = field(default=None, init=False)
    may_have_cost: bool = field(default=True, kw_only=True)


class RateLimited(ModelError):
    """Too many calls or tokens at the moment."""


class QuotaSpent(ModelError):
    """Nothing will be answered until somebody pays or raises a limit, or the day is over."""


class Unavailable(ModelError):
    """A time-out, a broken connection or an error of the server's own."""


class Rejected(ModelError):
    """The key, the model's name or the request itself was refused."""


@dataclass
class TooLong(Rejected):
    """More than the model's context holds, or the plan allows: `context` tokens, of which the
    messages took `read`, or all that was asked for `wanted`; None where the server gave no number.
    `was_asked`: it said so itself."""

    failure: Failure = Failure.TOO_LONG
    context: int | None = None
    read: int | None = None
    wanted: int | None = None
    was_asked: bool = True
