"""The list of participants: whom a selection means, in the columns that one chooses."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import fields, selected, tags, views
from ...conversation.reading import Place
from ...conversation.selection import Selection
from ...database import db, utcnow
from ...journey import definition
from ...models import JourneyVersion, Participant, View
from .. import access, respond
from ..access import row_id
from . import chips, columns
from .choices import choices
from .known import Known

blueprint = Blueprint("participants", __name__, url_prefix="/participants")

# What an address says besides whom it means; an address without any of it opens a view as it is.
LOOKS = ("columns", "sort")


@blueprint.get("")
@access.may(Act.READ_PARTICIPANTS)
def index() -> ResponseReturnValue:
    return render_template("participants/index.html", **context())


@blueprint.get("/list")
@access.may(Act.READ_PARTICIPANTS)
def listing() -> ResponseReturnValue:
    """The list alone, for the page that shows it; typed as an address it is that page."""
    page = "participants/_list.html" if respond.by_htmx() else "participants/index.html"
    return render_template(page, **context())


def context() -> dict[str, Any]:
    """What the page shows, for it and for its live update."""
    view = _view()
    given = _given(view)
    known = Known(Selection.parse(given))
    which, gone = known.held()
    shown = columns.chosen(_every(given, "columns"), known.fields)
    order = _order(given)
    args = look(which, _every(given, "columns"), order)
    whole = urlencode(which.args(), doseq=True)
    before = request.args.get("before", type=Place.parse)
    if respond.by_htmx() and request.args.get("was", "") != whole:
        before = None  # others are asked for than this page was opened with
    found = selected.page(which, order, before)
    asked: dict[str, Any] = {"view": view.id} if view else {}
    return {
        "which": which,
        "gone": gone,
        "view": view,
        "views": views.of(current_user),
        "known": known,
        "choices": choices(known),
        "chips": chips.of(known, lambda other: _address(other, args, asked)),
        "columns": shown,
        "every_column": columns.every(known.fields),
        "order": order,
        "args": args,
        "whole": whole,
        "found": found,
        "count": found.number,
        "older": url_for(".index", **asked, **args, before=found.older) if found.older else "",
        "first": url_for(".index", **asked, **args) if before else "",
        "page": before,
        "now": utcnow(),
        **_about(found.participants, [each.key for each in shown]),
    }


def look(which: Selection, shown: Sequence[str], order: str) -> dict[str, Any]:
    """As an address or a view keeps whom it means, and how that looks. The order is always said:
    by it an address of a view says that it is not as it was kept."""
    return which.args() | ({"columns": list(shown)} if shown else {}) | {"sort": order}


def asked_look(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what a form holds."""
    return look(Selection.parse(given), _every(given, "columns"), _order(given))


def load(participant_id: int) -> Participant:
    found = db.session.get(Participant, participant_id)
    return found or abort(404)


def _view() -> View | None:
    view_id = request.args.get("view", type=row_id)
    return views.load(view_id, current_user) if view_id else None


def _given(view: View | None) -> Mapping[str, Any]:
    """What is asked for: of a view that is opened as it is, what it keeps."""
    return request.args if view is None or "sort" in request.args else view.args


def _every(given: Mapping[str, Any], name: str) -> list[str]:
    found = given.getlist(name) if hasattr(given, "getlist") else given.get(name, [])
    return [str(each) for each in found]


def _order(given: Mapping[str, Any]) -> str:
    sort = str(given.get("sort", ""))
    return sort if sort in selected.ORDERS else selected.ACTIVITY


def _address(which: Selection, args: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    looks = {name: args[name] for name in LOOKS if name in args}
    return url_for(".index", **asked, **which.args(), **looks)


def _about(people: Sequence[Participant], shown: Sequence[str]) -> dict[str, Any]:
    """What the columns say that stands in no row of theirs; only of those that are shown."""
    ids = [each.id for each in people]
    named = {"journey", "stage"} & set(shown)
    wanted = {each.journey_version_id for each in people if named} - {None}
    versions = JourneyVersion.id.in_(wanted)
    found = db.session.query(JourneyVersion).where(versions).all() if wanted else []
    return {
        "tags": tags.of(ids) if "tags" in shown else {},
        "values": fields.of(ids) if any(each.startswith(columns.FIELD) for each in shown) else {},
        "versions": {each.id: each for each in found},
        "stages": {
            (each.id, stage.key): stage.name
            for each in found
            for stage in definition.read(each.stages)
        },
    }
