"""The spool: a file in DATA_DIR that keeps signed webhooks while the database cannot.

Twilio does not repeat a webhook that we refuse, so what is answered 200 must be kept somewhere.
While the database is away that is here: `append` has a webhook on the disk before it returns,
`drain` hands them on in their order once the database is back.

The file's first line is a number: how many of its bytes the database has already. Each other line
is a webhook, as JSON. A SIGKILL may come at any step: the number is raised only after a webhook
was handed on, and the file removed only when all of it was, so at worst one is handed on again,
which the webhook log's unique key makes harmless. A line without its end was being written when its
process died; nobody was told that it is kept, and `drain` puts it into `.torn` for a person. What
a full disk takes a piece of only is cut off again.

Two locks, because appending must not wait for draining: `.lock` is held to write or read a line and
to remove the file, `.draining` by whoever drains.
"""

import base64
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self

from flask import current_app

from .. import logs
from ..models import Kind

log = logs.get(__name__)

NAME = "webhooks.spool"
DIGITS = 20
START = b"%0*d\n" % (DIGITS, DIGITS + 1)  # the file's first line: only itself is done with


@dataclass(frozen=True)
class Entry:
    """A webhook as it came, and when."""

    kind: Kind
    body: bytes
    received_at: datetime
    simulated: bool = False

    def line(self) -> bytes:
        fields = {
            "kind": self.kind,
            "body": base64.b64encode(self.body).decode(),
            "received_at": self.received_at.isoformat(),
            "simulated": self.simulated,
        }
        return json.dumps(fields).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Raises ValueError, KeyError or TypeError where `line` is no entry."""
        fields = json.loads(line)
        return cls(
            Kind(fields["kind"]),
            base64.b64decode(fields["body"], validate=True),
            datetime.fromisoformat(fields["received_at"]),
            bool(fields["simulated"]),
        )


def append(entry: Entry) -> None:
    """Have `entry` on the disk; raises OSError, and then it is not kept."""
    with _locked(".lock"):
        _write(_path(), entry.line())


def is_empty() -> bool:
    """Whether the database has all of it, as nearly always."""
    return not any(True for _ in _rest())


def waiting() -> int:
    """How many webhooks the database does not have yet."""
    return sum(1 for _ in _rest())


def drain(take: Callable[[Entry], None], seconds: float) -> int:
    """Hand what waits to `take`, oldest first, for so long; how many that were.

    Nothing is done while another drains. What `take` raises ends it: that entry stays the next.
    """
    if not _path().exists():
        return 0
    with _locked(".draining", wait=False) as held:
        if not held or not _path().exists():
            return 0
        with _path().open("r+b") as file:
            return _drain(file, take, time.monotonic() + seconds)


def keep_apart(line: bytes) -> None:
    """Keep what cannot be handed on where a person finds it."""
    log.error("a line of the spool is no webhook we can keep", kept_in=f"{NAME}.torn")
    _write(_path(".torn"), line, start=b"")


def _rest() -> Iterator[bytes]:
    try:
        with _path().open("rb") as file:
            file.seek(_done(file))
            yield from file
    except OSError:  # mostly because there is no such file
        return


def _drain(file: BinaryIO, take: Callable[[Entry], None], ends: float) -> int:
    count = position = first = 0
    while time.monotonic() < ends:
        if position == 0:
            position = first = _done(file)
        with _locked(".lock"):
            line = _line(file, position)
        if not line.endswith(b"\n"):
            if _remove(file, position):
                break
            continue  # another has written one meanwhile
        count += _hand_on(line, take)
        position += len(line)
        if first:  # else these bytes are another line's
            os.pwrite(file.fileno(), b"%0*d" % (DIGITS, position), 0)
    return count


def _line(file: BinaryIO, position: int) -> bytes:
    """What stands there; nobody else writes meanwhile."""
    file.seek(0, os.SEEK_END)  # what was read ahead may have been cut off since
    file.seek(position)
    return file.readline()


def _remove(file: BinaryIO, position: int) -> bool:
    """Remove the file unless something whole stands after `position`."""
    with _locked(".lock"):
        rest = _line(file, position)
        if rest.endswith(b"\n"):
            return False
        if rest:
            keep_apart(rest)
        _path().unlink()
    return True


def _hand_on(line: bytes, take: Callable[[Entry], None]) -> bool:
    try:
        entry = Entry.read(line)
    except (ValueError, KeyError, TypeError):
        keep_apart(line)
        return False
    take(entry)
    return True


def _done(file: BinaryIO) -> int:
    """Where the first entry stands that was not handed on; 0 where the first line does not say, or
    names more bytes than there are."""
    file.seek(0)
    first = file.read(len(START))
    is_whole = len(first) == len(START) and first[:-1].isdigit() and first.endswith(b"\n")
    done = int(first) if is_whole else 0
    return done if done <= os.fstat(file.fileno()).st_size else 0


def _write(path: Path, line: bytes, start: bytes = START) -> None:
    """Append `line` to the disk; where that fails, the piece of it that was written is cut off."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size < len(start):  # a piece of a first line, by a process that died over it
            os.ftruncate(descriptor, 0)
            size = 0
        is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        if is_torn:
            _write_all(descriptor, b"\n")
            size += 1
        try:
            _write_all(descriptor, (b"" if size else start) + line)
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
        _sync_directory(path.parent)  # the file may be new
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(suffix: str, *, wait: bool = True) -> Iterator[bool]:
    """Whether the lock is ours; a process that dies lets go of it."""
    descriptor = os.open(_path(suffix), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _path(suffix: str = "") -> Path:
    directory: Path = current_app.config["DATA_DIR"]
    return directory / f"{NAME}{suffix}"
