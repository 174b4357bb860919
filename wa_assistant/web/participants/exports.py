"""Participants as a file, exactly those of a selection."""

from collections.abc import Iterator
from typing import IO

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, to_user_timezone
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import selected
from ...conversation.selection import Selection
from ...database import utcnow
from ...operations.importing import columns, export
from .. import access
from . import chips
from .known import Known

blueprint = Blueprint("exports", __name__, url_prefix="/participants/export")

PART = 64 * 1024
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
    if format_ not in TYPES:
        abort(400)
    language = columns.PORTUGUESE if str(get_locale()).startswith("pt") else columns.ENGLISH
    file = export.write(current_user, Selection.parse(request.form), format_, language)
    response = Response(_parts(file), mimetype=TYPES[format_])
    name = f"participants-{to_user_timezone(utcnow()):%Y-%m-%d-%H%M}.{format_}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.call_on_close(file.close)
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(PART):
        yield part
