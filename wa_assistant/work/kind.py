"""What a kind of work is, and a claim on a row of it: see claims.py."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, TextClause
from sqlalchemy.orm import InstrumentedAttribute

from .claimable import Claimable
from .policies import Policy

Row = TypeVar("Row", bound=Claimable)

# Of this process: how each of its claims' tokens begins; whether it takes no more; and by their
# tokens the claims that its threads work under and have not ended, and after how many seconds each
# is gone on with where it is given back.
OWNER = secrets.token_hex(4)
STOPPING = threading.Event()
UNDER_WAY: "dict[str, tuple[Claim[Any], float]]" = {}


class Lost(Exception):
    """The claim is another worker's now, or the row is gone."""


@dataclass(frozen=True)
class Kind(Generic[Row]):
    """A kind of work: those rows of `table` of which `left` says that something is left to do.

    `named`: the column whose value its bell carries. `since`: how long a row has been left to do.
    `find_overdue`: what overdue.find gives, where `since` and the policy's grace do not tell it.
    `left_of_all`: what picks the same rows as `left`, where all are looked through and not one.

    What else becomes of a row, in the writing unit in which it happens: `left_half_done`, where its
    worker stopped on its way; `buried`, as a dead letter, of which nothing is left to do;
    `revived`, when a person replays it, after which it is left to do again; `dismissed`, when they
    want nothing more done, for good.

    `at_once`: does the work of a dead letter by its id, here and now, in place of its bell, so that
    who replays it sees how that went. It is revived by success, and stays where it fails again.
    """

    policy: Policy
    table: type[Row]
    left: tuple[ColumnElement[bool] | TextClause, ...]
    named: InstrumentedAttribute[int]
    since: ColumnElement[datetime] | InstrumentedAttribute[Any]
    buried: Callable[[Row], None]
    left_half_done: Callable[[Row], None] = lambda row: None
    revived: Callable[[Row], None] = lambda row: None
    dismissed: Callable[[Row], None] = lambda row: None
    at_once: Callable[[int], object] | None = None
    find_overdue: Callable[[int], list[int]] | None = None
    left_of_all: tuple[ColumnElement[bool] | TextClause, ...] = ()


@dataclass(frozen=True)
class Claim(Generic[Row]):
    """A row that is ours for now."""

    kind: Kind[Row]
    id: int
    token: str
