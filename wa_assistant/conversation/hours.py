"""When the team is there, and when participants are left in peace: by the hours, the holidays and
the time zone that an owner set. All of it goes by the clock on the team's wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .. import settings
from ..settings import Settings
from ..settings.definitions import OPENS
from ..settings.week import MIDNIGHT, Day
from . import clock_words

LOOKED_AHEAD = 400  # days: a year, and whatever is closed around its end


def is_open(at: datetime) -> bool:
    """Whether somebody of the team is there at this moment."""
    chosen = settings.current()
    local = at.astimezone(ZoneInfo(chosen.time_zone))
    return any(span.includes(_minute(local)) for span in _hours_on(chosen, local.date()))


def next_opening(at: datetime) -> datetime | None:
    """When the team comes next, after `at` even while it is there; None where it never does, or
    never leaves."""
    chosen = settings.current()
    zone = ZoneInfo(chosen.time_zone)
    today = at.astimezone(zone).date()
    before = _hours_on(chosen, today - timedelta(days=1))
    for ahead in range(LOOKED_AHEAD if any(chosen.hours.days) else 0):
        day = today + timedelta(days=ahead)
        hours = _hours_on(chosen, day)
        # Who is there until midnight and from then on does not come at midnight.
        stays = before and before[-1].closes == MIDNIGHT
        for span in hours[1:] if stays and hours and hours[0].opens == 0 else hours:
            if (opens := _moment(day, span.opens, zone, at)) > at:
                return opens
        before = hours
    return None


def closed_on(day: date, chosen: Settings | None = None) -> str | None:
    """Why nobody is there on `day` whatever the week says: the name of the holiday, "" for a day
    without one, None where it is a day like others."""
    chosen = chosen or settings.current()
    own = chosen.closed_dates.name_of(day)
    return chosen.holidays.name_of(day) if own is None else own


def when_open(language: str, at: datetime) -> str:
    """When the team is there again: "tomorrow at 9 am"; "" where it is there now, or never."""
    opens = None if is_open(at) else next_opening(at)
    if opens is None:
        return ""
    zone = ZoneInfo(settings.current().time_zone)
    return clock_words.moment(opens.astimezone(zone), at.astimezone(zone), language)


def away_text(language: str, at: datetime) -> str:
    """What an owner wants said while nobody is there; "" while somebody is, where no owner has
    chosen words, and where these would tell when somebody comes, and nobody does."""
    chosen = settings.current()
    text = chosen.away_pt if language.startswith("pt") else chosen.away_en
    if not text or is_open(at):
        return ""
    when = when_open(language, at)
    return text.replace(OPENS, when) if when or OPENS not in text else ""


def words(language: str, chosen: Settings | None = None) -> str:
    """The hours for a participant: "Monday to Friday, 9 am to 6 pm"; "" where nobody ever comes."""
    return clock_words.week((chosen or settings.current()).hours, language)


def quiet_until(at: datetime) -> datetime | None:
    """When the quiet hours end that `at` lies in; None where it lies in none.

    In them nothing is sent that we begin ourselves; whoever writes is answered at any hour.
    """
    chosen = settings.current()
    zone, quiet = ZoneInfo(chosen.time_zone), chosen.quiet_hours
    local = at.astimezone(zone)
    if quiet is None or not quiet.includes(_minute(local)):
        return None
    ends_tomorrow = quiet.closes <= _minute(local)
    return _moment(local.date() + timedelta(days=ends_tomorrow), quiet.closes, zone, at)


def _hours_on(chosen: Settings, day: date) -> Day:
    hours = chosen.hours.days[day.weekday()]
    return hours if hours and closed_on(day, chosen) is None else ()


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _moment(day: date, minute: int, zone: ZoneInfo, after: datetime) -> datetime:
    """When a clock shows that minute of the day; where it does so twice, and the first time is not
    after `after`, the second."""
    shown = datetime.combine(day, time(*divmod(minute, 60)), zone)
    first, again = (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first if first > after else again
