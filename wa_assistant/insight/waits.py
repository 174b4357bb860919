"""How long participants wait for the first answer, in bins whose number has an end.

Each bin is a twelfth longer than the one before, so that a percentile read from them is off by less
than PERCENT_OFF of the time it tells, however many answers there are.
"""

import math
from collections.abc import Mapping

LEAST, MOST = 0.25, 30 * 86400.0  # seconds; what is shorter or longer counts as these
RATIO = 2 ** (1 / 9)
PERCENT_OFF = 4
LAST = math.ceil(math.log(MOST / LEAST, RATIO))


def bin_of(seconds: float) -> int:
    """From 0 to LAST."""
    if seconds <= LEAST:
        return 0
    return min(LAST, math.ceil(math.log(seconds / LEAST, RATIO)))


def seconds_of(number: int) -> float:
    """The middle of a bin."""
    return LEAST * RATIO ** (number - 0.5) if number else LEAST


def percentile(share: float, bins: Mapping[int, int]) -> float | None:
    """Seconds within which that `share` of the answers came; None where there was none."""
    total = sum(bins.values())
    reached = 0
    for number in sorted(bins):
        reached += bins[number]
        if reached >= share * total:
            return seconds_of(number)
    return None
