"""gunicorn's worker of threads, in which a slow peer costs none of them.

What is guaranteed: a thread takes a request when all of it is here, and the peer has
REQUEST_SECONDS to bring it that far, headers and body together. Until then it costs a socket, and
some memory. Who wants one more socket than there are takes it from whoever has dawdled longest; who
sends more than there is memory for takes it from whoever has sent most. Webhooks and pages have
threads of their own, which the others cannot take. Nor does a thread wait for a peer that does not
read: what a stranger may ask for has room in the socket's own buffer, and who asks again before it
has read is let go.

One request gets a thread before it is whole: one larger than MOST_BODY. Whoever is not signed in is
refused it without being read; whoever is has PATIENCE_SECONDS, and longer while LEAST_PER_SECOND
comes in. A body in chunks does not tell its length, and gets none before it is whole: it is refused
as soon as it is larger than MOST_BODY. TLS and HTTP/2 are the proxy's.
"""

import socket
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn import util
from gunicorn.http.body import ChunkedReader
from gunicorn.workers.gthread import ThreadWorker

from .peer import PatientSocket, Peer

WEBHOOK_THREADS = 16  # those that wait at once share a commit
GOODBYE_SECONDS = 2.0  # for the peer to read its answer, and to close
MOST_HELD = 32 * 1024 * 1024  # bytes of requests that are not answered yet, in this process
SEND_BUFFER = 256 * 1024
PIECE = 64 * 1024
REFUSALS = {
    400: ("Bad Request", "These are no chunks of a body."),
    413: ("Content Too Large", "A body in chunks may have 1 MiB."),
}


class Threads:
    """Those of the pages, and those of the webhooks."""

    def __init__(self, pages: int, webhooks: int) -> None:
        self._pages = ThreadPoolExecutor(pages, thread_name_prefix="page")
        self._webhooks = ThreadPoolExecutor(webhooks, thread_name_prefix="webhook")

    def submit(self, handle: Callable[[Peer], Any], peer: Peer) -> "Future[Any]":
        pool = self._webhooks if peer.hand_over() else self._pages
        return pool.submit(handle, peer)

    def shutdown(self, wait: bool) -> None:
        self._pages.shutdown(wait)
        self._webhooks.shutdown(wait)


class Worker(ThreadWorker):
    """What is overridden are the moments at which a connection gets a thread, or loses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: dict[Peer, None] = {}  # for a request, or for the peer to close
        self._looks_at = 0.0
        self._held = 0
        self._piece = memoryview(bytearray(PIECE))

    def get_thread_pool(self) -> Threads:
        return Threads(self.cfg.threads, WEBHOOK_THREADS)

    def accept(self, listener: socket.socket) -> None:
        with suppress(BlockingIOError, ConnectionAbortedError):
            accepted, client = listener.accept()
            sock = PatientSocket(fileno=accepted.detach())
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            self.nr_conns += 1
            self.enqueue_req(Peer(self.cfg, sock, client, listener.getsockname()))

    def enqueue_req(self, conn: Peer) -> None:
        """A request begins on `conn`, and perhaps all of it is here."""
        conn.begin()
        self._held += conn.held
        if conn.has_read():
            self._read(conn)
        else:
            self._say_goodbye(conn)

    def handle_request(self, req: Any, conn: Peer) -> bool:
        body = req.body.reader
        if conn.refusal:
            util.write_error(conn.sock, conn.refusal, *REFUSALS[conn.refusal])
            return False
        if not isinstance(body, ChunkedReader) and body.length > len(
            conn.parser.unreader.buf.getbuffer()
        ):
            req.force_close()  # what the application leaves of it is not waited for
        with suppress(TimeoutError):
            return bool(super().handle_request(req, conn))
        return False

    def finish_request(self, conn: Peer, fs: "Future[Any]") -> None:
        self._held -= conn.held
        conn.held = 0
        if not fs.cancelled() and not fs.exception() and fs.result():
            super().finish_request(conn, fs)
        else:
            self._say_goodbye(conn)

    def murder_pending(self) -> None:
        """Called when all that has happened by now is seen to, so that nothing is left to be done
        for a connection that is closed here."""
        while self.nr_conns >= self.worker_connections and self._make_room():
            pass
        while self._held > MOST_HELD and self._waiting:
            self._let_go(max(self._waiting, key=lambda each: each.held))
        now = time.monotonic()
        if now >= self._looks_at:
            self._looks_at = now + 1
            for conn in [each for each in self._waiting if each.timeout <= now]:
                self._let_go(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in self._waiting:
            conn.timeout = min(conn.timeout, deadline)

    def _read(self, conn: Peer, _: Any = None) -> None:
        held = conn.held
        try:
            ready = conn.is_ready(self._piece)
        except OSError:
            self._held += conn.held - held
            self._let_go(conn)
            return
        self._held += conn.held - held
        if ready:
            self._wait_no_more(conn)
            super().enqueue_req(conn)
            return
        if conn not in self._waiting:
            self._wait(conn, self._read)

    def _say_goodbye(self, conn: Peer) -> None:
        """Close when the peer has: before, what it has not read yet might be lost to it."""
        conn.timeout = time.monotonic() + GOODBYE_SECONDS
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._let_go(conn)
        else:
            self._wait(conn, self._drain)

    def _drain(self, conn: Peer, _: Any) -> None:
        with suppress(OSError):
            if conn.sock.recv_into(self._piece):
                return
        self._let_go(conn)

    def _make_room(self) -> bool:
        """Whether there was anybody to let go: who is being answered stays."""
        if self._waiting:
            self._let_go(next(iter(self._waiting)))
        elif self.keepalived_conns:
            self.keepalived_conns[0].timeout = 0.0
            self.murder_keepalived()
        else:
            return False
        return True

    def _let_go(self, conn: Peer) -> None:
        self._wait_no_more(conn)
        self._held -= conn.held
        self.nr_conns -= 1
        conn.close()

    def _wait(self, conn: Peer, callback: Callable[[Peer, Any], None]) -> None:
        self._waiting[conn] = None
        self.poller.register(conn.sock, EVENT_READ, partial(callback, conn))

    def _wait_no_more(self, conn: Peer) -> None:
        if conn in self._waiting:
            del self._waiting[conn]
            self.poller.unregister(conn.sock)
