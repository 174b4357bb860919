"""Looks from the web's processes whether an engine works: one that is dead tells of nothing.

The alert is then sent from here, as no engine sends any e-mail. Each web process looks; what they
find is one alert all the same, and each e-mail is sent by whoever claims it first.
"""

import threading

from flask import Flask

from ... import logs
from ...models import AlertType, Checked
from ...notify import email
from ...operations import checks
from ...work.faults import NOT_OURS
from . import standing

log = logs.get(__name__)

EVERY_SECONDS = 60.0
RULES = [rule for rule in standing.RULES if rule.type == AlertType.NO_ENGINE]


class Lookout(threading.Thread):
    """Looks every minute, for as long as its process lives."""

    def __init__(self, app: Flask, every: float = EVERY_SECONDS) -> None:
        super().__init__(daemon=True, name="lookout")
        self._app = app
        self._every = every
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(self._every):
            with self._app.app_context():
                try:
                    look()
                except NOT_OURS as error:
                    log.warning("not looked out", error=type(error).__name__)
                except Exception:  # or nobody would look any more
                    log.exception("the lookout failed")

    def stop(self) -> None:
        self._stopped.set()


def look() -> None:
    """Where a job was done lately the engine itself tells of everything."""
    if checks.is_well(checks.latest().get(Checked.ENGINE)):
        return
    standing.look(RULES)
    for email_id in email.alerts_that_wait():
        email.send(email_id)
