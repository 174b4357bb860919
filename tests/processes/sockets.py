"""Peers as a browser never is: many at once, who send a little and fall silent."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

Sockets = list[socket.socket]


def connect(port: int, said: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.sendall(said)
    return made


@contextmanager
def silent(port: int, said: bytes, count: int = 80) -> Iterator[Sockets]:
    """So many connections, each of which says that and then nothing more."""
    with ExitStack() as stack:
        yield [stack.enter_context(connect(port, said)) for _ in range(count)]


def is_closed(peer: socket.socket) -> bool:
    """Whether the server has closed it; what it answered before is read away."""
    peer.setblocking(False)
    try:
        while peer.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
