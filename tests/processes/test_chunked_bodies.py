"""A body in chunks: taken when it is whole, refused as soon as it is too large."""

import re
import socket
from collections.abc import Iterator

import pytest
import requests

from deploy.chunks import MOST_CHUNKS, Chunks
from deploy.peer import MOST_BODY

from .sockets import connect, silent
from .test_web_worker import CONNECTIONS, KIB, PROMPTLY, get, serving

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"


@pytest.fixture
def port() -> Iterator[int]:
    with serving(REQUEST_SECONDS="2") as (port, _):
        yield port


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (*pieces, b""))


def post(port: int, pieces: list[bytes]) -> requests.Response:
    return requests.post(f"http://127.0.0.1:{port}/", iter(pieces), timeout=PROMPTLY)


def status(peer: socket.socket) -> int:
    return int(peer.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    "pieces", [[], [b"a", b"bc"], [b"x" * 300 * KIB, b"\r\n0\r\n\r\n"], [b"x" * 8 * KIB] * 120]
)
def test_a_whole_body_is_the_applications_to_read(port: int, pieces: list[bytes]) -> None:
    assert post(port, pieces).text == str(sum(map(len, pieces)))


@pytest.mark.parametrize("size", [MOST_BODY, 3 * MOST_BODY])
def test_one_that_is_too_large_is_refused_by_name(port: int, size: int) -> None:
    assert post(port, [b"x" * 64 * KIB] * (size // (64 * KIB))).status_code == 413


@pytest.mark.parametrize("announced", [b"7fffffff\r\nx", b"ffffffff\r\n", b"100000\r\n"])
def test_and_before_it_has_come(port: int, announced: bytes) -> None:
    with connect(port, HEAD + b"\r\n" + announced) as peer:
        assert status(peer) == 413


@pytest.mark.parametrize(
    "nonsense", [b"x" * 10, b"3\r\nabcde" + b"x" * 9, b"-1\r\n" + b"x" * 9, b"1;a=b\r\nx\r\n" * 2]
)
def test_what_is_no_chunk_is_refused(port: int, nonsense: bytes) -> None:
    with connect(port, HEAD + b"\r\n" + nonsense) as peer:
        assert status(peer) == 400


def test_two_lengths_are_refused(port: int) -> None:
    both = HEAD + b"Content-Length: 4\r\n\r\n" + chunked(b"body")
    with connect(port, both) as peer:
        assert status(peer) == 400


def test_chunks_without_end_hold_nobody_up(port: int) -> None:
    with silent(port, HEAD + b"\r\n1\r\nx\r\n", CONNECTIONS // 2):
        assert get(port).ok


def test_in_pieces_and_with_another_request_behind_it(port: int) -> None:
    with connect(port) as peer:
        for byte in HEAD + b"\r\n" + chunked(b"four", b"five5"):
            peer.sendall(bytes([byte]))
        peer.sendall(b"GET / HTTP/1.0\r\n\r\n")
        said = peer.makefile("rb").read()
    assert re.findall(rb"\r\n\r\n(\d+)", said) == [b"9", b"0"]


def test_who_waits_for_a_word_before_it_sends_them_gets_it(port: int) -> None:
    with connect(port, HEAD + b"Expect: 100-continue\r\nConnection: close\r\n\r\n") as peer:
        assert peer.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(chunked(b"body"))
        assert peer.makefile("rb").read().endswith(b"\r\n\r\n4")


def test_so_many_chunks_and_no_more() -> None:
    for count, refusal in ((MOST_CHUNKS - 1, 0), (MOST_CHUNKS, 413)):
        chunks = Chunks(0, MOST_BODY)
        assert chunks.are_whole(bytearray(chunked(*[b"x"] * count)))
        assert chunks.refusal == refusal


def test_all_that_is_missing_is_waited_for() -> None:
    whole = chunked(b"four", b"x" * 20)
    for size in range(len(whole)):
        assert not Chunks(0, MOST_BODY).are_whole(bytearray(whole[:size]))
