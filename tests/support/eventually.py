import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(condition: Callable[[], T], timeout: float = 10, message: str = "") -> T:
    """Ask until the condition holds and give back what it said; fail after `timeout` seconds."""
    ends = time.monotonic() + timeout
    while not (found := condition()):
        if time.monotonic() > ends:
            raise AssertionError(message or f"Still not so after {timeout:g} s: {found!r}")
        time.sleep(0.01)
    return found
