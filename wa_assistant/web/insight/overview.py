"""The first page: what one sees after signing in, and each morning."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from .. import access
from . import figures, first_day

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@access.may(Act.SEE_DASHBOARD)
def index() -> ResponseReturnValue:
    return render_template("overview/index.html", **first_day.context(), **figures.context())
