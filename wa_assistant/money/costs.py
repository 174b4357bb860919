"""Where the money of a month went, read from the counts: however many calls and messages there are,
no page looks at them one by one.

Days and months are the team's as they were then. What is under way is not over, and not in here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from ..database import db
from ..models import CallKind, Category, DailyCost, Participant, Period, Scope, Spending
from ..models.daily_cost import INBOUND
from ..models.participant import IS_SIMULATED
from ..models.spending import IS_OF_THEIR_MONTH

MESSAGES = (INBOUND, *Category)
MODELS = tuple(CallKind)
KINDS = (*MODELS, *MESSAGES)
DEAREST = 20
MOST_MONTHS = 12
FULL_DAYS = 7  # that a forecast is made by


class Sum(NamedTuple):
    """What is over of one kind, or of all: `unknown` of the `number` have a cost that is not known,
    and the most it can be is in `spent` (micro-dollars)."""

    number: int = 0
    unknown: int = 0
    spent: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    output_tokens: int = 0


class Day(NamedTuple):
    """Micro-dollars of a day: of the models, and of the messages."""

    day: date
    models: int
    messages: int

    @property
    def spent(self) -> int:
        return self.models + self.messages


class Conversations(NamedTuple):
    """Of real participants, of whom `number` wrote or were written to, or a model was called for
    them; `spent` is what these cost, and `pretended` what those of the simulator did."""

    number: int
    spent: int
    pretended: int

    @property
    def per_thousand(self) -> int | None:
        """Micro-dollars; None where there was none."""
        return round(1000 * self.spent / self.number) if self.number else None


@dataclass(frozen=True)
class Forecast:
    """Of the month that is: what it will have cost in the end if days go on as the last ones.

    `mean` is that of the last `days` full ones, at most FULL_DAYS, none before the first that cost
    anything; today counts as one of these, or with what it has cost if that is more.
    """

    spent: int
    mean: int
    days: int


def by_kind(month: date) -> dict[str, Sum]:
    """Of each kind that there was any of."""
    return {kind: Sum(*map(int, sums)) for kind, *sums in _sums(month, DailyCost.kind)}


def by_stage(month: date) -> list[tuple[int, str, Sum]]:
    """By the journey's version and the stage's key, 0 and "" where there was none; the dearest
    first."""
    found = _sums(month, DailyCost.journey_version_id, DailyCost.stage)
    rows = [(version, stage, Sum(*map(int, sums))) for version, stage, *sums in found]
    return sorted(rows, key=lambda each: (-each[2].spent, each[:2]))


def by_day(month: date, until: date) -> list[Day]:
    """Every day of the month that is not after `until`."""
    spent: dict[tuple[date, bool], int] = {}
    for day, kind, *sums in _sums(month, DailyCost.day, DailyCost.kind):
        key = day, kind in MESSAGES
        spent[key] = spent.get(key, 0) + int(Sum(*sums).spent)
    last = min(until, last_day(month))
    days = (month + timedelta(days=number) for number in range((last - month).days + 1))
    return [Day(day, spent.get((day, False), 0), spent.get((day, True), 0)) for day in days]


def months() -> list[Spending]:
    """The last ones in which anything was spent, the newest first."""
    newest = select(Spending).where(*_all(Period.MONTH)).order_by(Spending.starts_on.desc())
    return list(db.session.scalars(newest.limit(MOST_MONTHS)))


def dearest(month: date) -> list[tuple[Participant, int]]:
    """The real participants whose conversations cost most, with what they did."""
    found = (
        select(Participant, Spending.spent)
        .join(Participant, Participant.id == Spending.participant_id)
        .where(*_theirs(month), Participant.simulated.is_(False))
        .order_by(Spending.spent.desc(), Spending.participant_id)
        .limit(DEAREST)
    )
    return [(participant, spent) for participant, spent in db.session.execute(found)]


def conversations(month: date) -> Conversations:
    # Of one who was deleted the id is negative: see operations/simulated.py.
    now = Spending.participant_id.in_(select(Participant.id).where(IS_SIMULATED))
    pretended = now | (Spending.participant_id < 0)
    counted = select(func.count(), func.coalesce(func.sum(Spending.spent), 0))
    number, spent = db.session.execute(counted.where(*_theirs(month))).one()
    few, simulated = db.session.execute(counted.where(*_theirs(month), pretended)).one()
    return Conversations(number - few, int(spent - simulated), int(simulated))


def forecast(today: date) -> Forecast | None:
    """None where no full day has cost anything yet."""
    first = db.session.scalar(select(func.min(Spending.starts_on)).where(*_all(Period.DAY)))
    before = max(first or today, today - timedelta(days=FULL_DAYS))
    days = (today - before).days
    if not days:
        return None
    month = today.replace(day=1)
    rows = select(Spending.starts_on, Spending.spent).where(
        *_all(Period.DAY), Spending.starts_on.between(min(before, month), today)
    )
    spent: dict[date, int] = dict(db.session.execute(rows).all())
    mean = sum(amount for day, amount in spent.items() if before <= day < today) // days
    so_far = sum(amount for day, amount in spent.items() if month <= day < today)
    left = (last_day(month) - today).days
    whole = so_far + max(spent.get(today, 0), mean) + mean * left
    return Forecast(whole, mean, days)


def under_way(month: date) -> int:
    """What calls that are not over can cost at most, in micro-dollars."""
    count = db.session.get(Spending, (0, month, Period.MONTH, Scope.ALL))
    return count.reserved if count else 0


def of_participant(participant_id: int, month: date) -> tuple[int, int]:
    """Micro-dollars that a conversation cost in the month and in all its time."""
    theirs = (Spending.participant_id == participant_id, Spending.period == Period.MONTH)
    rows = select(Spending.starts_on, Spending.spent).where(*theirs)
    spent: dict[date, int] = dict(db.session.execute(rows).all())
    return spent.get(month, 0), sum(spent.values())


def total(sums: Iterable[Sum]) -> Sum:
    return Sum(*map(sum, zip(*sums, strict=True))) if (sums := list(sums)) else Sum()


def last_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _sums(month: date, *by: Any) -> Iterable[Any]:
    added = (func.sum(getattr(DailyCost, name)) for name in Sum._fields)
    days = (DailyCost.kind.in_(KINDS), DailyCost.day.between(month, last_day(month)))
    return db.session.execute(select(*by, *added).where(*days).group_by(*by))


def _all(period: Period) -> tuple[ColumnElement[bool], ...]:
    return Spending.participant_id == 0, Spending.period == period, Spending.scope == Scope.ALL


def _theirs(month: date) -> tuple[Any, ...]:
    return IS_OF_THEIR_MONTH, Spending.starts_on == month
