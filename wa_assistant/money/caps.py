"""The most that may be spent in a day or a month, that one participant may take in a day, and how
many unknown numbers the model answers in an hour.

What counts is what is spent and the most that calls under way can cost, in the team's days. A cap
that is changed acts with the next call: it is read with the counts, in one statement.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import (
    Date,
    Integer,
    Select,
    bindparam,
    func,
    or_,
    select,
)

from .. import settings
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import CallKind, Participant, Period, Scope, Spending
from ..settings import Settings
from .prices import Worst

VOICE_MINUTE = 60
PASSING_SECONDS = 5.0  # in which calls under way may leave room
TRIALS = (CallKind.TRIAL, CallKind.EVALUATION)


class Cap(StrEnum):
    """By the name of its setting."""

    DAY = "cap_day"
    MONTH = "cap_month"
    MODEL_DAY = "cap_model_day"
    MODEL_MONTH = "cap_model_month"
    TRIALS_DAY = "cap_trials_day"
    ANSWERS = "participant_answers"
    VOICE = "participant_voice_minutes"
    TOKENS = "participant_tokens"
    PICTURES = "participant_pictures"
    NEWCOMERS = "newcomers_an_hour"


class Measure(StrEnum):
    MONEY = "money"
    ANSWERS = "answers"
    VOICE = "voice_seconds"
    TOKENS = "tokens"
    PICTURES = "pictures"


@dataclass(frozen=True)
class Rule:
    cap: Cap
    scope: Scope
    period: Period
    measure: Measure = Measure.MONEY
    unit: int = 1


# The wider first: of several that are met, this is the one that is told.
RULES = (
    Rule(Cap.MONTH, Scope.ALL, Period.MONTH),
    Rule(Cap.DAY, Scope.ALL, Period.DAY),
    Rule(Cap.MODEL_MONTH, Scope.MODEL, Period.MONTH),
    Rule(Cap.MODEL_DAY, Scope.MODEL, Period.DAY),
    Rule(Cap.TRIALS_DAY, Scope.TRIALS, Period.DAY),
    Rule(Cap.ANSWERS, Scope.PARTICIPANT, Period.DAY, Measure.ANSWERS),
    Rule(Cap.VOICE, Scope.PARTICIPANT, Period.DAY, Measure.VOICE, VOICE_MINUTE),
    Rule(Cap.TOKENS, Scope.PARTICIPANT, Period.DAY, Measure.TOKENS),
    Rule(Cap.PICTURES, Scope.PARTICIPANT, Period.DAY, Measure.PICTURES),
)
NAMES = (*(cap.value for cap in Cap), "time_zone", "cheaper_model")
HOUR = timedelta(hours=1)
UNKNOWN = (Participant.let_in_at.is_(None), Participant.simulated.is_(False))


@dataclass
class NoRoom(Exception):
    """`cap` has no room for a call in the while that began at `since` and ends at `frees_at`.

    `passes`: it would have room if calls under way took nothing, and so may have some in a moment.
    `cheaper`: a model that may do instead; "" for none.
    """

    cap: Cap
    since: datetime
    frees_at: datetime
    passes: bool = False
    cheaper: str = ""

    @property
    def seconds(self) -> float:
        """Until it is worth asking again."""
        left = (self.frees_at - utcnow()).total_seconds()
        return PASSING_SECONDS if self.passes else max(PASSING_SECONDS, left)


def _counts() -> Select[Any]:
    """The counts of a day, its month and a participant; beside each, the settings that cap them."""
    day, month = (bindparam(name, type_=Date) for name in ("day", "month"))
    who = bindparam("participant_id", type_=Integer)
    periods = ((Period.DAY, day), (Period.MONTH, month))
    these = [(Spending.period == period) & (Spending.starts_on == at) for period, at in periods]
    found: Select[Any] = select(Spending, *settings.columns(NAMES))
    return found.where(Spending.participant_id.in_((0, who)), or_(*these))


COUNTS = _counts()


def check(kind: CallKind, participant_id: int | None, day: date, worst: Worst) -> None:
    """Raise NoRoom where the call, which this writing unit has just written down, is too much."""
    values = {"day": day, "month": day.replace(day=1), "participant_id": participant_id or 0}
    rows = db.session.execute(COUNTS, values).all()
    now = settings.of_row(NAMES, rows[0])
    counts = {(row.Spending.scope, row.Spending.period): row.Spending for row in rows}
    for rule in RULES:
        if not _is_of(kind, rule):
            continue
        count, most = counts.get((rule.scope, rule.period)), limit(now, rule.cap)
        if count is None or most is None or not _takes(worst, rule.measure):
            continue
        if _taken(count, rule.measure) > most * rule.unit:
            cheaper = now.cheaper_model if rule.measure == Measure.MONEY else ""
            raise NoRoom(
                rule.cap,
                began_at(now, rule.period, day),
                frees_at(now, rule.period, day),
                passes=_passes(count, rule, most, worst),
                cheaper=cheaper,
            )


def let_in(participant_id: int) -> NoRoom | None:
    """Have the model answer them from now on; NoRoom where they are an unknown number, and so many
    of these were let in within the hour.

    However many ask at once, no more are let in. Those of the simulator are not counted.
    """
    unknown = select(Participant.id).where(Participant.id == participant_id, *UNKNOWN)
    if db.session.scalar(unknown) is None:
        db.session.rollback()
        return None
    with transaction():
        one_at_a_time(Cap.NEWCOMERS)
        who = db.session.get(Participant, participant_id, with_for_update=True)
        now = utcnow()
        number, first = newcomers(now - HOUR)
        most = limit(settings.current(), Cap.NEWCOMERS)
        if most is not None and number >= most:
            return NoRoom(Cap.NEWCOMERS, now - HOUR, (first or now) + HOUR)
        if who is not None:
            who.let_in_at = now
        return None


def newcomers(since: datetime) -> tuple[int, datetime | None]:
    """How many unknown numbers were let in since then, and when the first of them was."""
    let_in = (Participant.let_in_at > since, Participant.simulated.is_(False))
    found = select(func.count(), func.min(Participant.let_in_at)).where(*let_in)
    number, first = db.session.execute(found).one()
    return number, first


def limit(now: Settings, cap: Cap) -> int | None:
    """In its own unit, money in micro-dollars; None where there is no such cap."""
    own: int | None = getattr(now, cap)
    return default_limit(cap) if own is None else own


def default_limit(cap: Cap) -> int | None:
    """The same as the environment says it."""
    name = "NEWCOMERS_PER_HOUR" if cap == Cap.NEWCOMERS else f"{cap.upper()}_USD"
    default: int | None = current_app.config.get(name)
    return default


def began_at(now: Settings, period: Period, day: date) -> datetime:
    """The team's midnight with which the period `day` is in began."""
    return _midnight(now, day.replace(day=1) if period == Period.MONTH else day)


def frees_at(now: Settings, period: Period, day: date) -> datetime:
    """The team's midnight that ends it."""
    after = day + timedelta(days=1)
    if period == Period.MONTH:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return _midnight(now, after)


def _midnight(now: Settings, day: date) -> datetime:
    return datetime.combine(day, time(tzinfo=ZoneInfo(now.time_zone))).astimezone(UTC)


def _is_of(kind: CallKind, rule: Rule) -> bool:
    if rule.scope == Scope.TRIALS:
        return kind in TRIALS
    return rule.measure != Measure.ANSWERS or kind == CallKind.ANSWER


def _takes(worst: Worst, measure: Measure) -> bool:
    """Whether the call takes anything of what is capped: what costs nothing is never too dear."""
    if measure == Measure.MONEY:
        return worst.reserved > 0
    if measure == Measure.ANSWERS:
        return True
    return bool(getattr(worst, measure) > 0)


def _taken(count: Spending, measure: Measure) -> int:
    if measure == Measure.MONEY:
        return count.spent + count.reserved
    taken: int = getattr(count, measure)
    return taken


def _passes(count: Spending, rule: Rule, most: int, worst: Worst) -> bool:
    return rule.measure == Measure.MONEY and count.spent + worst.reserved <= most * rule.unit
