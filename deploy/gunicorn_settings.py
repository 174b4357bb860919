"""How the web processes run. Names and meanings: gunicorn's settings."""

import gc
import signal
import threading
from types import FrameType
from typing import Any

import config as configuration
from deploy.guard import tie_to_parent
from wa_assistant.insight.alerts.lookout import Lookout

settings = configuration.load()

bind = (
    f"[{settings.HOST}]:{settings.PORT}"
    if ":" in settings.HOST
    else f"{settings.HOST}:{settings.PORT}"
)
worker_class = "deploy.web_worker.Worker"  # of gunicorn's "gthread" sort
workers = settings.WEB_PROCESSES
threads = settings.WEB_THREADS  # of pages: webhooks have their own
worker_connections = 512  # a process may open 1,024 files as Linux comes
preload_app = True  # imported once, shared by the forks
control_socket_disable = True
worker_tmp_dir = str(settings.DATA_DIR / "run")

timeout = 30
graceful_timeout = 5
keepalive = 5

# Webhooks and pages have short addresses and few headers; what is longer is no visitor of ours.
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

# Whose X-Forwarded-* headers count is TRUSTED_PROXIES' to say (wa_assistant/web/visitor.py).
forwarded_allow_ips = ""

accesslog = None  # lines of addresses would hold the tokens of sign-in links
errorlog = None
logger_class = "deploy.gunicorn_log.Log"
loglevel = "warning"


def when_ready(server: Any) -> None:
    """What is loaded by now stays, and no web process looks through it for garbage: that would stop
    its requests, and give each a copy of the memory that they share."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    tie_to_parent(server.pid)


def post_worker_init(worker: Any) -> None:
    """Look out for an engine that is dead. Hear what changes from the start, so that a page fetches
    only what did since it was made; and close the event streams on SIGTERM: the stop would wait for
    them as for any request."""
    stop = signal.getsignal(signal.SIGTERM)
    hub = worker.wsgi.extensions["live"]
    hub.listen()
    Lookout(worker.wsgi).start()

    def stop_streams_too(signum: int, frame: FrameType | None) -> None:
        # In a thread, because the code we interrupt may hold the hub's lock.
        threading.Thread(target=hub.close, daemon=True).start()
        if callable(stop):
            stop(signum, frame)

    signal.signal(signal.SIGTERM, stop_streams_too)
