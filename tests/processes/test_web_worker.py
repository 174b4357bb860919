"""A thread of the web server takes whole requests, and waits for no peer."""

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from tests.support import processes
from tests.support.eventually import eventually

from .product import START_SECONDS, free_port
from .sockets import Sockets, connect, is_closed, silent

CONNECTIONS = 40
PROMPTLY = 8  # seconds: without a thread it would be never
KIB = 1024


@contextmanager
def serving(**environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """One process with one thread for pages, and the port that it answers on."""
    port = free_port()
    process = processes.start_python(
        *("-m", "gunicorn", "tests.processes.patience:app", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "deploy.web_worker.Worker", "--threads", "1", "--no-control-socket"),
        *("--worker-connections", str(CONNECTIONS), "--log-level", "error"),
        *("--graceful-timeout", "60"),
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )
    eventually(lambda: answers(port), START_SECONDS)
    yield port, process
    process.terminate()
    _, said = process.communicate(timeout=PROMPTLY)
    assert said == b""


@pytest.fixture
def port() -> Iterator[int]:
    """Of one that soon loses patience."""
    with serving(REQUEST_SECONDS="1") as (port, _):
        yield port


def answers(port: int) -> bool:
    try:
        return get(port).ok
    except requests.ConnectionError:
        return False


def get(port: int, path: str = "/") -> requests.Response:
    return requests.get(f"http://127.0.0.1:{port}{path}", timeout=PROMPTLY)


def post(port: int, path: str, body: bytes = b"") -> requests.Response:
    return requests.post(f"http://127.0.0.1:{port}{path}", body, timeout=PROMPTLY)


HALVES = {
    "nothing": b"",
    "two bytes": b"GE",
    "a line": b"GET / HTTP/1.1\r\n",
    "half a body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
    "a number of many digits": b"POST / HTTP/1.1\r\nContent-Length: %021d\r\nHost: x\r\n\r\n" % 9,
    "a request, and half of one": b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET",
}


@pytest.mark.parametrize("said", HALVES.values(), ids=HALVES)
def test_half_a_request_has_no_thread_and_some_seconds(port: int, said: bytes) -> None:
    with silent(port, said, CONNECTIONS // 2) as peers:
        assert get(port).ok
        eventually(lambda: all(is_closed(peer) for peer in peers), PROMPTLY)


@pytest.mark.parametrize(
    "beginning", [b"GET / HTTP/1.1\r\nX: ", HALVES["half a body"].replace(b"9", b"999")]
)
def test_so_has_one_that_comes_byte_by_byte(port: int, beginning: bytes) -> None:
    with silent(port, beginning, 10) as peers, dripping([*peers]) as left:
        assert get(port).ok
        eventually(lambda: not left, PROMPTLY)


@contextmanager
def dripping(peers: Sockets) -> Iterator[Sockets]:
    """Each of them says a byte and another, and is left out once it is refused one."""
    ends = threading.Event()

    def drip() -> None:
        while not ends.wait(0.05):
            for peer in [*peers]:
                try:
                    peer.send(b"x")
                except OSError:
                    peers.remove(peer)

    thread = threading.Thread(target=drip)
    thread.start()
    yield peers
    ends.set()
    thread.join()


def test_a_request_in_pieces_is_answered_as_one(port: int) -> None:
    with connect(port, b"POST / HTTP/1.1\r\nContent-Le") as peer:
        for piece in (b"ngth: 9\r\nConnection: close\r", b"\n\r\nfour,", b"five"):
            assert get(port).ok  # it is read before the next comes
            peer.sendall(piece)
        assert peer.makefile("rb").read().endswith(b"\r\n\r\n9")


def test_several_requests_at_once_are_answered_in_turn(port: int) -> None:
    one = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s"
    with connect(port, b"".join(one % (size, b"x" * size) for size in (3, 0, 500))) as peer:
        peer.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answers = peer.makefile("rb").read()
    assert re.findall(rb"\r\n\r\n(\d+)", answers) == [b"3", b"0", b"500", b"0"]


def test_who_waits_for_a_word_before_it_sends_a_body_gets_it(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 4\r\n"
    with connect(port, head + b"\r\n") as peer:
        assert peer.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(b"body")
        assert peer.makefile("rb").read().endswith(b"\r\n\r\n4")


def test_a_large_body_is_the_applications_to_read(port: int) -> None:
    assert post(port, "/", bytes(8 * 1024 * KIB)).text == str(8 * 1024 * KIB)


def test_a_large_body_that_is_not_read_is_not_waited_for(port: int) -> None:
    asked = b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n"
    with silent(port, asked, CONNECTIONS // 2) as peers:
        assert get(port).ok
        assert peers[0].recv(17) == b"HTTP/1.1 200 OK\r\n"


def test_a_head_without_end_is_refused(port: int) -> None:
    with connect(port, b"GET / HTTP/1.1\r\nX: " + bytes(70 * KIB)) as peer:
        eventually(lambda: is_closed(peer))


@pytest.mark.parametrize(("path", "count"), [("/page", 20), ("/big", 3)])
def test_who_does_not_read_its_answer_holds_nobody_up(port: int, path: str, count: int) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    with silent(port, asked, count, buffer=4096):
        assert get(port).ok


def test_who_goes_on_asking_and_does_not_read_holds_nobody_up(port: int) -> None:
    asked = b"GET /page HTTP/1.1\r\nHost: x\r\n\r\n"
    with silent(port, asked * 50, CONNECTIONS // 2, buffer=4096):
        for _ in range(5):  # their second and third request come to their turn, too
            assert get(port).ok


def test_who_has_an_answer_and_does_not_close_holds_nobody_up(port: int) -> None:
    with silent(port, b"GET / HTTP/1.0\r\n\r\n", CONNECTIONS // 2):
        assert get(port).ok


def test_who_comes_when_all_places_are_taken_gets_that_of_who_dawdled_longest(port: int) -> None:
    idle = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    with silent(port, b"GE", CONNECTIONS), silent(port, idle, CONNECTIONS):
        assert get(port).ok


def test_who_sends_more_than_there_is_room_for_is_let_go(port: int) -> None:
    much = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (1024 * KIB) + bytes(1000 * KIB)
    with silent(port, b"GE", 1) as (innocent,), silent(port, much, 3) as peers:
        eventually(lambda: any(is_closed(peer) for peer in peers), 0.9)
        assert not is_closed(innocent)
        assert get(port).ok


@pytest.mark.parametrize(
    ("taken", "free"), [("/wait", "/whatsapp/release"), ("/whatsapp/wait", "/release")]
)
def test_webhooks_and_pages_take_no_threads_of_each_other(port: int, taken: str, free: str) -> None:
    asked = f"POST {taken} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode()
    with silent(port, asked, CONNECTIONS // 2):
        assert post(port, free).ok


def test_a_stop_does_not_wait_for_a_request_that_does_not_come() -> None:
    with serving(REQUEST_SECONDS="60") as (port, process), silent(port, b"GE", 10):
        assert answers(port)
        process.terminate()
        assert process.wait(PROMPTLY) == 0
