"""What a kind of work is, and a claim on a row of it: see claims.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, TextClause
from sqlalchemy.orm import InstrumentedAttribute

from .claimable import Claimable
from .policies import Policy

Row = TypeVar("Row", bound=Claimable)


class Lost(Exception):
    """The claim is another worker's now, or the row is gone."""


@dataclass(frozen=True)
class Kind(Generic[Row]):
    """A kind of work: those rows of `table` of which `left` says that something is left to do.

    `named`: the column whose value its bell carries. `since`: how long a row has been left to do.
    `buried`: what else becomes of a row that is a dead letter now, in the same writing unit; after
    it nothing is left to do. `left_half_done`: the same for one whose worker stopped on its way.
    `find_overdue`: what `overdue` gives, where `since` and the policy's grace do not tell it.
    """

    policy: Policy
    table: type[Row]
    left: tuple[ColumnElement[bool] | TextClause, ...]
    named: InstrumentedAttribute[int]
    since: ColumnElement[datetime] | InstrumentedAttribute[Any]
    buried: Callable[[Row], None]
    left_half_done: Callable[[Row], None] = lambda row: None
    find_overdue: Callable[[int], list[int]] | None = None


@dataclass(frozen=True)
class Claim(Generic[Row]):
    """A row that is ours for now."""

    kind: Kind[Row]
    id: int
    token: str

    @property
    def holds(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions that pick the row while it is ours."""
        return (self.kind.table.id == self.id, self.kind.table.claim_token == self.token)
