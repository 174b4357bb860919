"""When the team is there, and in which zone all times are."""

from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from ... import settings
from ...settings.dates import Dates
from ...settings.week import DAYS, WORKING_WEEK, Week
from .page import PLAIN, Field, Form, Page, Values

USUAL = WORKING_WEEK.stored()[0] or []  # what the fields of a closed day begin with


def _week(form: Form, name: str) -> list[list[str] | None] | None:
    if f"seen.{name}" not in form:
        return None
    return [
        [form.get(f"opens.{day}", ""), form.get(f"closes.{day}", "")]
        if f"open.{day}" in form
        else None
        for day in range(DAYS)
    ]


def _more(values: Values) -> dict[str, Any]:
    names = get_day_names("wide", locale=get_locale())
    return {
        "days": [names[day] for day in range(DAYS)],
        "usual": USUAL,
        "zones": [(name, name.replace("_", " ")) for name in _zones(values["time_zone"])],
    }


def _zones(chosen: str) -> tuple[str, ...]:
    """Those that are offered, and the one that is chosen under a name it had before."""
    offered = settings.zones.offered()
    is_older = chosen in settings.zones.known() and chosen not in offered
    return (chosen, *offered) if is_older else offered


def _told(days: list[list[str] | None]) -> str:
    names = get_day_names("abbreviated", locale=get_locale())
    open_ = [(names[day], hours) for day, hours in enumerate(days) if hours]
    return ", ".join(f"{name} {hours[0]}–{hours[1]}" for name, hours in open_)


PAGE = Page(
    "hours",
    _l("Hours"),
    _l(
        "When the team is there: told to participants who ask for a person. The assistant answers "
        "at any hour."
    ),
    {
        "hours": Field(Week.stored, _week, _told),
        "closed_dates": Field(Dates.written),
        "time_zone": PLAIN,
    },
    _more,
)
