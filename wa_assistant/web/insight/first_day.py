"""The list of what a new team has still to do: it leads the overview while something is missing."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...operations import first_day
from ...settings import FirstDay
from .. import access, respond
from ..simulator import suggestions

blueprint = Blueprint("first_day", __name__, url_prefix="/first-day")


@blueprint.get("")
@access.may(Act.SEE_DASHBOARD)
def show() -> ResponseReturnValue:
    return _fragment()


@blueprint.post("/dismissal")
@access.may(Act.CHANGE_SETTINGS)
def dismiss() -> ResponseReturnValue:
    first_day.put_away(current_user)
    words = _("The first steps are put away, for everybody.")
    return respond.done(url_for("overview.index"), words, fragment=_fragment)


@blueprint.post("/dismissal/end")
@access.may(Act.CHANGE_SETTINGS)
def fetch_again() -> ResponseReturnValue:
    first_day.fetch_again(current_user)
    return respond.done(url_for("overview.index"), fragment=_fragment)


def context() -> dict[str, Any]:
    """What the list shows, for the page and for its live update.

    Who finds all done that is needed sees so, and nobody looks any more from then on.
    """
    standing = first_day.standing()
    if standing.is_complete:
        first_day.finish()
    return {
        "first_day": standing,
        "is_away": standing.state == FirstDay.AWAY,
        "is_over": standing.state == FirstDay.DONE or standing.is_complete,
        "beginning": suggestions.beginning(),
    }


def _fragment() -> str:
    return render_template("overview/_first_day.html", **context())
