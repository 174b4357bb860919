"""What would have become of a month's calls to models under other caps.

By what each call took, in their order: the caps of then, and what a call might have taken at most,
are not counted again. So it is a little later that a cap is met here than it would have been.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from ..database import db
from ..models import AiCall, CallKind

ONE_DAY = timedelta(days=1)
TOOK = func.coalesce(AiCall.cost, AiCall.reserved)
IS_ANSWER = (AiCall.kind == CallKind.ANSWER) & (TOOK > 0)


@dataclass
class Day:
    """A day on which a cap would have been met: when first, and how many answers would have had to
    do without the model."""

    day: date
    met_at: datetime
    answers: int = 0


@dataclass
class Outcome:
    """`spent` of `total` micro-dollars, and `lost` of `answers`."""

    month: date
    total: int = 0
    spent: int = 0
    answers: int = 0
    days: list[Day] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return sum(each.answers for each in self.days)


def of_month(month: date, day_cap: int | None, month_cap: int | None) -> Outcome:
    """Of the calls of the month that begins on `month`, with these caps in micro-dollars.

    Only the days on which one would have been met are looked at call by call.
    """
    sums = select(AiCall.day, func.sum(TOOK), func.count().filter(IS_ANSWER))
    found = sums.where(*_within(month, _after(month))).group_by(AiCall.day).order_by(AiCall.day)
    outcome = Outcome(month)
    days: Iterable[Any] = db.session.execute(found).all()
    for day, took, answers in days:
        outcome.total += took
        outcome.answers += answers
        if _fits(took, day_cap) and _fits(outcome.spent + took, month_cap):
            outcome.spent += took
        else:
            _met(outcome, day, day_cap, month_cap)
    return outcome


def _met(outcome: Outcome, day: date, day_cap: int | None, month_cap: int | None) -> None:
    """Add a day of which not every call would have been made."""
    calls = select(AiCall.id, TOOK, IS_ANSWER).where(*_within(day, day + ONE_DAY))
    of_day = lost = 0
    first: int | None = None
    rows: Iterable[Any] = db.session.execute(calls.order_by(AiCall.id)).all()
    for call_id, took, is_answer in rows:
        if _fits(of_day + took, day_cap) and _fits(outcome.spent + took, month_cap):
            of_day += took
            outcome.spent += took
        else:
            first = first or call_id
            lost += is_answer
    if first is not None:
        at = db.session.scalars(select(AiCall.created_at).where(AiCall.id == first)).one()
        outcome.days.append(Day(day, at, lost))


def _within(first: date, after: date) -> tuple[ColumnElement[bool], ...]:
    """Of the team's days from `first` on: by the moments they may hold anywhere, for which there is
    an index."""
    began = datetime.combine(first, time(), UTC) - ONE_DAY
    ended = datetime.combine(after, time(), UTC) + ONE_DAY
    return AiCall.day >= first, AiCall.day < after, AiCall.created_at.between(began, ended)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _fits(sum_: int, cap: int | None) -> bool:
    return cap is None or sum_ <= cap
