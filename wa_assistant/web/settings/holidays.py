"""Which country's and state's holidays count, and on which of them the team works."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from flask_babel import get_locale
from flask_babel import gettext as _

from ...models.participant import folded
from ...settings import public_holidays
from ...settings.public_holidays import Holiday, Holidays
from ...settings.zones import BRAZIL
from .page import Form

YEAR = timedelta(days=365)


class Row(NamedTuple):
    """A holiday of the year to come, with its days; `closed`: nobody is there on them."""

    name: str
    closed: bool
    days: list[date]


def given(form: Form, name: str) -> dict[str, Any] | None:
    """The exceptions: what is ticked otherwise than the list of this country offers it."""
    if f"seen.{name}" not in form:
        return None
    country, _, state = form.get(f"{name}.place", "").partition("/")
    if country != form.get(f"{name}.of", ""):
        return {"country": country, "state": state}
    closed = form.getlist(f"{name}.closed")
    worked = [each for each in form.getlist(f"{name}.offered") if each not in closed]
    kept = form.getlist(f"{name}.kept")
    return {"country": country, "state": state, "worked": sorted(worked), "kept": sorted(kept)}


def told(value: dict[str, Any]) -> str:
    """The place and the exceptions: "Brazil · São Paulo; open on Finados; closed on Carnaval"."""
    if not value["country"]:
        return ""
    country, states = value["country"], public_holidays.states(value["country"])
    state = states.get(value["state"], "")
    parts = [" · ".join(filter(None, (get_locale().territories.get(country, country), state)))]
    worked, kept = (", ".join(value[name]) for name in ("worked", "kept"))
    parts += [_("open on %(days)s", days=worked)] if worked else []
    parts += [_("closed on %(days)s", days=kept)] if kept else []
    return "; ".join(parts)


def listed(value: Any, today: date) -> dict[str, Any]:
    """What the page shows of a value as its form holds it."""
    chosen = public_holidays.read(value)
    return {
        "place": "/".join(filter(None, (chosen.country, chosen.state))),
        "country": chosen.country,
        "places": _places(chosen.country),
        "public": _rows(chosen, today, optional=False),
        "optional": _rows(chosen, today, optional=True),
    }


def _rows(chosen: Holidays, today: date, *, optional: bool) -> list[Row]:
    """Each name once, in the order in which they come."""
    found = [
        each
        for year in (today.year, today.year + 1)
        for each in public_holidays.in_year(chosen.country, chosen.state, year)
        if each.optional == optional and today <= each.day < today + YEAR
    ]

    def name(each: Holiday) -> str:
        return each.name

    groups = [list(group) for _, group in groupby(sorted(found, key=name), name)]
    groups.sort(key=lambda group: group[0].day)
    return [
        Row(first.name, chosen.is_closed_on(first), [each.day for each in (first, *others)])
        for first, *others in groups
    ]


def _places(country: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What one chooses from: Brazil and its states, the chosen country's, and all countries."""
    names = get_locale().territories
    groups = []
    for each in dict.fromkeys(filter(None, (BRAZIL, country))):
        states = public_holidays.states(each).items()
        own = [(f"{each}/{code}", f"{names.get(each, each)} · {name}") for code, name in states]
        groups.append((names.get(each, each), [(each, names.get(each, each)), *own]))
    shown = {BRAZIL, country}
    others = [
        (code, names.get(code, code)) for code in public_holidays.countries() if code not in shown
    ]
    return [*groups, (_("Other countries"), sorted(others, key=lambda each: folded(each[1])))]
