"""supervisord's listener: what it does not see to itself.

A child that cannot start stops the whole, with a clear message. supervisord would go on without it,
and exit 0 when stopped; the guard above it is told of the failure, stops everything and exits 1.

Every five seconds it looks at the embedded Valkey: a process that hangs runs well to supervisord.
"""

import os
import signal
import sys
from pathlib import Path

from deploy.guard import FAILED, GUARD
from deploy.valkey_watch import Watch


def fields(text: str) -> dict[str, str]:
    return dict(field.split(":", 1) for field in text.split())


def main() -> None:
    """Speak the listener's protocol: READY, one event, RESULT, again."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    valkey = Watch(Path(os.environ["DATA_DIR"], "run", "valkey.sock"))
    while True:
        say("READY\n")
        header = fields(sys.stdin.readline())
        if not header:
            return
        event = fields(sys.stdin.read(int(header["len"])))
        if header["eventname"] == "PROCESS_STATE_FATAL":
            give_up(event["processname"])
        elif os.environ["REDIS_EMBEDDED"] == "true":
            valkey.look()
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
