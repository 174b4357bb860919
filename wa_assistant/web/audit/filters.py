"""What a page of the audit is asked for: the fields of its form, and what they choose."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ... import settings
from ...audit.reading import Filter

LONGEST = 255
FIELDS = ("who", "what", "kind", "id", "since", "until")


def typed(given: Mapping[str, str]) -> dict[str, str]:
    """NUL is no character to a database."""
    return {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS}


def chosen(fields: Mapping[str, str]) -> tuple[Filter, dict[str, str]]:
    """What these fields choose, by the days of the team's zone, and what is wrong with which.

    What is no date chooses all; days that end before they begin hold nothing.
    """
    zone = ZoneInfo(settings.current().time_zone)
    days: dict[str, datetime | None] = {}
    problems = {}
    for name in ("since", "until"):
        try:
            days[name] = _begins(fields[name], zone, timedelta(days=name == "until"))
        except (ValueError, OverflowError):
            days[name], problems[name] = None, str(_("This is no date."))
    since, until = days["since"], days["until"]
    if since and until and until <= since:
        problems["until"] = str(_("This is before the first day."))
    which = Filter(fields["who"], fields["what"], fields["kind"], fields["id"], **days)
    return which, problems


def _begins(text: str, zone: ZoneInfo, later: timedelta) -> datetime | None:
    """When the day "2026-11-30" begins, so much later."""
    if not text:
        return None
    day = date.fromisoformat(text) + later
    return datetime.combine(day, time(), zone).astimezone(UTC)
