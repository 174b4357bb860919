"""Tables that are sent as files to spreadsheets."""

from collections.abc import Iterator
from typing import IO

from flask import Response
from flask_babel import to_user_timezone

from ..database import utcnow

PART = 64 * 1024  # bytes
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sent(file: IO[bytes], name: str, kind: str) -> Response:
    """The file a part at a time, then closed; called by `name` and the team's time."""
    response = Response(_parts(file), mimetype=TYPES[kind])
    called = f"{name}-{to_user_timezone(utcnow()):%Y-%m-%d-%H%M}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
    response.call_on_close(file.close)
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(PART):
        yield part
