"""What the pages about colleagues share."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from ...accounts import team


@contextmanager
def manages() -> Iterator[None]:
    """Whoever has lost their role since the request began is told as they are at the gate."""
    try:
        yield
    except team.NotAllowedError:
        abort(403)
