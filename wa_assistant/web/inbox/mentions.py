"""Where a colleague finds the notes that name them."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import mentions
from .. import access, respond
from ..access import row_id

blueprint = Blueprint("mentions", __name__, url_prefix="/mentions")


@blueprint.get("")
@access.may(Act.READ_CONVERSATIONS)
def index() -> ResponseReturnValue:
    found, older = mentions.listing(current_user, request.args.get("before", type=row_id))
    return render_template("inbox/mentions.html", mentions=found, older=older)


@blueprint.get("/count")
@access.may(Act.READ_CONVERSATIONS)
def count() -> ResponseReturnValue:
    return render_template("inbox/_mentions.html")


@blueprint.post("/seen")
@access.may(Act.READ_CONVERSATIONS)
def seen() -> ResponseReturnValue:
    """Said by a page on which they stand before somebody's eyes; all, where it names none."""
    given = request.form.getlist("note_id")
    named = request.form.getlist("note_id", type=access.row_id)
    if len(named) < len(given):
        abort(400)
    mentions.saw(current_user, named or None)
    return respond.done(url_for(".index"))


@blueprint.app_context_processor
def _summary() -> dict[str, Any]:
    return {
        "mention_summary": lambda: mentions.summary(current_user),
        "mentions_fragment": lambda: mentions.fragment(current_user.id),
    }
