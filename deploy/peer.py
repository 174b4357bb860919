"""A peer's connection to the web server: how long it is waited for, and what has come of it."""

import fcntl
import re
import socket
import sys
import termios
import time
from contextlib import suppress
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import TConn

from .chunks import Chunks

REQUEST_SECONDS = 10.0
PATIENCE_SECONDS = 10.0
LEAST_PER_SECOND = 32 * 1024  # bytes, in either direction
MOST_HEAD = 64 * 1024
MOST_UNREAD = 64 * 1024
MOST_BODY = 1024 * 1024  # what a request may bring unless its route says that it takes more
WEBHOOK = b"POST /whatsapp/"

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r]*chunked[ \t]*\r\n", re.IGNORECASE)
HESITATES = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class PatientSocket(socket.socket):
    """A thread waits for its peer `patience` seconds in all, and longer for what comes or goes."""

    patience = PATIENCE_SECONDS

    def recv(self, size: int, flags: int = 0) -> bytes:
        began = self._begin(0)
        received = super().recv(size, flags)
        self._end(began, len(received))
        return received

    def sendall(self, data: Any, flags: int = 0) -> None:
        with suppress(BlockingIOError):
            data = memoryview(data)[self.send(data, flags | socket.MSG_DONTWAIT) :]
        if data:
            began = self._begin(len(data))
            super().sendall(data, flags)
            self._end(began, len(data))

    def _begin(self, size: int) -> float:
        self.settimeout(max(0.1, self.patience + size / LEAST_PER_SECOND))
        return time.monotonic()

    def _end(self, began: float, size: int) -> None:
        left = self.patience + size / LEAST_PER_SECOND - (time.monotonic() - began)
        self.patience = min(PATIENCE_SECONDS, left)


class Peer(TConn):
    """A connection, and what has come of the request that is under way on it.

    `held`: bytes that were read of it, until it is answered. `refusal`: the status that a body in
    chunks is answered with, unread, where it is too large or none; else 0.
    """

    def __init__(self, cfg: Any, sock: PatientSocket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        self.parser = http.get_parser(cfg, sock, client)
        self.initialized = True  # there is neither TLS nor HTTP/2 to agree upon
        self.held = 0
        self._received = bytearray()
        self._searched = 0
        self._size = 0  # of the whole request, once its head is here
        self._chunks: Chunks | None = None  # of its body, where that does not tell its length

    def begin(self) -> None:
        """A request, of which something may have come along with the one before."""
        self.sock.setblocking(False)
        self.sock.patience = PATIENCE_SECONDS
        self.timeout = time.monotonic() + REQUEST_SECONDS
        self._received[:] = self.parser.unreader.take_buffered()
        self.held = len(self._received)
        self._searched = self._size = 0
        self._chunks = None

    @property
    def refusal(self) -> int:
        return self._chunks.refusal if self._chunks else 0

    def has_read(self) -> bool:
        """Whether the peer has taken what it was answered, before it asks again."""
        unread = fcntl.ioctl(self.sock, termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(unread, sys.byteorder) <= MOST_UNREAD

    def is_ready(self, piece: memoryview) -> bool:
        """Whether a thread need not wait, after what is there was read by way of `piece`.

        Raises OSError where that will never be.
        """
        if self._is_whole():
            return True
        with suppress(BlockingIOError):
            size = self.sock.recv_into(piece)
            if not size:
                raise ConnectionResetError
            self._received += piece[:size]
            self.held += size
        return self._is_whole()

    def hand_over(self) -> bool:
        """Let gunicorn's parser have what is here; whether it is a webhook."""
        received = bytes(self._received)
        self._received.clear()
        self.parser.unreader.unread(received)
        return received.startswith(WEBHOOK)

    def _is_whole(self) -> bool:
        if not self._size:
            end = self._received.find(END, self._searched)
            if end < 0:
                if len(self._received) > MOST_HEAD:
                    raise ConnectionAbortedError
                self._searched = max(0, len(self._received) - len(END) + 1)
                return False
            head, begins = self._received[: end + 2], end + len(END)
            if CHUNKED.search(head):
                self._chunks = Chunks(begins, MOST_BODY)
            self._size = begins + self._awaited(head)
        if self._chunks:
            return self._chunks.are_whole(self._received)
        return len(self._received) >= self._size

    def _awaited(self, head: bytearray) -> int:
        """The size of the body, where that is to be here before a thread is."""
        length = LENGTH.search(head)
        size = int(length.group(1)) if length else 0
        if size > MOST_BODY:
            return 0
        if (size or self._chunks) and HESITATES.search(head):
            self.sock.send(GO_ON)
        return size
