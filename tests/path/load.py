"""Messages from many at once, some delivered twice, through the real product; then the count.

    .venv/bin/python -m tests.path.load --postgres

The product is started on a directory of its own, on SQLite unless --postgres or --database-url
says otherwise. It exits 1 when anything was lost, doubled or out of order.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tests.settlement import lost, out_of_order, twice
from tests.support.postgres import postgres
from wa_assistant.models import Direction, Message

from .whole import Whole, whole


@dataclass(frozen=True)
class Load:
    messages: int = 200
    participants: int = 40
    repeats: int = 50
    at_once: int = 16
    per_second: float = 0  # 0: as fast as they are taken
    seed: int = 20261123

    def deliveries(self) -> list[tuple[str, str, str]]:
        """(address, body, SID) of each delivery, in the order of their sending."""
        chance = random.Random(self.seed)
        people = [f"whatsapp:+55119{n:08}" for n in range(1, self.participants + 1)]
        written = [
            (people[n % len(people)], f"message {n}", f"SM{self.seed:016x}{n:016x}")
            for n in range(self.messages)
        ]
        deliveries = written + chance.sample(written, self.repeats)
        chance.shuffle(deliveries)
        return deliveries


@dataclass(frozen=True)
class Outcome:
    deliveries: int
    accepted: int
    stored: int
    answered: int
    answers: int
    lost: list[str]
    twice: list[str]
    out_of_order: list[str]
    webhook_seconds: list[float]
    answer_seconds: list[float]
    took: float

    @property
    def good(self) -> bool:
        return not (self.lost or self.twice or self.out_of_order) and (
            self.accepted == self.deliveries and self.answered == self.stored
        )

    def table(self) -> str:
        rows = [
            ("deliveries, repeats included", self.deliveries),
            ("accepted (200)", self.accepted),
            ("messages stored", self.stored),
            ("messages answered", self.answered),
            ("answers at Twilio", self.answers),
            ("lost", len(self.lost)),
            ("doubled", len(self.twice)),
            ("out of order", len(self.out_of_order)),
            ("webhook p50 / p95 / p99", spread(self.webhook_seconds)),
            ("webhook to Twilio p50 / p95 / p99", spread(self.answer_seconds)),
            ("all in", f"{self.took:.1f} s"),
        ]
        return "\n".join(f"{name:<36}{value!s:>24}" for name, value in rows)


def run(stack: Whole, load: Load) -> Outcome:
    """Send the load, wait till all is quiet, and judge what the database and Twilio hold."""
    stack.twilio.send_receipts(shuffled=True)
    began = time.monotonic()
    first_sent: dict[str, datetime] = {}
    results = list(_send(stack, load, first_sent))
    stack.await_quiet(load.messages)
    took = time.monotonic() - began
    sent = list(stack.twilio.messages)
    with stack.database.connect() as connection:
        inbound = select(func.count()).where(Message.direction == Direction.INBOUND)
        return Outcome(
            deliveries=len(results),
            accepted=sum(code == 200 for code, _ in results),
            stored=connection.scalar(inbound) or 0,
            answered=connection.scalar(inbound.where(Message.answered_by_id.is_not(None))) or 0,
            answers=len(sent),
            lost=lost(connection),
            twice=twice(connection, sent),
            out_of_order=out_of_order(connection, sent),
            webhook_seconds=[seconds for _, seconds in results],
            answer_seconds=answer_seconds(stack, first_sent),
            took=took,
        )


def _send(stack: Whole, load: Load, first_sent: dict[str, datetime]) -> Iterator[tuple[int, float]]:
    def deliver(delivery: tuple[str, str, str]) -> tuple[int, float]:
        address, body, sid = delivery
        first_sent.setdefault(sid, datetime.now(UTC))
        began = time.monotonic()
        answer = stack.twilio.send(stack.url, address, body, sid)
        return answer.status_code, time.monotonic() - began

    with ThreadPoolExecutor(load.at_once) as threads:
        futures = []
        for delivery in load.deliveries():
            futures.append(threads.submit(deliver, delivery))
            if load.per_second:
                time.sleep(1 / load.per_second)
        for future in futures:
            yield future.result()


def answer_seconds(stack: Whole, first_sent: dict[str, datetime]) -> list[float]:
    """For each message, from its webhook to Twilio's taking its answer."""
    reply = aliased(Message)
    taken = {sent.sid: sent.at for sent in stack.twilio.messages}
    with stack.database.connect() as connection:
        pairs = connection.execute(
            select(Message.provider_sid, reply.provider_sid).join(
                reply, reply.id == Message.answered_by_id
            )
        ).all()
    return [
        (taken[answer] - first_sent[asked]).total_seconds()
        for asked, answer in pairs
        if asked in first_sent and answer in taken
    ]


def spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "-"
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return " / ".join(f"{cuts[n - 1]:.2f}" for n in (50, 95, 99)) + " s"


@contextmanager
def database(given: argparse.Namespace, directory: Path) -> Iterator[str]:
    if not given.postgres:
        yield given.database_url
        return
    with postgres(directory / "pg") as server:
        yield server.get_uri()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=Load.messages)
    parser.add_argument("--participants", type=int, default=Load.participants)
    parser.add_argument("--repeats", type=int, default=Load.repeats)
    parser.add_argument("--per-second", type=float, default=0, help="0: as fast as taken")
    parser.add_argument("--seed", type=int, default=Load.seed)
    parser.add_argument("--workers", default="64")
    parser.add_argument("--reply-delay", default="2", help="REPLY_DELAY_SECONDS")
    parser.add_argument("--model-seconds", type=float, default=0, help="how long OpenAI takes")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--postgres", action="store_true", help="a server of our own")
    given = parser.parse_args()
    load = Load(
        given.messages,
        given.participants,
        given.repeats,
        per_second=given.per_second,
        seed=given.seed,
    )
    environment = {
        "WORKERS": given.workers,
        "WEB_PROCESSES": "2",
        "REPLY_DELAY_SECONDS": given.reply_delay,
        "NEWCOMERS_PER_HOUR": "100000",
    }
    with tempfile.TemporaryDirectory(prefix="wa-") as name:
        directory = Path(name)
        with (
            database(given, directory) as url,
            whole(directory / "data", url, **environment) as stack,
        ):
            stack.openai.slow(given.model_seconds)
            outcome = run(stack, load)
    print(outcome.table())
    print(*outcome.lost, *outcome.twice, *outcome.out_of_order, sep="\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
