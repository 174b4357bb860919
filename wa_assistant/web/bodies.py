"""How much a request may bring: little, unless its route says that it takes more.

It is told before the form is read, which happens where its token is looked for.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

MOST_IN_MEMORY = 16 * 1024 * 1024


def takes(size: int) -> Callable[[View], View]:
    """The route takes bodies of up to `size` bytes; files in them are put on the disk."""

    def mark(view: View) -> View:
        view.takes = size  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """After access: only who may upload has so much read."""
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    size = getattr(view, "takes", None)
    if size is not None:
        request.max_content_length = size
        # Of what is no file, held in memory: a long text that was pasted.
        request.max_form_memory_size = min(size, MOST_IN_MEMORY)
