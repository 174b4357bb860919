"""A real Valkey for each test process, emptied before each test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from deploy.start import valkey_directory

from . import processes
from .eventually import eventually


class Valkey:
    """`stop` and `start` take it away and bring it back, empty."""

    def __init__(self, directory: Path, name: str) -> None:
        self._socket = directory / name
        self._process: subprocess.Popen[bytes] | None = None
        self.redis: Redis = Redis(unix_socket_path=str(self._socket))

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        if self._process and self._process.poll() is None:
            return
        options = ["--port", "0", "--save", "", "--unixsocket", str(self._socket)]
        self._process = processes.start(
            [Path(valkey_directory(), "valkey-server"), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(self._answers, message="Valkey did not start.")

    def stop(self) -> None:
        if self._process:
            self.redis.close()
            processes.stop(self._process)
            self._process = None
            self._socket.unlink(missing_ok=True)

    def _answers(self) -> bool:
        with suppress(RedisError):
            return bool(self.redis.ping())
        return False


@pytest.fixture(scope="session")
def valkey_server(run_directory: Path) -> Iterator[Valkey]:
    server = Valkey(run_directory, f"valkey-{os.getpid()}.sock")
    yield server
    server.stop()


@pytest.fixture
def valkey(valkey_server: Valkey) -> Valkey:
    valkey_server.start()
    valkey_server.redis.flushall()
    return valkey_server
