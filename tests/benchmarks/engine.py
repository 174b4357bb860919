"""What a message costs, in the product as it runs: `make bench`.

Everything is on this machine: the product, the model and Twilio (doubles that answer at once unless
said otherwise), and who writes. So a figure is told beside one of the same minute: a bare Flask
that verifies the signature and answers, on the same gunicorn. CPU is what the processes' own
accounts say; memory is proportional (PSS), so that what processes share counts once.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.path.whole import Whole, whole
from tests.support.postgres import postgres

from . import messages
from .browser import to_the_browser
from .confined import limit

ENVIRONMENT = {
    "REPLY_DELAY_SECONDS": "0",
    "WEB_PROCESSES": "2",
    "WORKERS": "128",
    "ANSWERS_PER_HOUR": "100000",
    "NEWCOMERS_PER_HOUR": "100000",
}
Part = Callable[[Whole, int], None]
# Each line is a product of its own, which so much of the environment is other for.
PARTS: tuple[tuple[dict[str, str], dict[str, Part]], ...] = (
    (
        {},
        {
            "memory": messages.idle,
            "one": messages.one_at_a_time,
            "receipts": messages.receipts,
            "webhooks": messages.webhooks,
            "at-once": messages.many_at_once,
            "backlog": messages.backlog,
        },
    ),
    ({"ENGINES": "2"}, {"two": messages.two_engines}),
    ({"WEB_THREADS": "64"}, {"browser": to_the_browser}),  # of which 49 hold a stream
)
NAMES = [name for _, parts in PARTS for name in parts]


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="wa-") as name:
        for number, (special, parts) in enumerate(PARTS):
            if wanted := [part for each, part in parts.items() if each in given.only]:
                directory = Path(name) / str(number)
                directory.mkdir()
                environment = ENVIRONMENT | special
                with (
                    database(given.postgres, directory) as url,
                    limit(given.memory) as within,
                    whole(directory / "data", url, **environment) as stack,
                ):
                    within.leave()
                    time.sleep(3)  # what a start leaves to do is done
                    for part in wanted:
                        part(stack, given.webhooks)
                    within.tell()


@contextmanager
def database(on_postgres: bool, directory: Path) -> Iterator[str]:
    if not on_postgres:
        yield ""
        return
    with postgres(directory / "pg") as server:
        yield server.get_uri()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--webhooks", type=int, default=1000, help="of each measurement")
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    parser.add_argument("--memory", type=int, default=0, help="MiB for the product, in a cgroup")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="these parts")
    return parser.parse_args()


if __name__ == "__main__":
    main()
