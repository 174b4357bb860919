"""The figures of the overview, and the lists of what each counts."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from ...conversation import unsettled
from ...conversation.reading import Place
from ...database import utcnow
from ...insight import overview, rows
from ...insight.figures import Figure
from ...insight.overview import Share
from ...insight.times import Range, microseconds, of_microseconds
from ...money import standing
from ...money.caps import Cap
from .. import access
from ..shell import charts

blueprint = Blueprint("figures", __name__)

LONGEST_PART = 80
FIGURES = {figure.slug: figure for figure in Figure if figure is not Figure.COST}
SPENT = {Cap.MODEL_DAY: "today", Cap.MODEL_MONTH: "month"}


@blueprint.get("/waiting")
@access.may(Act.READ_CONVERSATIONS)
def waiting() -> ResponseReturnValue:
    """The fragment alone."""
    return render_template("overview/_waiting.html", **_waiting())


@blueprint.get("/overview/<slug>")
@access.may(Act.READ_CONVERSATIONS)
def listing(slug: str) -> ResponseReturnValue:
    """The rows that a figure counted when it was told; by what is no time, those until now."""
    figure = FIGURES.get(slug) or abort(404)
    range_, until = _range(), _until()
    part = request.args.get("part", "")[:LONGEST_PART]
    before = request.args.get("before", type=Place.parse)
    between = overview.between(figure, range_, until)
    return render_template(
        "overview/rows.html",
        figure=figure,
        range=range_,
        between=between,
        until=microseconds(until),
        part=part,
        listed=rows.page(figure, between, part, before),
        before=before,
        delay=_delay(figure),
        now=utcnow(),
    )


def context() -> dict[str, Any]:
    """What the overview shows below what a new team has still to do."""
    range_ = _range()
    told, stages = overview.figures(range_), overview.stages(range_)
    return {
        **_waiting(),
        "Share": Share,
        "range": range_,
        "ranges": list(Range),
        "told": told,
        "until": microseconds(told.as_of),
        "stages": stages,
        "stages_until": microseconds(stages.as_of),
        "chart": charts.bars([each[1:] for each in told.bars], told.bars),
        "hours": charts.cells(told.hours),
        "delays": {figure.slug: _delay(figure) for figure in overview.WAITS},
        "spent": _spent() if access.allows(Act.SEE_MONEY) else None,
        "is_empty": not rows.is_anybody_known(),
    }


def _waiting() -> dict[str, Any]:
    shown, number = overview.waiting()
    return {
        "Figure": Figure,
        "waiting": shown,
        "waiting_number": number,
        "now": utcnow(),
    }


def _range() -> Range:
    try:
        return Range(request.args.get("range", Range.DAY))
    except ValueError:
        return Range.DAY


def _until() -> datetime:
    """The moment at which the figure was told; now where the address names none, or one to come."""
    now = utcnow()
    given = request.args.get("until", type=int)
    if given is None or not 0 < given <= microseconds(now):
        return now
    return of_microseconds(given)


def _delay(figure: Figure) -> float:
    """Seconds for which the assistant waits on purpose."""
    is_ours = figure is Figure.FIRST_ANSWER
    return unsettled.reply_delay() if is_ours else 0.0


def _spent() -> dict[str, int]:
    """Micro-dollars of calls that are over."""
    standings = standing.of_money()
    return {SPENT[e.cap]: e.taken - e.reserved for e in standings if e.cap in SPENT}
