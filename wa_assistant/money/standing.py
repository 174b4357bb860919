"""How near each cap is: what is spent and reserved now, of how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce

from sqlalchemy import ColumnElement, Float, case, cast, select

from .. import settings
from ..database import db, utcnow
from ..models import Participant, Period, Scope, Spending
from ..models.spending import IS_OF_THEIR_DAY
from . import caps, prices
from .caps import Cap, Measure, Rule

NEAR = 0.8  # of a cap: from there on owners are told
WATCHED = 0.5  # from there on a participant is among those near theirs
MOST_LISTED = 20
OF_ONE = [rule for rule in caps.RULES if rule.scope == Scope.PARTICIPANT]


@dataclass(frozen=True)
class Standing:
    """`taken` (of which `reserved`) is counted in the unit of `most`: micro-dollars, or pieces in a
    day or an hour. `since` is when its while began, `frees_at` when the next begins."""

    cap: Cap
    taken: int
    reserved: int
    most: int | None
    since: datetime
    frees_at: datetime

    @property
    def share(self) -> float | None:
        """None without a cap; one of nothing is met."""
        if self.most is None:
            return None
        return self.taken / self.most if self.most else 1.0

    @property
    def is_near(self) -> bool:
        return (self.share or 0) >= NEAR

    @property
    def is_met(self) -> bool:
        return (self.share or 0) >= 1

    @property
    def key(self) -> str:
        """The same as long as there is nothing new to tell of it."""
        return f"{self.cap}.{self.since:%Y%m%d}.{'met' if self.is_met else 'near'}"


def of_money() -> list[Standing]:
    """Of each cap in money, also where none is set."""
    now, day = settings.current(), prices.today()
    rules = [rule for rule in caps.RULES if rule.measure == Measure.MONEY]
    starts = (day, day.replace(day=1))
    found = select(Spending).where(Spending.participant_id == 0, Spending.starts_on.in_(starts))
    counts = {(each.scope, each.period): each for each in db.session.scalars(found)}
    told = []
    for rule in rules:
        count = counts.get((rule.scope, rule.period))
        spent, reserved = (count.spent, count.reserved) if count else (0, 0)
        since = caps.began_at(now, rule.period, day)
        ends = caps.frees_at(now, rule.period, day)
        most = caps.limit(now, rule.cap)
        told.append(Standing(rule.cap, spent + reserved, reserved, most, since, ends))
    return told


def near() -> list[Standing]:
    """Those caps that owners are to be told of, the fullest first. Whoever tells them by another
    way than by a page asks here, and tells each `key` once."""
    return sorted((each for each in of_money() if each.is_near), key=lambda e: -(e.share or 0))


def of_newcomers() -> Standing:
    now = utcnow()
    number, first = caps.newcomers(now - caps.HOUR)
    most = caps.limit(settings.current(), Cap.NEWCOMERS)
    return Standing(Cap.NEWCOMERS, number, 0, most, now - caps.HOUR, (first or now) + caps.HOUR)


def of_participants() -> Sequence[tuple[Participant, Standing]]:
    """Those who are near what one may take in a day, each by the cap that is nearest; the nearest
    first, some at most."""
    now, day = settings.current(), prices.today()
    capped = [(rule, caps.limit(now, rule.cap)) for rule in OF_ONE]
    shares = {rule: _share(rule, most) for rule, most in capped if most is not None}
    if not shares:
        return []
    nearest = reduce(lambda one, other: case((one >= other, one), else_=other), shares.values())
    found = (
        select(Participant, Spending)
        .join(Spending, Spending.participant_id == Participant.id)
        .where(IS_OF_THEIR_DAY, Spending.starts_on == day, nearest >= WATCHED)
        .order_by(nearest.desc(), Spending.participant_id)
        .limit(MOST_LISTED)
    )
    rows = db.session.execute(found).all()
    return [(who, _nearest(count, shares, now)) for who, count in rows]


def _share(rule: Rule, most: int) -> ColumnElement[float]:
    """How much of it is taken, 1 being all; nothing taken of nothing is none of it."""
    taken: ColumnElement[float] = cast(getattr(Spending, rule.measure), Float)
    of = float(most * rule.unit)
    return taken / of if most else case((taken > 0, 1.0), else_=0.0)


def _nearest(count: Spending, rules: Iterable[Rule], now: settings.Settings) -> Standing:
    return max((_taken(rule, count, now) for rule in rules), key=lambda each: each.share or 0)


def _taken(rule: Rule, count: Spending, now: settings.Settings) -> Standing:
    taken = -(-getattr(count, rule.measure) // rule.unit)
    most = caps.limit(now, rule.cap) if taken else None
    since = caps.began_at(now, Period.DAY, count.starts_on)
    return Standing(rule.cap, taken, 0, most, since, since + timedelta(days=1))
