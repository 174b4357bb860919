"""The engine's scheduled jobs and how they went lately, in memory: whoever keeps it takes it here.

Of each job the latest run alone. Nothing is written where a job ends, and most end every few
seconds; a crash loses what was not taken yet.
"""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple


class Run(NamedTuple):
    """`seconds` it took; `error`, the kind of what it ended by, without its words: "" where it
    went well."""

    began_at: datetime
    seconds: float
    error: str


class Ran(NamedTuple):
    """`every`: how many seconds lie between two runs of each job; `latest`: the runs, by job."""

    every: Mapping[str, int]
    latest: Mapping[str, Run]


_lock = threading.Lock()
_every: dict[str, int] = {}
_latest: dict[str, Run] = {}


def expect(every: Mapping[str, int]) -> None:
    """This process does these from now on, each after so many seconds again."""
    with _lock:
        _every.clear()
        _every.update(every)


def note(job: str, run: Run) -> None:
    with _lock:
        _latest[job] = run


def take() -> Ran:
    """What is scheduled here, and the runs of it that ended since it was asked last."""
    with _lock:
        taken = {job: run for job, run in _latest.items() if job in _every}
        _latest.clear()
        return Ran(dict(_every), taken)
