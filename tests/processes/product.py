"""The whole product, started as its users start it, on a data directory of its own."""

import json
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast

import psutil
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from config import Config
from tests.support import eventually as often
from tests.support.processes import ROOT
from wa_assistant.work.queue import BELLS

GUARDED = ("python3", "-I", "deploy/guard.py", ".venv/bin/python", "-m", "deploy.start")
MAKE = ("make", "run")
START_SECONDS = 60  # on a busy machine; an idle one needs 3
STOP_SECONDS = 10  # what is promised


T = TypeVar("T")


def eventually(condition: Callable[[], T], timeout: float, message: str = "") -> T:
    """As the other tests' own, but ten times a second: these questions are dear to answer."""
    return often.eventually(lambda: condition() or cast("T", time.sleep(0.1)), timeout, message)


class Product:
    """Start it, ask it, stop it; its processes are known by their environment."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = int(environment.get("PORT") or free_port())
        # An empty name counts as not given, whatever a .env here says.
        self.environment = dict.fromkeys([field.name for field in fields(Config)], "") | {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
            "LOG_FORMAT": "text",
            **environment,
        }
        self.log = data_dir.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, command: tuple[str, ...] = GUARDED) -> None:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # as a terminal does: a process group of its own
            )

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process
        return self._process

    def wait(self, timeout: float = STOP_SECONDS) -> int:
        return self.process.wait(timeout)

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def await_said(self, pattern: str, timeout: float = START_SECONDS) -> None:
        try:
            eventually(lambda: re.search(pattern, self.said), timeout)
        except AssertionError:
            raise AssertionError(f"It never said {pattern!r}, but:\n{self.said}") from None

    def await_ready(self) -> None:
        self.await_said("Ready: ")

    def health(self) -> dict[str, Any] | None:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/health", timeout=5
            ) as answer:
                checks: dict[str, Any] = json.loads(answer.read())["checks"]
                return checks
        except (OSError, urllib.error.URLError):
            return None

    def healthy(self) -> bool:
        checks = self.health()
        return bool(checks and checks["redis"] == "ok" and checks["engine"] == "ok")

    @property
    def queue(self) -> Queue:
        """Where the engine finds its bells; any importable function is a job to it."""
        socket = self.data_dir / "run" / "valkey.sock"
        redis = Redis(unix_socket_path=str(socket))
        return Queue(BELLS, connection=redis, serializer=JSONSerializer)

    def processes(self) -> list[psutil.Process]:
        """All that came of it, known by the data directory in their environment."""
        mark = f"DATA_DIR={self.data_dir}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(psutil.Process(int(path.parent.name)))
            except (OSError, psutil.Error):
                continue
        return found

    def find(self, *words: str) -> list[psutil.Process]:
        """Those with `words` in their command line, parents before their children."""
        found = []
        for process in self.processes():
            try:
                if all(word in " ".join(process.cmdline()) for word in words):
                    found.append(process)
            except psutil.Error:
                continue
        pids = {process.pid for process in found}
        return sorted(found, key=lambda process: process.ppid() in pids)

    def await_process(self, *words: str) -> psutil.Process:
        return eventually(lambda: self.find(*words), START_SECONDS)[0]

    def await_gone(self, timeout: float = STOP_SECONDS) -> None:
        try:
            eventually(lambda: not self.processes(), timeout)
        except AssertionError:
            left = [process.cmdline() for process in self.processes()]
            raise AssertionError(f"Left behind: {left}\n{self.said}") from None

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Stop it as promised: at once, whole. The seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.wait()
        self.await_gone(began + STOP_SECONDS - time.monotonic())
        return time.monotonic() - began

    def kill_what_is_left(self) -> None:
        kill(*self.processes())
        if self._process:
            self._process.wait()


def kill(*processes: psutil.Process) -> None:
    """Kill each that still runs: one may go with its parent, or by itself, before its turn."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def free_port() -> int:
    """One that nobody listens on, and that no connection of this machine is given for its own end.

    Whoever asks for it needs a moment to listen there. A port of the range that the system itself
    gives out (from 32768 on) might be gone by then, for one of a thousand connections.
    """
    for port in random.sample(range(12_000, 32_000), 50):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("None of fifty ports is free")
