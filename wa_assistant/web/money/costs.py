"""What everything has cost: where it goes, by day and month, stage and conversation."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...accounts.authority import Act
from ...database import db, utcnow
from ...models import JourneyVersion
from ...models.price import Category
from ...money import costs, message_costs, prices
from ...money.costs import Sum
from ...money.currency import DOLLAR_SIGN
from ...settings.exchange import DOLLAR
from .. import access
from ..shell import charts
from ..shell.labels import exchange

LEAST_TOP = 100  # micro-dollars, so that the chart of a month of nothing has a scale

blueprint = Blueprint("costs", __name__, url_prefix="/money")


class Place(NamedTuple):
    """A stage of a journey, in whichever versions; no names where they were in none."""

    journey: str
    stage: str


@blueprint.get("")
@access.may(Act.SEE_MONEY)
def index() -> ResponseReturnValue:
    today = prices.today()
    month = _month(request.args.get("month", ""), today)
    is_now = month == today.replace(day=1)
    kinds = costs.by_kind(month)
    days = costs.by_day(month, today)
    return render_template(
        "money/costs.html",
        month=month,
        is_now=is_now,
        before=month - timedelta(days=1),
        after=None if is_now else costs.last_day(month) + timedelta(days=1),
        as_of=utcnow(),
        groups=[_group(kinds, costs.MODELS), _group(kinds, costs.MESSAGES)],
        kinds=kinds,
        total=costs.total(kinds.values()),
        under_way=costs.under_way(month),
        service=kinds.get(Category.SERVICE, Sum()).number,
        free=message_costs.free_service_messages(min(today, costs.last_day(month))),
        days=days,
        chart=_chart(days, costs.last_day(month).day),
        places=_places(month),
        dearest=costs.dearest(month),
        conversations=costs.conversations(month),
        forecast=costs.forecast(today) if is_now else None,
        months=costs.months(),
        own=_own(),
        columns=[(sign, "number") for sign in (DOLLAR_SIGN, _own()) if sign],
    )


def _month(text: str, today: date) -> date:
    """The first of the month in "2026-11", this one where nothing is said; 404 for one to come."""
    if not text:
        return today.replace(day=1)
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(404)
    if month > today:
        abort(404)
    return month


def _chart(days: Sequence[costs.Day], last: int) -> charts.Chart:
    """With room for the days of the month that are to come."""
    spent = [(each.models, each.messages) for each in days]
    return charts.bars(spent, days, room=last, least_top=LEAST_TOP)


def _own() -> str:
    """The sign of the team's own currency; "" where amounts are shown in dollars alone."""
    now = exchange()
    if now.rate is None or now.currency == DOLLAR:
        return ""
    return str(get_locale().currency_symbols.get(now.currency, now.currency))


def _group(kinds: dict[str, Sum], names: tuple[str, ...]) -> tuple[list[tuple[str, Sum]], Sum]:
    """Those of these names that there are, the dearest first, and their sum."""
    found = [(name, kinds[name]) for name in names if name in kinds]
    found.sort(key=lambda each: -each[1].spent)
    return found, costs.total(each for _, each in found)


def _places(month: date) -> list[tuple[Place, Sum]]:
    found = costs.by_stage(month)
    ids = {version_id for version_id, *_ in found}
    versions = {
        each.id: each
        for each in db.session.scalars(
            select(JourneyVersion)
            .where(JourneyVersion.id.in_(ids))
            .options(joinedload(JourneyVersion.journey))
        )
    }
    sums: dict[Place, Sum] = {}
    for version_id, stage, each in found:
        place = _place(versions.get(version_id), stage)
        sums[place] = costs.total([sums.get(place, Sum()), each])
    return sorted(sums.items(), key=lambda each: (-each[1].spent, each[0]))


def _place(version: JourneyVersion | None, stage: str) -> Place:
    if version is None:
        return Place("", "")
    stages: list[dict[str, Any]] = version.stages
    names = (each["name"] for each in stages if each["key"] == stage)
    return Place(version.journey.name, next(names, stage))
