"""Signed webhooks, made beforehand, posted over connections that stay open."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from tests.doubles.webhooks import INBOUND, Webhooks


class Call(NamedTuple):
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Took:
    """`seconds` in all, and `each` call's, sorted."""

    seconds: float
    each: list[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    def ms(self, share: float) -> float:
        """Milliseconds within which so large a share of the calls was answered."""
        return 1000 * self.each[min(len(self.each) - 1, int(share * len(self.each)))]


def calls(twilio: Webhooks, count: int, people: int, start: int = 0) -> list[Call]:
    """`count` messages, `people` writing in turn."""
    made = []
    for number in range(start, start + count):
        form = twilio.inbound(f"whatsapp:+55119{number % people:08}", f"Quanto custa? {number}")
        headers = twilio.sign(INBOUND, form)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        made.append(Call(urlencode(form).encode(), headers))
    return made


def post(port: int, made: Sequence[Call], at_once: int, per_second: float = 0) -> Took:
    """Post them all, so many at once: as fast as they are taken, or at a pace."""
    began = time.monotonic()

    def run(share: Sequence[tuple[int, Call]]) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        took = []
        for number, call in share:
            if per_second:
                time.sleep(max(0.0, began + number / per_second - time.monotonic()))
            start = time.perf_counter()
            connection.request("POST", INBOUND, call.body, call.headers)
            response = connection.getresponse()
            response.read()
            took.append(time.perf_counter() - start)
            assert response.status == 200, response.status
        connection.close()
        return took

    numbered = list(enumerate(made))
    with ThreadPoolExecutor(at_once) as pool:
        found = [*pool.map(run, [numbered[first::at_once] for first in range(at_once)])]
    return Took(time.monotonic() - began, sorted(each for took in found for each in took))
