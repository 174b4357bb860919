"""Child processes that never outlive the tests."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WITH_ITS_PARENT = ("setpriv", "--pdeathsig", "TERM", "--")


def start(command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process that is told to end when the process that runs the tests ends."""
    return subprocess.Popen([*WITH_ITS_PARENT, *map(str, command)], cwd=ROOT, **options)


def start_python(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    return start([sys.executable, *arguments], **options)


def stop(process: subprocess.Popen[bytes], timeout: float = 10) -> int:
    """End it kindly, and else by force; its exit status."""
    process.terminate()
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
