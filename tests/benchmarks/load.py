"""Signed webhooks, made beforehand, posted over connections that stay open."""

import http.client
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.doubles.webhooks import INBOUND, Webhooks


class Call(NamedTuple):
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Took:
    """`seconds` in all, and `each` call's, sorted; when each call was `sent`, by the clock."""

    seconds: float
    each: list[float]
    sent: list[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds

    def ms(self, share: float) -> float:
        """Milliseconds within which so large a share of the calls was answered."""
        return 1000 * within(share, self.each)


def within(share: float, ordered: Sequence[float]) -> float:
    """What so large a share of these does not exceed."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def calls(twilio: Webhooks, count: int, people: int, start: int = 0) -> list[Call]:
    """`count` messages, `people` writing in turn."""
    return [
        message(twilio, number % people, f"Quanto custa? {number}")
        for number in range(start, start + count)
    ]


def message(twilio: Webhooks, person: int, words: str) -> Call:
    return signed(twilio, INBOUND, twilio.inbound(address(person), words))


def address(person: int) -> str:
    return f"whatsapp:+55119{person:08}"


def signed(twilio: Webhooks, path: str, form: Mapping[str, Any]) -> Call:
    headers = twilio.sign(path, form)
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return Call(path, urlencode(form).encode(), headers)


def post(port: int, made: Sequence[Call], at_once: int, per_second: float = 0) -> Took:
    """Post them all, so many at once: as fast as they are taken, or at a pace."""
    began = time.monotonic()
    sent = [0.0] * len(made)

    def run(share: Sequence[tuple[int, Call]]) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        took = []
        for number, call in share:
            if per_second:
                time.sleep(max(0.0, began + number / per_second - time.monotonic()))
            sent[number] = time.time()
            start = time.perf_counter()
            connection.request("POST", call.path, call.body, call.headers)
            response = connection.getresponse()
            response.read()
            took.append(time.perf_counter() - start)
            assert response.status == 200, response.status
        connection.close()
        return took

    numbered = list(enumerate(made))
    with ThreadPoolExecutor(at_once) as pool:
        found = [*pool.map(run, [numbered[first::at_once] for first in range(at_once)])]
    each = sorted(one for took in found for one in took)
    return Took(time.monotonic() - began, each, sent)
