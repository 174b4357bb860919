"""The inside of a process that is apart (apart.py): little memory, little time, no secrets and no
database. A request is a line of JSON, its result a line too; the process ends when its standard
input does.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any


def serve(answer: Callable[[dict[str, Any]], dict[str, Any]], memory: int) -> None:
    """Answer requests within `memory` bytes of address space, and each within its own "seconds" of
    a processor; beyond either the kernel ends the process."""
    # What a library prints is no result.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _allow(request["seconds"])
        results.write(json.dumps(answer(request)).encode() + b"\n")
        results.flush()


def _allow(seconds: int) -> None:
    """Let this process use so much more of a processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
