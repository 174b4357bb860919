"""Hours and days as people say them, in Portuguese and in English."""

from datetime import date, datetime
from itertools import groupby

from ..settings.week import DAYS, MIDNIGHT, Day, Span, Week

PORTUGUESE = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
FRIDAY = 4  # sábado e domingo are masculine, the days before are not
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week(hours: Week, language: str) -> str:
    """ "Monday to Friday, 9 am to 6 pm"; "" for a week without hours.

    `language` is "en" or "pt_BR"; any other reads English.
    """
    portuguese = language.startswith("pt")
    groups = [
        f"{_days(days, portuguese)}, {_spans(day, portuguese)}" for day, days in _alike(hours)
    ]
    return "; ".join(groups)


def moment(at: datetime, now: datetime, language: str) -> str:
    """ "tomorrow at 9 am": when `at` is, as one says it `now`; both in the zone it is told in."""
    portuguese = language.startswith("pt")
    minutes = at.hour * 60 + at.minute
    hour = _portuguese_time(minutes, "") if portuguese else f"at {_english_time(minutes)}"
    return f"{_day_from(now.date(), at.date(), portuguese)} {hour}"


def _day_from(today: date, day: date, portuguese: bool) -> str:
    days = (day - today).days
    if days <= 1:
        return (("hoje", "amanhã") if portuguese else ("today", "tomorrow"))[days]
    if days < DAYS:
        name = (PORTUGUESE if portuguese else ENGLISH)[day.weekday()]
        return f"{'no' if day.weekday() > FRIDAY else 'na'} {name}" if portuguese else f"on {name}"
    return f"no dia {day:%d/%m}" if portuguese else f"on {day.day} {day:%B}"


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


def _spans(day: Day, portuguese: bool) -> str:
    """ "9 am to 12 pm and 1 pm to 6 pm"."""
    said = [_portuguese(span) if portuguese else _english(span) for span in day]
    return (" e " if portuguese else " and ").join(
        [*([", ".join(said[:-1])] if said[1:] else []), said[-1]]
    )


def _english(span: Span) -> str:
    if (span.opens, span.closes) == (0, MIDNIGHT):
        return "all day"
    return f"{_english_time(span.opens)} to {_english_time(span.closes)}"


def _english_time(minutes: int) -> str:
    if minutes % MIDNIGHT == 0:
        return "midnight"
    hour, rest = divmod(minutes, 60)
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{rest:02}' if rest else ''} {half}"


def _portuguese(span: Span) -> str:
    """ "das 9h às 18h30"; one o'clock, noon and midnight are singular."""
    if (span.opens, span.closes) == (0, MIDNIGHT):
        return "o dia todo"
    return f"{_portuguese_time(span.opens, 'd')} {_portuguese_time(span.closes, '')}"


def _portuguese_time(minutes: int, from_: str) -> str:
    hour, rest = divmod(minutes % MIDNIGHT, 60)
    if (hour, rest) == (12, 0):
        return f"{from_ or 'a'}o meio-dia"
    one, many = ("da", "das") if from_ else ("à", "às")
    if (hour, rest) == (0, 0):
        return f"{one} meia-noite"
    return f"{one if hour in (0, 1) else many} {hour}h{f'{rest:02}' if rest else ''}"
