"""Until when a conversation may be snoozed: the moments that are offered, in the team's zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .. import settings
from ..database import utcnow

HOUR, EVENING, TOMORROW, MONDAY, REPLY = "hour", "evening", "tomorrow", "monday", "reply"
MORNING_AT, EVENING_AT = time(9), time(18)
LONGEST = timedelta(days=366)
SOON = timedelta(minutes=30)  # so near, an evening is not offered any more


class NoMomentError(Exception):
    """What was given is no moment that lies ahead, within a year."""


def moments(now: datetime | None = None) -> dict[str, datetime]:
    """What is offered at this moment, by name, the nearest first."""
    zone = ZoneInfo(settings.current().time_zone)
    here = (now or utcnow()).astimezone(zone)
    days = {
        EVENING: (0, EVENING_AT),
        TOMORROW: (1, MORNING_AT),
        MONDAY: (7 - here.weekday(), MORNING_AT),
    }
    found = {HOUR: here + timedelta(hours=1)}
    for name, (ahead, at) in days.items():
        found[name] = datetime.combine(here.date() + timedelta(days=ahead), at, zone)
    if found[EVENING] < here + SOON:
        del found[EVENING]
    return {name: moment.astimezone(UTC) for name, moment in found.items()}


def read(name: str, typed: str = "") -> datetime | None:
    """The moment of that name, or else the one `typed` as a browser writes it ("2026-12-01T09:00"),
    in the team's zone. None: until they write. Raises NoMomentError."""
    if name == REPLY:
        return None
    if name:
        if found := moments().get(name):
            return found
        raise NoMomentError(name)
    try:
        given = datetime.fromisoformat(typed)
    except ValueError:
        raise NoMomentError(typed) from None
    if given.tzinfo is None:
        given = given.replace(tzinfo=ZoneInfo(settings.current().time_zone))
    try:
        until = given.astimezone(UTC)
    except OverflowError:
        raise NoMomentError(typed) from None
    if not utcnow() < until < utcnow() + LONGEST:
        raise NoMomentError(typed)
    return until
