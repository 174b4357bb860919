"""supervisord's listener: a child that cannot start stops the whole, with a clear message.

supervisord itself would go on without it, and exit 0 when stopped; the guard above it is told
of the failure, stops everything and exits 1.
"""

import os
import signal
import sys

from deploy.guard import FAILED, GUARD


def fields(text: str) -> dict[str, str]:
    return dict(field.split(":", 1) for field in text.split())


def main() -> None:
    """Speak the listener's protocol: READY, one event, RESULT, again."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while True:
        say("READY\n")
        header = fields(sys.stdin.readline())
        if not header:
            return
        event = fields(sys.stdin.read(int(header["len"])))
        give_up(event["processname"])
        say("RESULT 2\nOK")


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def give_up(name: str) -> None:
    sys.stderr.write(
        f"{name} cannot start, so everything stops: what it said itself stands above.\n"
    )
    sys.stderr.flush()
    guard = os.environ.get(GUARD)
    if guard:
        os.kill(int(guard), FAILED)
    else:
        os.kill(os.getppid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
