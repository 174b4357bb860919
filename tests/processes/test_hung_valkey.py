"""A Valkey that stands still is killed and started anew; one that is slow to load is not."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from deploy import valkey_watch
from deploy.valkey_watch import MOST_SILENT, Watch
from tests.support import processes

from .product import START_SECONDS, Product, eventually
from .test_casualties import assert_works

# Takes connections without end, or none, and says what it is told to.
SERVER = """
import contextlib, socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(8)
print(flush=True)
while True:
    connection, _ = listener.accept()
    with contextlib.suppress(OSError):
        connection.recv(9)
        connection.sendall(sys.argv[2].encode())
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(valkey_watch, "PATIENCE_SECONDS", 0.2)


@contextmanager
def server(path: Path, says: str) -> Iterator[subprocess.Popen[bytes]]:
    process = processes.start_python("-c", SERVER, path, says, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        path.unlink()


def look(watch: Watch, times: int) -> None:
    for _ in range(times):
        watch.look()


def fill_the_line(path: Path) -> list[socket.socket]:
    """Who waits to be taken, until nobody else may."""
    waiting: list[socket.socket] = []
    with suppress(BlockingIOError):
        while len(waiting) < 100:
            waiting.append(socket.socket(socket.AF_UNIX))
            waiting[-1].setblocking(False)
            waiting[-1].connect(str(path))
    return waiting


def test_who_stands_still_is_killed_and_not_before_it_was_asked_again(tmp_path):
    path = tmp_path / "valkey.sock"
    watch = Watch(path)
    with server(path, "+PONG\r\n") as process:
        look(watch, MOST_SILENT + 1)
        process.send_signal(signal.SIGSTOP)
        look(watch, MOST_SILENT - 1)
        process.send_signal(signal.SIGCONT)
        look(watch, 1)  # it was only slow, and begins anew
        process.send_signal(signal.SIGSTOP)
        look(watch, MOST_SILENT - 1)
        assert process.poll() is None
        look(watch, 1)
        assert process.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize("said", ["-LOADING it reads its file\r\n", "-MISCONF no room\r\n"])
def test_who_answers_anything_at_all_lives(tmp_path, said):
    path = tmp_path / "valkey.sock"
    watch = Watch(path)
    with server(path, said) as process:
        look(watch, 2 * MOST_SILENT)
        assert process.poll() is None


def test_where_none_runs_nobody_is_killed(tmp_path):
    path = tmp_path / "valkey.sock"
    watch = Watch(path)
    look(watch, 2 * MOST_SILENT)
    with server(path, "+PONG\r\n"):
        look(watch, 1)
    look(watch, 2 * MOST_SILENT)


def test_one_whose_line_is_full_is_known_from_before(tmp_path):
    path = tmp_path / "valkey.sock"
    watch = Watch(path)
    with server(path, "+PONG\r\n") as process:
        look(watch, 1)
        process.send_signal(signal.SIGSTOP)
        waiting = fill_the_line(path)
        look(watch, MOST_SILENT)
        assert process.wait(10) == -signal.SIGKILL
        for each in waiting:
            each.close()


@pytest.mark.long
def test_the_products_own_comes_back(product: Product):
    product.start()
    product.await_ready()
    valkey = product.await_process("valkey-server")
    valkey.suspend()
    eventually(lambda: not valkey.is_running(), START_SECONDS, product.said)
    product.await_said("Valkey does not answer, so it is killed and started anew.")
    eventually(product.healthy, START_SECONDS)
    assert_works(product)
    product.stop()
