"""What the counts say, and what the calls and messages themselves add up to."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from tests.cast import rows
from wa_assistant.models import (
    AiCall,
    CallKind,
    DailyCost,
    Message,
    Outcome,
    Period,
    Scope,
    Spending,
)

COUNTED = ("spent", "reserved", "answers", "tokens", "voice_seconds", "pictures")
SHARED = (
    *("number", "unknown", "spent"),
    *("input_tokens", "cached_tokens", "written_tokens", "output_tokens"),
)
TRIALS = (CallKind.TRIAL, CallKind.EVALUATION)


def count(scope: Scope = Scope.ALL, period: Period = Period.DAY, who: int = 0) -> Any:
    """The newest such count; what was never counted is nothing."""
    of = (Spending.scope == scope, Spending.period == period, Spending.participant_id == who)
    return max(rows(Spending, *of), key=lambda each: each.starts_on, default=Spending())


def money(scope: Scope = Scope.MODEL) -> tuple[int, int]:
    """Spent and reserved today."""
    today = count(scope)
    return today.spent or 0, today.reserved or 0


def differences() -> dict[Any, Any]:
    """Where the counts are not the sums of the calls and messages, by key: how they should be, and
    how they are."""
    given = {
        (each.scope, each.period, each.starts_on, each.participant_id): Counter(
            {name: getattr(each, name) for name in COUNTED}
        )
        for each in rows(Spending)
    }
    calls, messages = rows(AiCall), rows(Message, Message.day.is_not(None))
    shared = {
        (each.kind, each.day, each.journey_version_id, each.stage): Counter(
            {name: getattr(each, name) for name in SHARED}
        )
        for each in rows(DailyCost)
    }
    return _compared(given, _sums(calls, messages)) | _compared(shared, _shares(calls, messages))


def differences_in(connection: Connection) -> dict[Any, Any]:
    """The same for who has a connection only."""
    given = {
        (each.scope, each.period, each.starts_on, each.participant_id): Counter(
            {name: getattr(each, name) for name in COUNTED}
        )
        for each in connection.execute(select(Spending.__table__))
    }
    messages = select(Message.__table__).where(Message.day.is_not(None))
    sums = _sums(
        connection.execute(select(AiCall.__table__)).all(), connection.execute(messages).all()
    )
    return _compared(given, sums)


def _compared(given: Any, sums: Any) -> dict[Any, Any]:
    keys = given.keys() | sums.keys()
    pairs = {key: (sums.get(key, Counter()), given.get(key, Counter())) for key in keys}
    return {key: pair for key, pair in pairs.items() if +pair[0] != +pair[1]}


def _sums(calls: Any, messages: Any) -> dict[Any, Any]:
    sums: dict[Any, Any] = {}
    for call in calls:
        for key in _places(call):
            sums.setdefault(key, Counter()).update(_of(call))
    for message in messages:
        spent = message.reserved if message.cost is None else message.cost
        for period, starts_on in _periods(message):
            for scope, who in ((Scope.ALL, 0), (Scope.PARTICIPANT, message.participant_id)):
                key = (scope, period, starts_on, who)
                sums.setdefault(key, Counter()).update({"spent": spent})
    return sums


def _shares(calls: Any, messages: Any) -> dict[Any, Any]:
    """What is over, by kind, day and stage."""
    sums: dict[Any, Any] = {}
    for each in (*calls, *messages):
        is_call = isinstance(each, AiCall)
        if each.outcome == Outcome.UNDER_WAY if is_call else each.cost == 0:
            continue
        kind = each.kind if is_call else each.category or "inbound"
        key = (kind, each.day, each.journey_version_id or 0, each.stage or "")
        is_unknown = each.cost is None and (not is_call or each.reserved > 0)
        tokens = {name: getattr(each, name, None) or 0 for name in SHARED[3:]}
        spent = each.reserved if each.cost is None else each.cost
        count = {"number": 1, "unknown": int(is_unknown), "spent": spent, **tokens}
        sums.setdefault(key, Counter()).update(count)
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
    found: list[tuple[Any, ...]] = [
        (scope, period, starts_on, 0)
        for scope in (Scope.ALL, Scope.MODEL)
        for period, starts_on in _periods(call)
    ]
    if call.kind in TRIALS:
        found.append((Scope.TRIALS, Period.DAY, call.day, 0))
    elif call.participant_id is not None:
        theirs = ((Scope.PARTICIPANT, *each, call.participant_id) for each in _periods(call))
        found.extend(theirs)
    return found


def _periods(of: Any) -> tuple[tuple[Any, ...], ...]:
    return (Period.DAY, of.day), (Period.MONTH, of.day.replace(day=1))
