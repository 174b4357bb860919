"""Whether a job that is rung for is done: rung as all others are, and done as all others are.

A heartbeat says that a process lives. This says that Redis takes a bell, that the engine hears it
and has a thread for it, and that the database keeps what it writes.
"""

import time

from ..models import Checked
from ..work.queue import later
from . import checks


def begin() -> None:
    """Ring for one, on the schedule. Redis that is away is told of by who is told of nothing."""
    later("jobs.probe.end", round(time.time() * 1000))


def end(rung_at_ms: int) -> None:
    """It is done; and so long after it was rung for."""
    waited = max(0.0, time.time() - rung_at_ms / 1000)
    checks.keep(Checked.ENGINE, {"seconds": round(waited, 3)})
