"""A disk of a few megabytes that a test can fill, and make room on."""

import errno
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wa_assistant.operations import room

MIB = 1024 * 1024


class Disk:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """To the last byte."""
        with self._ballast.open("ab", buffering=0) as file:
            for piece in (MIB, 4096, 1):
                try:
                    while file.write(bytes(piece)) == piece:
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
        room.forget()

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)
        room.forget()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Disk]:
    """Skips the test where nobody may mount."""
    # pytest's own directories make a unix socket's path too long.
    with tempfile.TemporaryDirectory(prefix="wa-disk-") as directory:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", directory]
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no disk can be made to be filled: {done.stderr.strip()}")
        try:
            yield Disk(Path(directory))
        finally:
            subprocess.run(["umount", "--lazy", directory], check=True)


@pytest.fixture
def disk() -> Iterator[Disk]:
    with small_disk(16) as found:
        yield found
