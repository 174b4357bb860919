"""The engine: one process that lives, and does in its threads whatever bells are rung for.

What is guaranteed: a bell is taken when a thread is free for it, and not before. A stop takes at
most STOP_SECONDS: what is under way may finish meanwhile, and what does not is given back, so that
the next engine goes on with it at once. Work that hangs is told with its stack, and ends the
process, which is then started anew. The promise is kept by claims, and by nothing that is here.
"""

import fcntl
import gc
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
from wa_assistant import logs
from wa_assistant.clients import openai
from wa_assistant.operations import sweeper
from wa_assistant.work import claims, runs
from wa_assistant.work.faults import DATABASE_AWAY
from wa_assistant.work.kind import OWNER, STOPPING
from wa_assistant.work.queue import BELLS, INTAKE

log = logs.get(__name__)

STOP_SECONDS = 4.0  # supervisord kills after 6
STOPS = (signal.SIGTERM, signal.SIGINT)
# Well over all that a job waits for together as a rule: files and twenty messages to send, and the
# model, of which so many calls may each take all the time they have.
LIMIT_SECONDS = 300.0
MOST_CALLS = 10
# What came in is understood before more is begun: it may belong to what would be answered, or say
# that we are to stop. Where it does not end, a bell is let through now and then, lest nobody is
# answered.
INTAKE_FIRST_SECONDS = 1.0
BELL_SECONDS = 0.1
# Thousands of passages at the pace of the embedding service.
IMPORT_LIMIT_SECONDS = 2 * 3600.0
IMPORTS = "jobs.imports."
UPKEEP = "jobs.upkeep."


class Engine:
    """The lanes of the work, and the ears that hear what is rung for.

    `hangs`: whether it ended because something did.
    """

    def __init__(self, app: Flask, connection: Redis) -> None:
        self._connection = connection
        self._threads = app.config["WORKERS"]
        given = app.config["HANG_SECONDS"]
        model = MOST_CALLS * app.config["OPENAI_TIMEOUT_SECONDS"]
        limit = given or LIMIT_SECONDS
        self.answers = Lane(app, "answers", self._threads, given or LIMIT_SECONDS + model)
        # One: what came in takes effect in order, many in one transaction.
        self.intake = Lane(app, "intake", 1, limit)
        # One: a long document after the other, and nobody waits for its answer.
        self.imports = Lane(app, "imports", 1, IMPORT_LIMIT_SECONDS)
        # Three, so that the sweeper need not wait for whoever is slow: two ask those outside.
        self.upkeep = Lane(app, "upkeep", 3, limit, ended=runs.note)
        self.lanes = (self.answers, self.intake, self.imports, self.upkeep)
        self.schedule = Schedule(self.upkeep)
        self.ear: Ear | None = None
        self.hangs = self._stops = False
        self._intake_goes_since = 0.0  # of time.monotonic(); 0: it rests
        self._kept_alive: list[threading.Thread] = []

    def work(self) -> None:
        """Until it is told to stop, or something hangs; what is periodic is done without Redis."""
        with suppress(StopRequested):
            for number in STOPS:
                signal.signal(number, self.stop)
            self.schedule.start()
            await_redis(self._connection)
            self.ear, intake = self.ears()
            listening = threading.Thread(target=intake.work, daemon=True, name="intake ear")
            listening.start()
            self._kept_alive = [self.schedule, listening]
            self.ear.work(with_scheduler=True)

    def ears(self) -> tuple[Ear, Ear]:
        """Of the bells, and of what came in; Redis answers by now."""
        queues, connection = (BELLS, INTAKE), self._connection
        bells = Ear(BELLS, connection, self._threads, self._hand, self._look_after, queues)
        # Three bells for one thread: those that are alike need not wait twice.
        return bells, Ear(INTAKE, connection, 3, self.intake.put)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        ignore_stops()  # one and the same may come to us by two ways
        self._stops = True  # whoever the exception meets may take it for one of its own
        raise StopRequested

    def _hand(self, bell: Bell, done: Done) -> None:
        self._let_intake_go_first()
        apart = {IMPORTS: self.imports, UPKEEP: self.upkeep}
        lane = next((apart[each] for each in apart if bell.job.startswith(each)), None)
        if lane is None:
            self.answers.put(bell, done)
        else:
            done()  # it takes no thread of those who answer
            lane.put(bell)

    def _let_intake_go_first(self) -> None:
        """For so long; where it goes on and on, each bell waits only BELL_SECONDS more for it."""
        now = time.monotonic()
        self._intake_goes_since = self._intake_goes_since or now
        deadline = max(self._intake_goes_since + INTAKE_FIRST_SECONDS, now + BELL_SECONDS)
        if self.intake.await_rest(deadline):
            self._intake_goes_since = 0.0

    def _look_after(self) -> None:
        if self._stops:
            raise StopRequested
        found = [stack for lane in self.lanes for stack in lane.hanging()]
        found += [f"{each.name} has ended" for each in self._kept_alive if not each.is_alive()]
        if found:
            log.error("it hangs, and the engine starts anew", stack="\n".join(found))
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
    with app.app_context():
        prepare()
        take_place(app.config["DATA_DIR"] / "run")
    engine = Engine(app, connection)
    code = 1
    try:
        engine.work()
        code = 1 if engine.hangs else 0
    except Exception:
        log.exception("the engine ended by a fault")
    finally:
        ignore_stops()
        with app.app_context():
            drain(engine)
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)  # what is still under way would be waited for


def prepare() -> None:
    """Import and build what the first participant would wait for, or two threads at once."""
    from jobs import (  # noqa: F401
        aid,
        delivery,
        imports,
        journey,
        media,
        notify,
        probe,
        reply,
        trial,
        webhooks,
    )
    from wa_assistant.assistant import formatting
    from wa_assistant.clients import twilio  # noqa: F401

    openai.prepare()
    formatting.for_whatsapp("**ready**")
    # What is loaded now stays. To look through all of it for garbage would stop every thread for a
    # fifth of a second, now and then, and whoever holds SQLite's lock is one of them.
    gc.collect()
    gc.freeze()


def take_place(directory: Path) -> int:
    """Take the place of the engine before us, which is dead: what it had need not wait.

    Whoever has its place holds a lock on the file for life, by the descriptor that is returned, and
    writes down how its tokens begin.
    """
    name = os.environ.get("SUPERVISOR_PROCESS_NAME", "engine")
    place = os.open(directory / f"{name}.owner", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(place, fcntl.LOCK_EX)
    if before := os.read(place, 32).decode():
        with suppress(*DATABASE_AWAY):  # the claims run out
            sweeper.free(before)
    os.pwrite(place, OWNER.encode(), 0)
    return place


def drain(engine: Engine) -> None:
    """Begin nothing more, let what is under way finish for a while, and give the rest back.

    What an engine that hangs has is not given back: the next one counts that it died of it.
    """
    deadline = time.monotonic() + STOP_SECONDS
    STOPPING.set()
    engine.schedule.stop()
    for lane in engine.lanes:
        lane.close()
    for lane in engine.lanes:
        lane.await_rest(deadline)
    if not engine.hangs:
        claims.give_back()
    if engine.ear:
        engine.ear.say_goodbye()


def ignore_stops() -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    main()
