"""An application for the web server's worker, whose patience is short: what a minute would show."""

import os
import threading
from collections.abc import Iterable
from typing import Any

from deploy import peer, web_worker

peer.REQUEST_SECONDS = float(os.environ["REQUEST_SECONDS"])
peer.PATIENCE_SECONDS = 1.0
peer.LEAST_PER_SECOND = 1024 * 1024 * 1024
web_worker.MOST_HELD = 2 * 1024 * 1024
# What a socket's buffer takes, where we asked for one of that size, and what none does.
SIZES = {"/page": 150 * 1024, "/big": 20 * 1024 * 1024}
gate = threading.Event()


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Says how long the body was, which /unread does not read; /wait waits for /release.

    The answers of SIZES are long.
    """
    path = environ["PATH_INFO"]
    body = b"" if path == "/unread" else environ["wsgi.input"].read()
    if path.endswith("/wait"):
        gate.wait(60)
    if path.endswith("/release"):
        gate.set()
    answer = bytes(SIZES[path]) if path in SIZES else str(len(body)).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
