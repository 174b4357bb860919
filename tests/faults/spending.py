"""A hundred conversations at once, kills of the engines, and a cap that is met: then the bill.

    make spending
    .venv/bin/python -m tests.faults.spending --postgres --engines 2

Everybody writes, some times over, while engines are killed as they wait for the model, and what is
spent and reserved is looked at all the while. When all has come to rest it prints what was spent
beside what the model's double bills, and exits 1 if a cap was passed for a moment, if something was
settled that was not billed so, or if a message was lost or answered twice.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import OperationalError

from tests.money.counts import differences_in
from tests.path.load import database
from tests.path.whole import Whole, whole
from tests.processes.product import kill
from tests.settlement import lost, twice
from tests.support.eventually import eventually
from wa_assistant.database import utcnow
from wa_assistant.models import (
    AiCall,
    Category,
    Direction,
    Fee,
    Message,
    Outcome,
    Period,
    Price,
    PriceKind,
    Role,
    Scope,
    Spending,
    User,
)

LOOK_SECONDS = 0.02
MODEL_SECONDS = 1.0
SETTLED_BEFORE = 3  # calls, so that there is something to compare with the bill
LONG_REPLY = "Abrimos de segunda a sexta. " * 40
ENVIRONMENT = {
    "REPLY_DELAY_SECONDS": "0",
    "ANSWERS_PER_HOUR": "100000",
    "NEWCOMERS_PER_HOUR": "100000",
    "OPENAI_TIMEOUT_SECONDS": "3",
}


@dataclass(frozen=True)
class Rush:
    """`cap` in micro-dollars a day; an answer takes about 250, and 2,000 at most."""

    people: int = 100
    waves: int = 3
    kills: int = 2  # in a wave
    cap: int = 40_000

    @property
    def environment(self) -> dict[str, str]:
        dollars = f"{self.cap / 1_000_000:.6f}"
        return {**ENVIRONMENT, "CAP_MODEL_DAY_USD": dollars, "CAP_MONTH_USD": dollars}


class Watch(threading.Thread):
    """Looks at what is spent and reserved, again and again, until it is told to stop."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True, name="watch")
        self._engine, self._done = engine, threading.Event()
        self.looks = self.most = 0

    def run(self) -> None:
        sums = select(func.max(Spending.spent + Spending.reserved)).where(
            Spending.scope.in_((Scope.ALL, Scope.MODEL))
        )
        while not self._done.wait(LOOK_SECONDS):
            try:
                with self._engine.connect() as connection:
                    self.most = max(self.most, connection.scalar(sums) or 0)
            except OperationalError:  # the writers' lock, or a kill
                continue
            self.looks += 1

    def stop(self) -> None:
        self._done.set()
        self.join()


@dataclass
class Verdict:
    cap: int
    watch: Watch
    kills: int
    spent: int
    bill: Sequence[int]
    settled: Sequence[int]
    unknown: Sequence[int]
    outcomes: Counter[str]
    answered: int
    without_a_model: int
    inbound: int
    findings: list[str] = field(default_factory=list)

    def judge(self) -> None:
        unmatched = Counter(self.bill) - Counter(self.settled)
        not_billed = Counter(self.settled) - Counter(self.bill)
        checks = {
            "a cap was passed": self.watch.most > self.cap or self.spent > self.cap,
            f"settled and not billed: {dict(not_billed)}": bool(not_billed),
            "billed and not in the ledger": unmatched.total() > len(self.unknown),
            "billed and not counted": sum(self.bill) > self.spent,
            "nothing was settled": not self.settled,
            "the cap was not met": not self.without_a_model,
            "nobody died": self.kills and not self.outcomes[Outcome.LOST],
            "a call is under way": bool(self.outcomes[Outcome.UNDER_WAY]),
        }
        self.findings += [words for words, wrong in checks.items() if wrong]

    def table(self) -> str:
        rows = [
            ("kills of an engine", self.kills),
            ("messages, those answered", f"{self.inbound}, {self.answered}"),
            ("calls by outcome", dict(self.outcomes)),
            ("cap", self.cap),
            (f"most spent and reserved, of {self.watch.looks} looks", self.watch.most),
            ("spent in the end", self.spent),
            ("settled", f"{len(self.settled)} calls, {sum(self.settled)}"),
            ("never known, counted with the most", f"{len(self.unknown)}, {sum(self.unknown)}"),
            ("the bill", f"{len(self.bill)} calls, {sum(self.bill)}"),
        ]
        return "\n".join(f"{name:<50}{value!s:>34}" for name, value in rows)


