"""Participants as a file, exactly those of a selection."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import selected
from ...conversation.selection import Selection
from ...operations.importing import columns, export
from .. import access, tables
from . import chips
from .known import Known

blueprint = Blueprint("exports", __name__, url_prefix="/participants/export")


@blueprint.get("")
@access.may(Act.EXPORT_PARTICIPANTS)
def form() -> ResponseReturnValue:
    known = Known(Selection.parse(request.args))
    which, _ = known.held()
    return render_template(
        "imports/export.html",
        which=which,
        chips=chips.of(known, lambda other: ""),
        count=selected.count(which),
    )


@blueprint.post("")
@access.may(Act.EXPORT_PARTICIPANTS)
def download() -> ResponseReturnValue:
    format_ = request.form.get("format", "")
    if format_ not in tables.TYPES:
        abort(400)
    language = columns.PORTUGUESE if str(get_locale()).startswith("pt") else columns.ENGLISH
    file = export.write(current_user, Selection.parse(request.form), format_, language)
    return tables.sent(file, "participants", format_)
