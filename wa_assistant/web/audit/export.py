"""The audit as a table for another program, which is itself written into the audit."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.ctx import AppContext
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ...accounts.authority import Act
from ...audit import exports
from ...audit.reading import EXPORTED, Filter, Place, part
from ...database import utcnow
from .. import access
from . import filters

blueprint = Blueprint("audit_export", __name__, url_prefix="/audit/export")

# What a spreadsheet takes for a formula where a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # by which a spreadsheet knows UTF-8


@blueprint.post("")
@access.may(Act.EXPORT_AUDIT)
def download() -> ResponseReturnValue:
    """All that the form's filter chooses, oldest first."""
    fields = filters.typed(request.form)
    which, _ = filters.chosen(fields)
    exports.exported(current_user, {name: value for name, value in fields.items() if value})
    response = Response(_parts(current_app.app_context, which), mimetype="text/csv")
    name = f"audit-{utcnow():%Y-%m-%d-%H%M}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _parts(context: Callable[[], AppContext], which: Filter) -> Iterator[str]:
    """Nothing of the database is held while somebody takes a part of it, however slowly."""
    yield MARK + _lines([[column.key for column in EXPORTED]])
    after: Place | None = None
    while True:
        with context():
            found, after = part(which, after)
        yield _lines(found)
        if after is None:
            return


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows([cell(value) for value in row] for row in rows)
    return lines.getvalue()


def cell(value: Any) -> str:
    """As text that no spreadsheet takes for a formula; moments in UTC."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = value.isoformat(timespec="microseconds") if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
