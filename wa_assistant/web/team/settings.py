"""What owners choose for everybody. A page of one form, of which all is saved or nothing."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from babel.dates import get_day_names
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ... import settings
from ...accounts.authority import Act
from ...journey import versions
from ...knowledge import search
from ...settings import exchange
from ...settings.week import DAYS, WORKING_WEEK
from .. import access, respond

blueprint = Blueprint("settings", __name__)

USUAL = WORKING_WEEK.stored()[0] or []  # what the fields of a closed day begin with


@blueprint.get("/settings")
@access.may(Act.CHANGE_SETTINGS)
def show() -> ResponseReturnValue:
    now = settings.current()
    return _page(_fields(now), settings.marks(now), {})


@blueprint.post("/settings")
@access.may(Act.CHANGE_SETTINGS)
def save() -> ResponseReturnValue:
    given, seen = _given(request.form), _seen(request.form)
    try:
        changed = settings.change(given, seen, current_user)
    except settings.Refused as refused:
        values, marks = _again(given, seen, refused.changed_meanwhile)
        return respond.refused(_page(values, marks, refused.problems))
    said = ngettext("%(num)d setting is saved.", "%(num)d settings are saved.", len(changed))
    return respond.done(url_for(".show"), said if changed else _("Nothing was changed."))


def journeys() -> list[tuple[str, str]]:
    """The journeys newcomers may enter: pairs of id and name."""
    return [(str(row.journey.id), row.journey.name) for row in versions.listing() if row.published]


def _page(values: dict[str, Any], marks: dict[str, str], problems: dict[str, Any]) -> str:
    names = get_day_names("wide", locale=get_locale())
    own = search.default_thresholds()
    return render_template(
        "team/settings.html",
        values=values,
        marks=marks,
        problems=problems,
        days=[names[day] for day in range(DAYS)],
        usual=USUAL,
        zones=[(name, name.replace("_", " ")) for name in _zones(values["time_zone"])],
        journeys=journeys(),
        thresholds={name: _share(each) for name, each in asdict(own).items()},
        currencies=_currencies(),
        latest=settings.latest(),
    )


def _zones(chosen: str) -> tuple[str, ...]:
    """Those that are offered, and the one that is chosen under a name it had before."""
    offered = settings.zones.offered()
    is_older = chosen in settings.zones.known() and chosen not in offered
    return (chosen, *offered) if is_older else offered


def _fields(now: settings.Settings) -> dict[str, Any]:
    """Each value as the form's fields hold it."""
    values = {
        **asdict(now),
        "hours": now.hours.stored(),
        "closed_dates": now.closed_dates.written(),
        "newcomers_journey": str(now.newcomers_journey or ""),
        "exchange": {**now.exchange.stored(), "rate": _number(now.exchange.rate)},
    }
    thresholds = ("similarity_threshold", "coverage_threshold")
    return {**values, **{name: _share(getattr(now, name)) for name in thresholds}}


def _share(value: float | None) -> str:
    return "" if value is None else format_decimal(value, "0.####")


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_decimal(value, "0.##########")


def _currencies() -> list[tuple[str, str]]:
    names = get_locale().currencies
    return [(code, f"{code} – {names.get(code, code)}") for code in exchange.offered()]


def _given(form: MultiDict[str, str]) -> dict[str, Any]:
    """What the form holds, by setting; what is not on the page is left alone."""
    given: dict[str, Any] = {name: form[name] for name in settings.NAMES if name in form}
    if "seen.exchange" in form:
        parts = ("currency", "rate", "day")
        given["exchange"] = {each: form.get(f"exchange.{each}", "") for each in parts}
    if "seen.hours" not in form:
        return given
    given["hours"] = [
        [form.get(f"opens.{day}", ""), form.get(f"closes.{day}", "")]
        if f"open.{day}" in form
        else None
        for day in range(DAYS)
    ]
    return given


def _seen(form: MultiDict[str, str]) -> dict[str, str]:
    return {name: form.get(f"seen.{name}", "") for name in settings.NAMES}


def _again(
    given: dict[str, Any], seen: dict[str, str], meanwhile: frozenset[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and marks of a form that was refused: what was typed, and how all else is now."""
    now = settings.current()
    values, marks = _fields(now), settings.marks(now)
    for name, typed in given.items():
        if settings.is_as_seen(name, typed, seen):
            continue
        values[name] = typed
        if name not in meanwhile:
            marks[name] = seen[name]
    return values, marks
