"""What the counts say, and what the calls themselves add up to."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from tests.cast import rows
from wa_assistant.models import AiCall, CallKind, Outcome, Period, Scope, Spending

COUNTED = ("spent", "reserved", "answers", "tokens", "voice_seconds", "pictures")
TRIALS = (CallKind.TRIAL, CallKind.EVALUATION)


def count(scope: Scope = Scope.ALL, period: Period = Period.DAY, who: int = 0) -> Any:
    """The newest such count; what was never counted is nothing."""
    of = (Spending.scope == scope, Spending.period == period, Spending.participant_id == who)
    return max(rows(Spending, *of), key=lambda each: each.starts_on, default=Spending())


def money() -> tuple[int, int]:
    """Spent and reserved today."""
    today = count()
    return today.spent or 0, today.reserved or 0


def differences() -> dict[Any, Any]:
    """Where the counts are not the sums of the calls, by key: how they should be, and how they
    are."""
    given = {
        (each.scope, each.period, each.starts_on, each.participant_id): Counter(
            {name: getattr(each, name) for name in COUNTED}
        )
        for each in rows(Spending)
    }
    return _compared(given, _sums(rows(AiCall)))


def differences_in(connection: Connection) -> dict[Any, Any]:
    """The same for who has a connection only."""
    given = {
        (each.scope, each.period, each.starts_on, each.participant_id): Counter(
            {name: getattr(each, name) for name in COUNTED}
        )
        for each in connection.execute(select(Spending.__table__))
    }
    return _compared(given, _sums(connection.execute(select(AiCall.__table__)).all()))


def _compared(given: Any, sums: Any) -> dict[Any, Any]:
    keys = given.keys() | sums.keys()
    pairs = {key: (sums.get(key, Counter()), given.get(key, Counter())) for key in keys}
    return {key: pair for key, pair in pairs.items() if +pair[0] != +pair[1]}


def _sums(calls: Any) -> dict[Any, Any]:
    sums: dict[Any, Any] = {}
    for call in calls:
        for key in _places(call):
            sums.setdefault(key, Counter()).update(_of(call))
    return sums


def _of(call: Any) -> dict[str, int]:
    is_open = call.outcome == Outcome.UNDER_WAY
    counts = call.reserved if call.cost is None else call.cost
    return {
        "spent": 0 if is_open else counts,
        "reserved": call.reserved if is_open else 0,
        "answers": int(call.kind == CallKind.ANSWER and call.tokens > 0),
        "tokens": call.tokens,
        "voice_seconds": call.voice_seconds,
        "pictures": call.pictures,
    }


def _places(call: Any) -> list[tuple[Any, ...]]:
    month = call.day.replace(day=1)
    found: list[tuple[Any, ...]] = [
        (scope, period, starts_on, 0)
        for scope in (Scope.ALL, Scope.MODEL)
        for period, starts_on in ((Period.DAY, call.day), (Period.MONTH, month))
    ]
    if call.kind in TRIALS:
        found.append((Scope.TRIALS, Period.DAY, call.day, 0))
    elif call.participant_id is not None:
        found.append((Scope.PARTICIPANT, Period.DAY, call.day, call.participant_id))
    return found
