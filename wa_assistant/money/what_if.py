"""What would have become of a month's calls to models under other caps.

By what each call took, in their order: the caps of then, and what a call might have taken at most,
are not counted again. So it is a little later that a cap is met here than it would have been.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from ..database import db
from ..models import AiCall, CallKind


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
    """Of the calls of the month that begins on `month`, with these caps in micro-dollars."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    took = func.coalesce(AiCall.cost, AiCall.reserved)
    calls = (
        select(AiCall.day, AiCall.created_at, AiCall.kind, took)
        .where(AiCall.day >= month, AiCall.day < after)
        .order_by(AiCall.day, AiCall.id)
        .execution_options(yield_per=1000)
    )
    outcome, of_day = Outcome(month), 0
    today: date | None = None
    rows: Iterable[tuple[Any, ...]] = db.session.execute(calls)
    for day, at, kind, cost in rows:
        of_day, today = (of_day if day == today else 0), day
        is_answer = kind == CallKind.ANSWER and cost > 0
        outcome.total += cost
        outcome.answers += is_answer
        if _fits(of_day + cost, day_cap) and _fits(outcome.spent + cost, month_cap):
            of_day += cost
            outcome.spent += cost
        else:
            if not outcome.days or outcome.days[-1].day != day:
                outcome.days.append(Day(day, at))
            outcome.days[-1].answers += is_answer
    return outcome


def _fits(sum_: int, cap: int | None) -> bool:
    return cap is None or sum_ <= cap
