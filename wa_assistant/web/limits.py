"""What a request may bring: row numbers that a database can hold, and little of anything else
unless its route says that it takes more.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_ID = 2**31 - 1
MOST_IN_MEMORY = 16 * 1024 * 1024


class RowId(IntegerConverter):
    """`<id:...>` in an address; a larger one is nobody's, and found nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def row_id(text: str) -> int:
    """For `request.args.get(name, type=row_id)`: None where there is no such number."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number


def takes(size: int) -> Callable[[View], View]:
    """The route takes bodies of up to `size` bytes; files in them are put on the disk."""

    def mark(view: View) -> View:
        view.takes = size  # type: ignore[attr-defined]
        return view

    return mark


def register(app: Flask) -> None:
    """Before the routes, which speak of row numbers."""
    app.url_map.converters["id"] = RowId


def init_app(app: Flask) -> None:
    """After access: only who may upload has so much read. And before the form is read, which
    happens where its token is looked for."""
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    size = getattr(view, "takes", None)
    if size is not None:
        request.max_content_length = size
        # Of what is no file, held in memory: a long text that was pasted.
        request.max_form_memory_size = min(size, MOST_IN_MEMORY)
