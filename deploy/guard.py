"""Runs one command and answers for everything that comes of it.

    python3 -I deploy/guard.py COMMAND [ARGUMENT ...]

A stop (SIGTERM, Ctrl-C, a closed terminal, the death of our own parent) reaches the command as
SIGTERM. When the command ends, by itself or by SIGKILL, whatever it left behind is ended too:
as "subreaper" we inherit every orphan below us, so none can slip away. Standard library only,
because it also guards the making of the virtual environment.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import stat
import sys
import time
from pathlib import Path
from typing import NoReturn

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
STOPS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT}
FAILED = signal.SIGUSR1  # from deploy/listener.py: stop everything, and say that it failed
WATCHED = STOPS | {FAILED, signal.SIGCHLD}
PATIENCE_SECONDS = 8.5  # then what still runs is killed; a stop is promised within 10
LEFTOVER_SECONDS = 3.0
GUARD = "WA_ASSISTANT_GUARD"  # our process id, for whoever must reach us

libc = ctypes.CDLL(None, use_errno=True)


def main(command: list[str]) -> int:
    tie_to_parent(os.getppid())
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    reader = usable_output()
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    status, failed, deadline = watch(start(command))
    end_leftovers(min(deadline, time.monotonic() + LEFTOVER_SECONDS), spare=reader)
    if reader:
        os.close(1)
        os.close(2)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(reader, 0)
    code = os.waitstatus_to_exitcode(status)
    return 1 if failed else 128 - code if code < 0 else code


def tie_to_parent(parent: int) -> None:
    """Have the kernel send us SIGTERM when `parent` dies."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def usable_output() -> int | None:
    """Make of our output something supervisord can open again as /dev/fd/1.

    A socket (journald, many test runners) or another user's terminal cannot be: a process stands
    between. A regular file must append, or the processes overwrite each other's lines.
    """
    closed = [fd for fd in (1, 2) if not opens_again(fd)]
    if not closed:
        return None
    source, pipe = os.pipe()
    reader = os.fork()
    if not reader:
        os.close(pipe)
        pass_on(source, closed[0])
    for fd in closed:
        os.dup2(pipe, fd)
    os.close(source)
    os.close(pipe)
    return reader


def pass_on(source: int, fd: int) -> NoReturn:
    """Until the last who writes has ended. What cannot be written, on a full disk, is dropped."""
    os.setsid()
    while data := os.read(source, 64 * 1024):
        with contextlib.suppress(OSError):
            while data:
                data = data[os.write(fd, data) :]
    os._exit(0)


def opens_again(fd: int) -> bool:
    if stat.S_ISREG(os.fstat(fd).st_mode):
        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_APPEND)
    try:
        os.close(os.open(f"/dev/fd/{fd}", os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def start(command: list[str]) -> int:
    guard = os.getpid()
    child = os.fork()
    if child:
        return child
    # Its own process group: a Ctrl-C reaches it through us alone, once and in order.
    os.setpgid(0, 0)
    tie_to_parent(guard)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    try:
        os.execvpe(command[0], command, {**os.environ, GUARD: str(guard)})  # noqa: S606
    except OSError as error:
        with contextlib.suppress(OSError):
            os.write(2, f"{command[0]}: {error.strerror}\n".encode())
        os._exit(127)


def watch(child: int) -> tuple[int, bool, float]:
    """Wait for `child`, passing stops on: how it ended, whether we were told of a failure, and
    until when everything must be over."""
    deadline, failed = float("inf"), False
    while True:
        left = min(deadline - time.monotonic(), 3600.0)
        got = signal.sigtimedwait(WATCHED, max(left, 0))
        if got and got.si_signo != signal.SIGCHLD:
            failed = failed or got.si_signo == FAILED
            deadline = min(deadline, time.monotonic() + PATIENCE_SECONDS)
            os.kill(child, signal.SIGTERM)
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        for pid, status in reaped():
            if pid == child:
                return status, failed, deadline


def reaped() -> list[tuple[int, int]]:
    """The children, inherited ones included, that have ended since we last looked."""
    ended: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended.append((pid, status))


def end_leftovers(deadline: float, spare: int | None) -> None:
    """Ask every orphan to end, then make it; each that ends may leave us new ones."""
    asked: set[int] = set()
    while left := children() - {spare}:
        late = time.monotonic() > deadline
        for pid in left if late else left - asked:
            os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        asked |= left
        signal.sigtimedwait({signal.SIGCHLD}, 0.2)
        for pid in left:
            os.waitpid(pid, os.WNOHANG)


def children() -> set[int]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text(errors="replace")
        except OSError:
            continue  # it ended while we looked
        state, parent = text.rpartition(")")[2].split()[:2]
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(path.parent.name))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
