"""How long a command at a shell waits, where it stands, for an embedding service that is away.

A worker does not: it lays its work down, and the policy's pauses say when another goes on.
"""

import time
from collections.abc import Sequence

from .pending import LONGEST_PAUSE

IMPORT = (2, 5, 15)  # seconds
REINDEX = (5, 15, 30, 60, 120)


class Patience:
    """Pauses, one after the other, and all anew each time the work got on: slow is not away."""

    def __init__(self, pauses: Sequence[int]) -> None:
        self._pauses = pauses
        self._left = iter(pauses)
        self._done = 0

    def wait(self, done: int, wish: float) -> bool:
        """Wait for the next pause, or for `wish` seconds where that is more; False after the last.

        `done`: how much of the work is done by now.
        """
        if done > self._done:
            self._done, self._left = done, iter(self._pauses)
        pause = next(self._left, None)
        if pause is None:
            return False
        time.sleep(min(max(pause, wish), LONGEST_PAUSE))
        return True
