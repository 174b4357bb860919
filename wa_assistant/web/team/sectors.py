"""The list of the company's sectors, which owners make."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts import sectors
from ...accounts.authority import Act
from ...settings.problem import Problem, Words
from .. import access, respond

blueprint = Blueprint("sectors", __name__, url_prefix="/team/sectors")


@blueprint.get("")
@access.may(Act.MANAGE_TEAM)
def index() -> ResponseReturnValue:
    return _page()


@blueprint.post("")
@access.may(Act.MANAGE_TEAM)
def add() -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        sectors.add(name, current_user)
    except Problem as problem:
        return respond.refused(_page(name, problem.words))
    return respond.done(url_for(".index"), _("The sector is added."))


@blueprint.post("/<id:sector_id>")
@access.may(Act.MANAGE_TEAM)
def rename(sector_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        if not sectors.rename(sector_id, name, current_user):
            abort(404)
    except Problem as problem:
        return respond.refused(_page(name, problem.words, sector_id))
    return respond.done(url_for(".index"), _("Saved."))


@blueprint.post("/<id:sector_id>/removal")
@access.may(Act.MANAGE_TEAM)
def remove(sector_id: int) -> ResponseReturnValue:
    if not sectors.remove(sector_id, current_user):
        abort(404)
    return respond.done(url_for(".index"), _("The sector is removed. Who was in it is in none."))


def _page(typed: str = "", problem: Words = "", of: int | None = None) -> str:
    """`of`: the sector whose name was typed; None: a new one's."""
    return render_template(
        "team/sectors.html", sectors=sectors.counted(), typed=typed, problem=problem, of=of
    )