def run(stack: Whole, rush: Rush) -> Verdict:
    stack.openai.slow(MODEL_SECONDS)
    stack.openai.reply = lambda body: LONG_REPLY
    engines = len(stack.engines())
    _let_messages_be_free(stack)
    stack.product.stop()
    stack.product.start()  # and no engine knows older prices
    stack.product.await_ready()
    eventually(lambda: len(stack.engines()) == engines, 30, "Not all engines are back.")
    watch = Watch(stack.database)
    watch.start()
    kills = 0
    for wave in range(rush.waves):
        with ThreadPoolExecutor(16) as threads:
            people = [f"whatsapp:+55119{n:08}" for n in range(1, rush.people + 1)]
            words = [f"{n}: pergunta {wave}, por favor?" for n in range(rush.people)]
            list(threads.map(stack.write, people, words))
        for _ in range(rush.kills):
            kills += _kill_one_that_waits(stack)
        stack.await_quiet(rush.people * (wave + 1), 300)
    _await_that_all_is_known(stack)
    watch.stop()
    return _verdict(stack, rush, watch, kills)


def _let_messages_be_free(stack: Whole) -> None:
    """What messages cost counts in the caps on all, and no cap refuses one: so that what calls take
    can be looked at alone, an owner has agreed on other prices."""
    of = {"user_id": 1, "created_at": utcnow(), "valid_from": date(2020, 1, 1)}
    with stack.database.begin() as connection:
        owner = {"id": 1, "email": "caio@example.com", "role": Role.OWNER}
        connection.execute(insert(User), owner)
        for kind, name, amount in (
            *((PriceKind.FEE, fee, 0) for fee in Fee),
            (PriceKind.ALLOWANCE, Category.SERVICE, 1_000_000),
        ):
            price = {**of, "kind": kind, "name": name, "amount": amount}
            connection.execute(insert(Price), price)


def _kill_one_that_waits(stack: Whole) -> int:
    """An engine, while the model is asked; 0 where the cap lets nobody ask it any more."""
    ends = time.monotonic() + 20
    settled = select(func.count()).where(AiCall.cost.is_not(None))
    while time.monotonic() < ends:
        with stack.database.connect() as connection:
            is_time = (connection.scalar(settled) or 0) >= SETTLED_BEFORE
        if is_time:
            for engine in filter(stack.is_asking, stack.engines()):
                kill(engine)
                return 1
        time.sleep(LOOK_SECONDS)
    return 0


def _await_that_all_is_known(stack: Whole) -> None:
    under_way = select(func.count()).where(AiCall.outcome == Outcome.UNDER_WAY)

    def none() -> bool:
        with stack.database.connect() as connection:
            return connection.scalar(under_way) == 0

    eventually(none, 90, "A call is under way for ever.")


def _verdict(stack: Whole, rush: Rush, watch: Watch, kills: int) -> Verdict:
    with stack.database.connect() as connection:
        today = (Spending.scope == Scope.ALL, Spending.period == Period.MONTH)
        calls = connection.execute(select(AiCall.cost, AiCall.reserved, AiCall.outcome)).all()
        inbound = select(func.count()).where(Message.direction == Direction.INBOUND)
        by_model = inbound.where(Message.answered_by_id.is_not(None))
        capped = select(func.count()).where(Message.cap_met.is_not(None))
        verdict = Verdict(
            cap=rush.cap,
            watch=watch,
            kills=kills,
            spent=connection.scalar(select(Spending.spent).where(*today)) or 0,
            bill=list(stack.openai.bill.items),
            settled=[call.cost for call in calls if call.cost is not None],
            unknown=[call.reserved for call in calls if call.cost is None],
            outcomes=Counter(call.outcome for call in calls),
            answered=connection.scalar(by_model) or 0,
            without_a_model=connection.scalar(capped) or 0,
            inbound=connection.scalar(inbound) or 0,
        )
        verdict.judge()
        verdict.findings += lost(connection) + twice(connection, list(stack.twilio.messages))
        verdict.findings += [f"out of step: {key}" for key in differences_in(connection)]
    return verdict


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=Rush.people)
    parser.add_argument("--waves", type=int, default=Rush.waves)
    parser.add_argument("--kills", type=int, default=Rush.kills, help="in each wave")
    parser.add_argument("--cap", type=int, default=Rush.cap, help="micro-dollars a day")
    parser.add_argument("--engines", default="2")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    given = parser.parse_args()
    rush = Rush(given.people, given.waves, given.kills, given.cap)
    with tempfile.TemporaryDirectory(prefix="wa-") as name:
        directory = Path(name)
        environment = {**rush.environment, "ENGINES": given.engines}
        with (
            database(given, directory) as url,
            whole(directory / "data", url, **environment) as stack,
        ):
            verdict = run(stack, rush)
    print(verdict.table())
    print(*verdict.findings, sep="\n")
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    sys.exit(main())
