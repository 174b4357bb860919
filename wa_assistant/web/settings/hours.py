"""When the team is there and when not, what is said then, and in which zone all times are."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location, get_timezone_name
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, get_locale
from flask_babel import lazy_gettext as _l

from ... import settings
from ...accounts.authority import Act
from ...conversation import fixed_texts, hours
from ...conversation.fixed_texts import FixedText
from ...database import utcnow
from ...settings.dates import Dates
from ...settings.definitions import OPENS
from ...settings.public_holidays import Holidays
from ...settings.week import DAYS, Span, Week
from .. import access
from ..shell.locale import language
from . import holidays
from .page import PLAIN, Field, Form, Page, Values

AWAY = (
    ("away_pt", _l("In Portuguese"), fixed_texts.PORTUGUESE),
    ("away_en", _l("In English"), fixed_texts.ENGLISH),
)

blueprint = Blueprint("hours", __name__, url_prefix="/settings/hours")


@blueprint.get("/zones")
@access.may(Act.CHANGE_SETTINGS)
def zones() -> ResponseReturnValue:
    """Those that fit what is typed into the search."""
    query, picked = request.args.get("zone_query", ""), request.args.get("time_zone", "")
    return render_template("settings/_zones.html", **_found(query, picked))


def _week(form: Form, name: str) -> list[str] | None:
    if f"seen.{name}" not in form:
        return None
    return [form.get(f"{name}.{day}", "") for day in range(DAYS)]


def _told_week(days: list[str]) -> str:
    names = get_day_names("abbreviated", locale=get_locale())
    return "; ".join(f"{names[day]} {hours}" for day, hours in enumerate(days) if hours)


def _night(span: Span | None) -> str:
    return "" if span is None else span.written()


def _zone(form: Form, name: str) -> str | None:
    """The one that was picked, or else what is searched for, where that can be one alone."""
    query, picked = form.get("zone_query", "").strip(), form.get(name)
    if not query or picked != form.get("zone_was"):
        return picked
    found = settings.zones.find(query, utcnow())
    return found[0] if len(found) == 1 else query


def _more(values: Values) -> dict[str, Any]:
    names, short = (get_day_names(width, locale=get_locale()) for width in ("wide", "abbreviated"))
    now, chosen = utcnow(), settings.current()
    picked = values["time_zone"]
    query = request.args.get("zone_query", "") if picked in settings.zones.known() else picked
    today = now.astimezone(ZoneInfo(chosen.time_zone)).date()
    return {
        "days": [(names[day], short[day]) for day in range(DAYS)],
        "is_open": hours.is_open(now),
        "back": hours.when_open(language(), now),
        "closed_for": hours.closed_on(today, chosen),
        "away": [
            (name, label, fixed_texts.say(FixedText.PERSON_LATER, spoken, when=OPENS))
            for name, label, spoken in AWAY
        ],
        "holidays": holidays.listed(values["holidays"], today),
        **_found(query, picked),
    }


def _found(query: str, picked: str) -> dict[str, Any]:
    """What the list of zones shows: the one that is picked, and those that fit the query."""
    now, known = utcnow(), settings.zones.known()
    was = settings.current().time_zone
    picked = picked if picked in known else was
    listed = dict.fromkeys([picked, *settings.zones.find(query, now)])
    shown = [(zone, _called(zone, now)) for zone in listed]
    return {"zone_query": query, "zone_was": was, "picked": picked, "zones": shown}


def _called(zone: str, now: datetime) -> str:
    """ "São Paulo · Brasilia Time · UTC-3"."""
    own = ZoneInfo(zone)
    city = get_timezone_location(own, locale=get_locale(), return_city=True)
    name = get_timezone_name(own, width="long", zone_variant="generic", locale=get_locale())
    away = format_datetime(now.astimezone(own), "'UTC'XXX", rebase=False)
    return f"{city} · {name} · {'UTC' if zone == settings.zones.UTC else away}"


PAGE = Page(
    "hours",
    _l("Hours"),
    _l(
        "When the team is there: told to participants who ask for a person. The assistant answers "
        "at any hour."
    ),
    {
        "hours": Field(Week.written, _week, _told_week),
        "holidays": Field(Holidays.stored, holidays.given, holidays.told),
        "closed_dates": Field(Dates.written),
        "away_pt": PLAIN,
        "away_en": PLAIN,
        "quiet_hours": Field(_night),
        "time_zone": Field(str, _zone),
    },
    _more,
)
