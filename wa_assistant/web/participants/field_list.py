"""The page of the fields that participants have, which owners make."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import field_list, fields
from ...database import db
from ...models import Field
from ...settings.problem import MEANWHILE, Problem
from .. import access, respond
from .labels import field_kinds

blueprint = Blueprint("fields", __name__, url_prefix="/participants/fields")

STEPS = {"up": -1, "down": 1}


@blueprint.get("")
@access.may(Act.KEEP_FIELDS)
def index() -> ResponseReturnValue:
    return _page()


@blueprint.post("")
@access.may(Act.KEEP_FIELDS)
def add() -> ResponseReturnValue:
    typed = _typed()
    try:
        field_list.add(typed["name"], typed["kind"], _options(typed), current_user)
    except Problem as problem:
        return respond.refused(_page(typed, problem.places))
    return respond.done(url_for(".index"), _("The field is added."))


@blueprint.post("/<id:field_id>")
@access.may(Act.KEEP_FIELDS)
def change(field_id: int) -> ResponseReturnValue:
    typed, seen = _typed(), _seen()
    try:
        if not field_list.change(field_id, typed["name"], _options(typed), current_user, seen):
            abort(404)
    except Problem as problem:
        stale = {place for place, words in problem.places.items() if words is MEANWHILE}
        shown = {place: words for place, words in _shown().items() if place not in stale}
        return respond.refused(_page(typed, problem.places, field_id, shown))
    return respond.done(url_for(".index"), _("Saved."))


@blueprint.post("/<id:field_id>/place")
@access.may(Act.KEEP_FIELDS)
def move(field_id: int) -> ResponseReturnValue:
    by = STEPS.get(request.form.get("by", ""))
    if by is None:
        abort(400)
    if not field_list.move(field_id, by, current_user):
        abort(404)
    return respond.done(url_for(".index"))


@blueprint.get("/<id:field_id>/removal")
@access.may(Act.KEEP_FIELDS)
def ask(field_id: int) -> ResponseReturnValue:
    """Before it is gone, with how much goes along."""
    field = db.session.get(Field, field_id) or abort(404)
    number = field_list.says_of(field_id)
    return render_template("participants/remove_field.html", field=field, number=number)


@blueprint.post("/<id:field_id>/removal")
@access.may(Act.KEEP_FIELDS)
def remove(field_id: int) -> ResponseReturnValue:
    number = field_list.remove(field_id, current_user)
    if number is None:
        abort(404)
    words = ngettext(
        "The field is removed, and what it said of %(num)d participant.",
        "The field is removed, and what it said of %(num)d participants.",
        number,
    )
    return respond.done(url_for(".index"), words)


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in ("name", "kind", "options")}


def _options(typed: dict[str, str]) -> list[str]:
    """A line each."""
    return typed["options"].splitlines()


def _seen() -> field_list.Seen | None:
    """What stood in the form before anything was typed."""
    shown = _shown()
    if "name" not in shown:
        return None
    return field_list.Seen(shown["name"], shown.get("options", "").splitlines())


def _shown() -> dict[str, str]:
    names = ("name", "options")
    return {each: request.form[f"seen.{each}"] for each in names if f"seen.{each}" in request.form}


def _page(
    typed: dict[str, str] | None = None,
    problems: Any = None,
    of: int | None = None,
    shown: dict[str, str] | None = None,
) -> str:
    """`of`: the field whose words were typed; None: a new one's. `shown`: what its form was opened
    with, but for what its reader is told of now."""
    return render_template(
        "participants/fields.html",
        fields=fields.all_fields(),
        typed=typed or {},
        problems=problems or {},
        shown=shown or {},
        of=of,
        kinds=field_kinds(),
    )
