"""What goes wrong with each call to Twilio and OpenAI, by chance: the same seed, the same faults.

The dice are thrown for what a call says and how often it has been said, so that they fall alike
in whatever order the calls come.
"""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator

from tests.doubles import completions, messages
from tests.doubles.base import Choice, Fault
from tests.doubles.openai import COMPLETIONS
from tests.doubles.server import Request, Response

JSON = {"Content-Type": "application/json"}
GARBAGE = Response(200, b'{"choices": [], "messages": 7, ', JSON)
NONSENSE = Response(201, b"<html>Welcome</html>", {"Content-Type": "text/html"})


def _drops() -> Iterator[bytes]:
    for _ in range(200):
        time.sleep(1)
        yield b" "


# No time-out between two pieces ends it: whoever may wait longer than HANG_SECONDS for the whole of
# it hangs.
ENDLESS = Fault(path=COMPLETIONS, response=Response(200, b"", JSON, _drops))

Make = Callable[[random.Random], Fault]
Table = tuple[tuple[float, Make], ...]  # how likely, and what

MODEL: Table = (
    (0.02, lambda _: Fault(response=completions.error(429, "rate_limit_exceeded"))),
    (0.02, lambda _: Fault(response=completions.error(500, None))),
    (0.02, lambda _: Fault()),
    (0.01, lambda _: Fault(accept=True)),
    (0.02, lambda _: Fault(response=GARBAGE)),
    (0.01, lambda chance: Fault(seconds=chance.uniform(5, 32))),
)
TWILIO: Table = (
    (0.02, lambda _: Fault(response=messages.error(429, 20429))),
    (0.01, lambda _: Fault(response=messages.error(500, 20500))),
    (0.02, lambda _: Fault(response=messages.error(503, 20500), accept=True)),
    (0.01, lambda _: Fault()),
    (0.02, lambda _: Fault(accept=True)),
    (0.02, lambda _: Fault(response=NONSENSE, accept=True)),
    (0.01, lambda chance: Fault(seconds=chance.uniform(3, 12), accept=True)),
)
LIST: Table = (
    (0.05, lambda _: Fault(on="GET", response=messages.error(500, 20500))),
    (0.03, lambda _: Fault(on="GET")),
    (0.03, lambda _: Fault(on="GET", response=GARBAGE)),
)


class Trouble:
    """Chooses a double's faults; `count` tells how many there were of each provider."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._said: Counter[str] = Counter()
        self.count: Counter[str] = Counter()

    def of_model(self) -> Choice:
        return lambda request: self._choose("model", MODEL, request)

    def of_twilio(self) -> Choice:
        return lambda request: self._choose(
            "twilio", LIST if request.method == "GET" else TWILIO, request
        )

    def _choose(self, provider: str, table: Table, request: Request) -> Fault | None:
        said = hashlib.sha256(repr((request.method, request.query)).encode() + request.body)
        name = f"{self._seed} {provider} {said.hexdigest()}"
        self._said[name] += 1
        chance = random.Random(f"{name} {self._said[name]}")
        left = chance.random()
        for likely, make in table:
            left -= likely
            if left < 0:
                self.count[provider] += 1
                return make(chance)
        return None
