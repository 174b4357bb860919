"""Peers as a browser never is: many at once, who send a little and fall silent."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

Sockets = list[socket.socket]


def connect(port: int, said: bytes = b"", buffer: int = 0) -> socket.socket:
    """`buffer`: bytes that it takes in before somebody reads them, as over a line of small
    packets: on a machine's own, the other side's buffer is large by itself."""
    made = socket.socket()
    made.settimeout(30)
    if buffer:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    made.connect(("127.0.0.1", port))
    made.sendall(said)
    return made


@contextmanager
def silent(port: int, said: bytes, count: int = 80, buffer: int = 0) -> Iterator[Sockets]:
    """So many connections, each of which says that and then nothing more."""
    with ExitStack() as stack:
        yield [stack.enter_context(connect(port, said, buffer)) for _ in range(count)]


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
