"""An application for the web server's worker, whose patience is short: what a minute would show."""

import threading
from collections.abc import Iterable
from typing import Any

from deploy import peer, web_worker

peer.REQUEST_SECONDS = 1.0
peer.PATIENCE_SECONDS = 1.0
peer.LEAST_PER_SECOND = 1024 * 1024 * 1024
web_worker.MOST_HELD = 2 * 1024 * 1024
BIG = 20 * 1024 * 1024  # more than a socket's buffers take
gate = threading.Event()


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Says how long the body was; /wait waits for /release, and /big is long."""
    body = environ["wsgi.input"].read()
    path = environ["PATH_INFO"]
    if path.endswith("/wait"):
        gate.wait(60)
    if path.endswith("/release"):
        gate.set()
    answer = b"x" * BIG if path == "/big" else str(len(body)).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
