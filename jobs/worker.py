"""The engine: one process that lives, and does in its threads whatever bells are rung for.

What is guaranteed: a bell is taken when a thread is free for it, and not before. A stop takes at
most STOP_SECONDS: what is under way may finish meanwhile, and what does not is given back, so that
the next engine goes on with it at once. Work that hangs is told with its stack, and ends the
process, which is then started anew. The promise is kept by claims, and by nothing that is here.
"""

import fcntl
import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from flask import Flask
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from rq.exceptions import StopRequested

from jobs.connection import await_redis
from jobs.ears import RECONNECT_SECONDS, WORKER_TTL_SECONDS, Done, Ear
from jobs.lanes import Bell, Lane
from jobs.schedule import Schedule
from wa_assistant.clients import openai
from wa_assistant.operations import sweeper
from wa_assistant.work import claims
from wa_assistant.work.faults import DATABASE_AWAY
from wa_assistant.work.queue import BELLS, INTAKE

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0  # supervisord kills after 6
STOPS = (signal.SIGTERM, signal.SIGINT)
# More than all that a job may wait for has together: thrice a model asked twice, files, the outbox.
LIMIT_SECONDS = 300.0
# Thousands of passages at the pace of the embedding service.
IMPORT_LIMIT_SECONDS = 2 * 3600.0
IMPORTS = "jobs.imports."


class Engine:
    """The lanes of the work, and the ears that hear what is rung for; `hangs`: why it ended."""

    def __init__(self, app: Flask, connection: Redis) -> None:
        threads = app.config["WORKERS"]
        self.answers = Lane(app, "answers", threads, LIMIT_SECONDS)
        # One: what came in takes effect in order, many in one transaction.
        self.intake = Lane(app, "intake", 1, LIMIT_SECONDS)
        # One: a long document after the other, and nobody waits for its answer.
        self.imports = Lane(app, "imports", 1, IMPORT_LIMIT_SECONDS)
        # Two, so that the sweeper need not wait for whatever else is slow.
        self.upkeep = Lane(app, "upkeep", 2, LIMIT_SECONDS)
        self.lanes = (self.answers, self.intake, self.imports, self.upkeep)
        self.hangs = False
        both = (BELLS, INTAKE)
        self.ear = Ear(BELLS, connection, threads, self._hand, self._look_after, both)
        self._other = threading.Thread(
            target=Ear(INTAKE, connection, 1, self.intake.put).work, daemon=True, name="ear"
        )
        self._schedule = Schedule(self.upkeep)

    def work(self) -> None:
        """Until it is told to stop, or something hangs."""
        self._other.start()
        self._schedule.start()
        with suppress(StopRequested):
            self.ear.work(with_scheduler=True)
        self._schedule.stop()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        for number in STOPS:  # one and the same stop may come to us by two ways
            signal.signal(number, signal.SIG_IGN)
        raise StopRequested

    def _hand(self, bell: Bell, done: Done) -> None:
        if bell.job.startswith(IMPORTS):
            done()  # it takes no thread of those who answer
            self.imports.put(bell)
        else:
            self.answers.put(bell, done)

    def _look_after(self) -> None:
        found = [stack for lane in self.lanes for stack in lane.hanging()]
        if self._schedule.is_alive() and not self._other.is_alive():
            found.append("nobody hears webhooks any more")
        if found:
            log.error("it hangs, and the engine starts anew: %s", "\n".join(found))
            self.hangs = True
            raise StopRequested


def main() -> NoReturn:
    from wsgi import app

    connection = Redis.from_url(
        app.config["REDIS_URL"],
        socket_timeout=WORKER_TTL_SECONDS,
        socket_connect_timeout=2,
        retry=Retry(ConstantBackoff(RECONNECT_SECONDS), 1),
    )
    await_redis(connection)
    with app.app_context():
        prepare()
        succeed(app.config["DATA_DIR"] / "run")
    engine = Engine(app, connection)
    for number in STOPS:
        signal.signal(number, engine.stop)
    engine.work()
    with app.app_context():
        drain(engine)
    sys.stdout.flush()
    os._exit(1 if engine.hangs else 0)  # what is still under way would be waited for


def prepare() -> None:
    """Import and build what the first participant would wait for."""
    from jobs import delivery, imports, journey, media, reply, trial, webhooks  # noqa: F401
    from wa_assistant.clients import twilio  # noqa: F401

    openai.prepare()


def succeed(directory: Path) -> int:
    """Take the place of the engine before us, which is dead: what it had need not wait.

    Whoever has its place holds a lock on the file for life, by the descriptor that is returned, and
    writes down how its tokens begin.
    """
    name = os.environ.get("SUPERVISOR_PROCESS_NAME", "engine")
    place = os.open(directory / f"{name}.owner", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    if before := os.read(place, 32).decode():
        with suppress(*DATABASE_AWAY):  # the claims run out
            sweeper.inherit(before)
    os.pwrite(place, claims.OWNER.encode(), 0)
    return place


def drain(engine: Engine) -> None:
    """Begin nothing more, let what is under way finish for a while, and give the rest back."""
    deadline = time.monotonic() + STOP_SECONDS
    for lane in engine.lanes:
        lane.close()
    for lane in engine.lanes:
        lane.await_rest(deadline)
    claims.give_back()


if __name__ == "__main__":
    main()
