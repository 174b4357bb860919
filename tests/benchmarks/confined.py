"""The product in so little memory: a cgroup of its own, which takes root to make."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.eventually import eventually

from .figures import MIB, line

MOUNT = Path("/sys/fs/cgroup")
# Of version 1 where that has the memory, else of version 2: the limit, the peak, what happened.
OLD = ("memory.limit_in_bytes", "memory.max_usage_in_bytes", "memory.oom_control")
NEW = ("memory.max", "memory.peak", "memory.events")


class Unlimited:
    def leave(self) -> None:
        """What is started from now on is outside again."""

    def tell(self) -> None:
        """How much it came to at most, and whether anybody was killed for it."""


class Group(Unlimited):
    """One for this process and its children to `enter`."""

    def __init__(self, mib: int) -> None:
        is_old = (MOUNT / "memory").is_dir()
        mount, files = (MOUNT / "memory", OLD) if is_old else (MOUNT, NEW)
        self._home = mount / _ours("memory" if is_old else "")
        self._path = mount / f"wa-bench-{os.getpid()}"
        self._path.mkdir()
        self._limit, self._peak, self._events = (self._path / name for name in files)
        self._limit.write_text(str(mib * MIB))
        self._mib = mib

    def enter(self) -> None:
        (self._path / "cgroup.procs").write_text(str(os.getpid()))

    def leave(self) -> None:
        (self._home / "cgroup.procs").write_text(str(os.getpid()))

    def tell(self) -> None:
        events = dict(each.split() for each in self._events.read_text().splitlines())
        peak = int(self._peak.read_text()) / MIB
        line(f"peak in a cgroup of {self._mib} MiB", peak, "MiB", f"{events['oom_kill']} killed")

    def remove(self) -> None:
        eventually(lambda: not (self._path / "cgroup.procs").read_text(), 30)
        self._path.rmdir()


def _ours(controller: str) -> str:
    """The path of the cgroup that this process is in."""
    rows = (each.split(":", 2) for each in Path("/proc/self/cgroup").read_text().splitlines())
    return next(path for _, name, path in rows if name == controller).lstrip("/")


@contextmanager
def limit(mib: int) -> Iterator[Unlimited]:
    """Whatever is started before its `leave` has so much memory at most; 0: as much as there is.

    The page cache is part of it, and given back where it is wanted.
    """
    if not mib:
        yield Unlimited()
        return
    group = Group(mib)
    group.enter()
    try:
        yield group
    finally:
        group.leave()
        group.remove()
