"""The components together on one page, for who builds pages. Registered only in debugging."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from .. import access
from . import charts

blueprint = Blueprint("components", __name__)


@blueprint.get("/_components")
@access.may(Act.SEE_DASHBOARD)
def show() -> ResponseReturnValue:
    chart = charts.bars([(12, 9), (1_240, 850)], ["Ana Souza", "Bruno Lima"])
    return render_template("components/show.html", chart=chart)
