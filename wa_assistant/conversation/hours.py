"""When the team is there: by the hours and the time zone that an owner set."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from .. import settings
from ..settings import Settings
from ..settings.week import DAYS, MIDNIGHT, Day, Week

PORTUGUESE = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
FRIDAY = 4  # sábado e domingo are masculine, the days before are not
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_open(at: datetime) -> bool:
    """Whether somebody of the team is there at this moment."""
    chosen = settings.current()
    local = at.astimezone(ZoneInfo(chosen.time_zone))
    day = _hours_on(chosen, local.date())
    minutes = local.hour * 60 + local.minute
    return day is not None and day.opens <= minutes < day.closes


def next_opening(at: datetime) -> datetime | None:
    """When the team comes next, after `at` even while it is there; None where it never does."""
    chosen = settings.current()
    today = at.astimezone(ZoneInfo(chosen.time_zone)).date()
    for ahead in range(DAYS + 1 + len(chosen.closed_dates.days)):
        opening_day = today + timedelta(days=ahead)
        day = _hours_on(chosen, opening_day)
        if day is None:
            continue
        clock = time(day.opens // 60, day.opens % 60, tzinfo=ZoneInfo(chosen.time_zone))
        opens = datetime.combine(opening_day, clock).astimezone(UTC)
        if opens > at:
            return opens
    return None


def _hours_on(chosen: Settings, day: date) -> Day | None:
    return None if day in chosen.closed_dates.days else chosen.hours.days[day.weekday()]


def when_open(language: str, at: datetime) -> str:
    """When the team is there again: "tomorrow at 9 am"; "" where it is there now, or never."""
    opens = None if is_open(at) else next_opening(at)
    if opens is None:
        return ""
    zone = ZoneInfo(settings.current().time_zone)
    local, today = opens.astimezone(zone), at.astimezone(zone).date()
    portuguese = language.startswith("pt")
    minutes = local.hour * 60 + local.minute
    hour = _portuguese_time(minutes, "") if portuguese else f"at {_english_time(minutes)}"
    return f"{_day_from(today, local.date(), portuguese)} {hour}"


def _day_from(today: date, day: date, portuguese: bool) -> str:
    days = (day - today).days
    if days <= 1:
        return (("hoje", "amanhã") if portuguese else ("today", "tomorrow"))[days]
    if days < DAYS:
        name = (PORTUGUESE if portuguese else ENGLISH)[day.weekday()]
        return f"{'no' if day.weekday() > FRIDAY else 'na'} {name}" if portuguese else f"on {name}"
    return f"no dia {day:%d/%m}" if portuguese else f"on {day.day} {day:%B}"


def words(language: str, chosen: Settings | None = None) -> str:
    """The hours for a participant: "Monday to Friday, 9 am to 6 pm"; "" where nobody ever comes.

    `language` is "en" or "pt_BR"; any other reads English.
    """
    week = (chosen or settings.current()).hours
    portuguese = language.startswith("pt")
    groups = [
        f"{_days(days, portuguese)}, {_portuguese(day) if portuguese else _english(day)}"
        for day, days in _alike(week)
    ]
    return "; ".join(groups)


def _alike(week: Week) -> list[tuple[Day, list[int]]]:
    """The days that have the same hours, in the order in which the hours first come."""
    found: dict[Day, list[int]] = {}
    for number, day in enumerate(week.days):
        if day:
            found.setdefault(day, []).append(number)
    return list(found.items())


def _days(days: list[int], portuguese: bool) -> str:
    """ "Monday to Wednesday and Friday"."""
    names, and_ = (PORTUGUESE, " e ") if portuguese else (ENGLISH, " and ")
    if len(days) == DAYS:
        return "todos os dias" if portuguese else "every day"
    runs = [[each for _, each in run] for _, run in groupby(enumerate(days), lambda x: x[1] - x[0])]
    parts: list[str] = []
    for run in runs:
        first, last = names[run[0]], names[run[-1]]
        if len(run) > 2:
            parts.append(f"de {first} a {last}" if portuguese else f"{first} to {last}")
        else:
            parts += [names[each] for each in run]
    return and_.join([*([", ".join(parts[:-1])] if parts[1:] else []), parts[-1]])


def _english(day: Day) -> str:
    if (day.opens, day.closes) == (0, MIDNIGHT):
        return "all day"
    return f"{_english_time(day.opens)} to {_english_time(day.closes)}"


def _english_time(minutes: int) -> str:
    if minutes % MIDNIGHT == 0:
        return "midnight"
    hour, rest = divmod(minutes, 60)
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{rest:02}' if rest else ''} {half}"


def _portuguese(day: Day) -> str:
    """ "das 9h às 18h30"; one o'clock, noon and midnight are singular."""
    if (day.opens, day.closes) == (0, MIDNIGHT):
        return "o dia todo"
    return f"{_portuguese_time(day.opens, 'd')} {_portuguese_time(day.closes, '')}"


def _portuguese_time(minutes: int, from_: str) -> str:
    hour, rest = divmod(minutes % MIDNIGHT, 60)
    if (hour, rest) == (12, 0):
        return f"{from_ or 'a'}o meio-dia"
    one, many = ("da", "das") if from_ else ("à", "às")
    if (hour, rest) == (0, 0):
        return f"{one} meia-noite"
    return f"{one if hour in (0, 1) else many} {hour}h{f'{rest:02}' if rest else ''}"
