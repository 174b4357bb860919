"""What our own code failed on: looked at by all, replayed or dismissed by editors."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...operations import dead_letters, kinds
from ...operations.dead_letters import Place
from ...work.claims import Kind
from .. import access, respond
from ..access import row_id
from .labels import WORDS, slug

blueprint = Blueprint("dead_letters", __name__)


@blueprint.get("/dead-letters")
@access.may(Act.READ_DEAD_LETTERS)
def index() -> ResponseReturnValue:
    return render_template("operations/index.html", **context())


@blueprint.get("/dead-letters/list")
@access.may(Act.READ_DEAD_LETTERS)
def listing() -> ResponseReturnValue:
    return render_template("operations/_list.html", **context())


@blueprint.get("/set-aside")
@access.may(Act.READ_DEAD_LETTERS)
def moved() -> ResponseReturnValue:
    """As the page was called before the first release."""
    return redirect(url_for(".index"), 301)


@blueprint.post("/dead-letters/<name>/<id:letter_id>/replay")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def replay(name: str, letter_id: int) -> ResponseReturnValue:
    kind = _kind(name)
    went_well = dead_letters.replay(kind, letter_id, current_user)
    if went_well is None:
        return _gone()
    if not went_well:
        words = _("It failed again, as its error tells. It stays here.")
        return respond.told(url_for(".index"), words)
    return respond.done(url_for(".index"), str(WORDS[kind.policy.name].replayed))


@blueprint.post("/dead-letters/<name>/<id:letter_id>/dismiss")
@access.may(Act.SEE_TO_DEAD_LETTERS)
def dismiss(name: str, letter_id: int) -> ResponseReturnValue:
    kind = _kind(name)
    if not dead_letters.dismiss(kind, letter_id, current_user):
        return _gone()
    return respond.done(url_for(".index"), str(WORDS[kind.policy.name].dismissed))


def context() -> dict[str, Any]:
    before = request.args.get("before", type=place_of)
    letters, older = dead_letters.page(before)
    return {
        "letters": letters,
        "before": written(before) if before else None,
        "older": written(older) if older else None,
    }


def written(place: Place) -> str:
    """A place as an address has it: "2026-11-30T10:12:00+00:00~document~7"."""
    return f"{place.since.isoformat()}~{slug(place.kind)}~{place.id}"


def place_of(text: str) -> Place:
    """What `written` wrote. Raises ValueError for anything else."""
    since, name, number = text.split("~")
    kind, moment = _named(name), datetime.fromisoformat(since)
    if kind is None or moment.tzinfo is None or not 1970 < moment.year < 9000:
        raise ValueError(text)
    return Place(moment, kind.policy.name, row_id(number))


def _named(name: str) -> Kind[Any] | None:
    return kinds.of_name(name.replace("-", " "))


def _kind(name: str) -> Kind[Any]:
    return _named(name) or abort(404)


def _gone() -> ResponseReturnValue:
    words = _("This is no dead letter any more: somebody has seen to it.")
    return respond.told(url_for(".index"), words)
