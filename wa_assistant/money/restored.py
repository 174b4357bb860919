"""A database that was restored from a backup does not know what was spent since then.

Until an owner says what the bill says, that counts with the most that the caps had left: each day
since then as much as its caps and its month's allow. No caps, no most: then it is only said.

That it is an older one is known by a number which the database has, and Redis too: it grows every
minute, in the database first. Where Redis holds a larger one, the database is older than what ran
here last. Where Redis was lost as well, or the machine, nobody can know; see docs/money.md.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from redis.exceptions import RedisError
from sqlalchemy import select, text, update

from .. import audit, logs, settings
from ..database import db, one_at_a_time, transaction, utcnow
from ..live import bells
from ..models import Action, AiCall, CallKind, Mark, Outcome, Period, Scope, Spending, Subject, User
from ..models.ai_call import RESTORED
from ..settings.definitions import NO_MONEY, money
from ..settings.problem import Problem
from . import caps, prices
from .caps import Measure

log = logs.get(__name__)

NAME = "money"
KEY = "wa_assistant:money:mark"
MOST_DAYS = 62  # that a backup is looked back for
LONGEST = timedelta(days=MOST_DAYS - 1)
MOST_HELD = 2**31 - 1  # micro-dollars of a day, which are two thousand dollars: as a row has room


def watch() -> int:
    """Look whether the database is an older one, and count on; for how many days something counts
    from now on that nobody knows."""
    try:
        seen = int(bells.redis.get(KEY) or 0)
    except RedisError:
        return 0
    with transaction():
        one_at_a_time(NAME)
        mark = db.session.get(Mark, NAME) or Mark(name=NAME, number=seen, at=utcnow())
        days = _hold(mark.at) if mark.number < seen else 0
        mark.number, mark.at = max(mark.number, seen) + 1, utcnow()
        db.session.add(mark)
        number = mark.number
    try:
        bells.redis.set(KEY, number)
    except RedisError:
        log.info("Redis is away, and does not know how far the database is")
    return days


def unknown() -> Sequence[AiCall]:
    """What counts so, a day each, until an owner says what it was."""
    rows = select(AiCall).where(text(RESTORED), AiCall.outcome == Outcome.LOST)
    return db.session.scalars(rows.order_by(AiCall.day, AiCall.id)).all()


def say(call_id: int, given: str, actor: User) -> bool:
    """What was spent in that while, in dollars, as the provider's bill has it; False where that is
    said already. Raises Problem."""
    took = money(given)
    if took is None or took > MOST_HELD:
        raise Problem({"": NO_MONEY})
    of_it = (AiCall.kind == CallKind.RESTORED, AiCall.outcome == Outcome.LOST)
    with transaction():
        call = db.session.scalar(select(AiCall).where(AiCall.id == call_id, *of_it))
        if call is None:
            return False
        before = {"at_most": call.reserved}
        call.cost, call.outcome = took, Outcome.ANSWERED
        after = {"spent": took, "name": str(call.day)}
        audit.record(actor, Action.CHANGED, Subject.SPENDING, call_id, before=before, after=after)
    return True


def _hold(since: datetime) -> int:
    """Count the most that may have been spent from `since` on, in the writing unit at hand."""
    now = utcnow()
    log.warning("the database is an older one, what was spent since is not known", since=since)
    began = min(max(since, now - LONGEST), now)
    days = list(_days(prices.day_of(began), prices.today()))
    for day in days:
        call = AiCall(
            kind=CallKind.RESTORED,
            created_at=max(began, caps.began_at(settings.current(), Period.DAY, day)),
            day=day,
            model="",
            prompt_version="",
            reserved=_left(day),
            outcome=Outcome.UNDER_WAY,
        )
        db.session.add(call)
        db.session.flush()
        # Another statement: what begins is counted as it does, and what is over as it ends.
        lost = update(AiCall).where(AiCall.id == call.id).values(outcome=Outcome.LOST)
        db.session.execute(lost)
    return len(days)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _left(day: date) -> int:
    """What the caps on all and on models leave of that day, those of its month among them."""
    now, left = settings.current(), []
    for rule in caps.RULES:
        most = caps.limit(now, rule.cap)
        if rule.measure == Measure.MONEY and rule.scope != Scope.TRIALS and most is not None:
            first = day.replace(day=1) if rule.period == Period.MONTH else day
            # Read anew: the day before has just been added to its month.
            counted = select(Spending.spent + Spending.reserved).where(
                Spending.participant_id == 0,
                Spending.starts_on == first,
                Spending.period == rule.period,
                Spending.scope == rule.scope,
            )
            left.append(most - (db.session.scalar(counted) or 0))
    return max(0, min([*left, MOST_HELD] if left else [0]))
