"""The rules about what is so at this moment: looked at every minute, and told at once."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from flask import current_app

from ... import settings
from ...clients.failures import Failure
from ...intake import spool
from ...models import AlertType, Checked, Circuit, Provider, Severity
from ...money import standing
from ...operations import checks, health, queues, seen_outside, timetable
from ...providers import circuit
from .found import Found, Rule

PERCENT = 100
MOST_NAMED = 3
LEAST_MEMORY_PERCENT = 10  # that is free
MEMORY = Path("/proc/meminfo")
OF_THE_QUOTA = (Failure.CREDIT, Failure.DAILY_QUOTA)
CONNECTED = {Provider.TWILIO: "TWILIO_CONNECTED", Provider.MODEL: "OPENAI_CONNECTED"}


def no_engine() -> Iterator[Found]:
    """None lives, or none has done a job for a minute; without Redis nobody can say."""
    found = health.look()
    if found.now.redis and not (found.now.engines and found.engine):
        yield Found(found.now.engines)


def redis() -> Iterator[Found]:
    if not health.examine().redis:
        yield Found()


def spooled() -> Iterator[Found]:
    if waiting := spool.waiting():
        yield Found(waiting)


def queued() -> Iterator[Found]:
    """A bell has waited for longer than the setting."""
    seconds = max((each.seconds for each in queues.waiting()), default=0.0)
    if seconds > settings.current().alert_queue_seconds:
        yield Found(round(seconds))


def twilio() -> Iterator[Found]:
    yield from _failing(Provider.TWILIO, Checked.TWILIO)


def model() -> Iterator[Found]:
    yield from _failing(Provider.MODEL, Checked.MODEL)


def quota() -> Iterator[Found]:
    """The model's account has nothing left."""
    found = _circuit(Provider.MODEL)
    if found is not None and found.failure in OF_THE_QUOTA:
        yield Found(more={"reason": found.failure})


def spending() -> Iterator[Found]:
    """A limit is near, or met; in percent."""
    for each in standing.near():
        yield Found(round((each.share or 0) * PERCENT), about=str(each.cap))


def disk() -> Iterator[Found]:
    """In percent of where the data lies."""
    usage = shutil.disk_usage(current_app.config["DATA_DIR"])
    used = round(PERCENT * usage.used / max(1, usage.used + usage.free))
    if used >= settings.current().alert_disk_percent:
        yield Found(used)


def memory() -> Iterator[Found]:
    """In percent of the machine's; nothing where the machine does not say."""
    try:
        lines = MEMORY.read_text().splitlines()
        sizes = {name: int(size.split()[0]) for name, _, size in (x.partition(":") for x in lines)}
        free = PERCENT * sizes["MemAvailable"] / sizes["MemTotal"]
    except (OSError, ValueError, KeyError, IndexError, ZeroDivisionError):
        return
    if free < LEAST_MEMORY_PERCENT:
        yield Found(round(PERCENT - free))


def late() -> Iterator[Found]:
    """How many of the schedule are; one alert for all, for most often all are."""
    names = [each.name for each in timetable.jobs() if timetable.is_late(each)]
    if names:
        yield Found(len(names), more={"names": names[:MOST_NAMED]})


def retiring() -> Iterator[Found]:
    """In days from now on."""
    check = checks.latest().get(Checked.MODEL)
    soon = settings.current().alert_model_days
    for name, until in (seen_outside.endings(check) if check else {}).items():
        if until is not None and (days := seen_outside.days_to(until)) <= soon:
            yield Found(days, about=name[:80], more={"day": until.isoformat()})


def certificate() -> Iterator[Found]:
    """In days from now on; or why it is not to be trusted."""
    check = checks.latest().get(Checked.CERTIFICATE)
    if check is None or not current_app.config["PUBLIC_URL"].startswith("https:"):
        return
    until = seen_outside.valid_until(check)
    days = seen_outside.days_to(until.date()) if until else 0
    if not check.well or days < settings.current().alert_certificate_days:
        yield Found(days, more={"reason": check.reason})


def quality() -> Iterator[Found]:
    """WhatsApp rates our sender lower than it should be."""
    check = checks.latest().get(Checked.TWILIO)
    sender = (check.found.get("sender") if check else None) or {}
    if not seen_outside.has_good_quality(sender):
        yield Found(more={"rating": sender["quality"], "limit": sender.get("limit", "")})


def _failing(provider: Provider, name: Checked) -> Iterator[Found]:
    if not current_app.config[CONNECTED[provider]]:
        return
    found, check = _circuit(provider), checks.latest().get(name)
    if found is not None and found.failure not in OF_THE_QUOTA:
        yield Found(found.error_code or 0, more={"reason": found.failure or "refused"})
    elif found is None and checks.is_well(check) is False and check is not None:
        yield Found(more={"reason": check.reason})


def _circuit(provider: Provider) -> Circuit | None:
    return next((each for each in circuit.all_open() if each.provider == provider), None)


HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
RULES = (
    # An engine that has just begun has done no job yet.
    Rule(AlertType.NO_ENGINE, HIGH, no_engine, lasts=timedelta(seconds=45)),
    Rule(AlertType.REDIS, HIGH, redis, lasts=timedelta(seconds=45)),
    Rule(AlertType.SPOOL, HIGH, spooled),
    Rule(AlertType.QUEUE, HIGH, queued),
    Rule(AlertType.TWILIO, HIGH, twilio),
    Rule(AlertType.MODEL, HIGH, model),
    Rule(AlertType.QUOTA, HIGH, quota),
    Rule(AlertType.DISK, HIGH, disk),
    Rule(AlertType.MEMORY, MEDIUM, memory),
    Rule(AlertType.SPENDING, MEDIUM, spending),
    Rule(AlertType.RETIRING, MEDIUM, retiring),
    Rule(AlertType.CERTIFICATE, MEDIUM, certificate),
    Rule(AlertType.QUALITY, MEDIUM, quality),
    # An engine that was away does all that is late at once.
    Rule(AlertType.SCHEDULE, MEDIUM, late, lasts=timedelta(seconds=90)),
)
