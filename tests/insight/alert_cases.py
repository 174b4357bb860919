"""Of each type of alert how it comes about, and how it is over; and who is told."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.cast import CAIO, known, only, rows, write
from wa_assistant import settings
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight.alerts import at_once, standing
from wa_assistant.models import (
    Alert,
    AlertType,
    Author,
    Check,
    Checked,
    Direction,
    Message,
    Participant,
    Provider,
    Role,
    ScheduledJob,
    Status,
    User,
)
from wa_assistant.operations import checks, queues
from wa_assistant.providers import circuit
from wa_assistant.work.queue import later, queue

EVERY = {rule.type: rule for rule in standing.RULES}


@pytest.fixture(autouse=True)
def caio(context: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Who is told, by a process that has looked at nothing yet."""
    monkeypatch.setattr(standing, "_seen", {})
    with transaction():
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER, language="en"))
    return only(User)


def look(type_: AlertType) -> None:
    """As if what it finds had lasted for long enough."""
    standing.look([replace(EVERY[type_], lasts=timedelta(0))])


def calm_passes() -> None:
    """Enough time for whatever is not seen any more to be resolved."""
    with transaction():
        db.session.execute(update(Alert).values(calm_since=utcnow() - timedelta(hours=1)))


def messages(number: int, **values: Any) -> None:
    """So many messages of one participant, of a minute ago."""
    at = utcnow() - timedelta(minutes=1)
    there = rows(Participant)
    who = there[0].id if there else known("whatsapp:+5511988887777")
    usual = {"direction": Direction.OUTBOUND, "author": Author.ASSISTANT, "status": Status.SENT}
    rest = {"participant_id": who, "body": "Oi", "kind": "text", "created_at": at}
    with transaction():
        db.session.add_all(Message(**{**usual, **rest, **values}) for _ in range(number))


# Of each type how it comes about, and how it is over.


def engine_stops(_: Any) -> None:
    old(Checked.ENGINE, timedelta(minutes=2))


def engine_works(_: Any) -> None:
    checks.keep(Checked.ENGINE, {"seconds": 0.1})


def old(name: Checked, ago: timedelta) -> None:
    with transaction():
        db.session.execute(update(Check).where(Check.name == name).values(at=utcnow() - ago))


def bell_waits(monkeypatch: Any) -> None:
    later("jobs.reply.answer", 1)
    monkeypatch.setattr(queues, "utcnow", lambda: datetime.now(UTC) + timedelta(minutes=5))


def queue_is_empty(_: Any) -> None:
    queue().empty()


def twilio_refuses(_: Any) -> None:
    circuit.break_(Provider.TWILIO, "HTTP 401", 20003)


def twilio_takes(_: Any) -> None:
    circuit.close(Provider.TWILIO)


def model_is_away(_: Any) -> None:
    checks.keep(Checked.MODEL, None, "broken")


def model_is_back(_: Any) -> None:
    checks.keep(Checked.MODEL, {"models": {}})


def credit_ends(_: Any) -> None:
    circuit.break_(Provider.MODEL, "no credit", failure="credit")


def credit_is_back(_: Any) -> None:
    circuit.close(Provider.MODEL)


def many_fail(_: Any) -> None:
    messages(28)
    messages(2, status=Status.FAILED)


def hour_passes(_: Any) -> None:
    with transaction():
        ago = utcnow() - timedelta(hours=2)
        db.session.execute(update(Message).values(created_at=ago))


def somebody_waits(_: Any) -> None:
    set_open_always()
    write("whatsapp:+5511988887777")
    ago = utcnow() - timedelta(minutes=31)
    with transaction():
        db.session.execute(update(Participant).values(attention_at=ago, attention="asked for"))


def somebody_came(_: Any) -> None:
    with transaction():
        db.session.execute(update(Participant).values(attention_at=None, attention=None))


def set_open_always() -> None:
    day = [["00:00", "24:00"]]
    given = {"hours": [day] * 7}
    settings.change(given, settings.marks(settings.current()), only(User))


def disk_fills(monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 86, 14))


def disk_is_emptied(monkeypatch: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100, 84, 16))


class Usage:
    def __init__(self, total: int, used: int, free: int) -> None:
        self.total, self.used, self.free = total, used, free


def memory_is_short(monkeypatch: Any) -> None:
    have_memory(monkeypatch, 9)


def memory_is_free(monkeypatch: Any) -> None:
    have_memory(monkeypatch, 11)


def have_memory(monkeypatch: Any, percent: int) -> None:
    class Told:
        def read_text(self) -> str:
            return f"MemTotal: 100 kB\nMemFree: 1 kB\nMemAvailable: {percent} kB"

    monkeypatch.setattr(at_once, "MEMORY", Told())


def model_retires(_: Any) -> None:
    checks.keep(Checked.MODEL, {"models": {"gpt-6-luna": day(60)}})


def model_stays(_: Any) -> None:
    checks.keep(Checked.MODEL, {"models": {"gpt-6-luna": day(61)}})


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def quality_falls(_: Any) -> None:
    checks.keep(Checked.TWILIO, {"sender": {"quality": "LOW"}})


def quality_rises(_: Any) -> None:
    checks.keep(Checked.TWILIO, {"sender": {"quality": "HIGH"}})


def job_is_late(_: Any) -> None:
    with transaction():
        began = utcnow() - timedelta(minutes=10)
        db.session.merge(ScheduledJob(name="sweep", every=5, began_at=began, duration_ms=3))


def job_is_done(_: Any) -> None:
    with transaction():
        db.session.merge(ScheduledJob(name="sweep", every=5, began_at=utcnow(), duration_ms=3))


def answers_are_slow(_: Any) -> None:
    answered_after(timedelta(seconds=9))


def answered_after(length: timedelta) -> None:
    now = utcnow()
    for number in range(20):
        who = known(f"whatsapp:+55119888877{number:02}")
        asked = {"direction": Direction.INBOUND, "author": Author.PARTICIPANT, "status": "received"}
        rest = {"participant_id": who, "body": "Oi", "kind": "text"}
        with transaction():
            db.session.add(Message(**asked, **rest, created_at=now - length))
            db.session.flush()
            answer = {"direction": Direction.OUTBOUND, "author": Author.ASSISTANT}
            db.session.add(Message(**answer, **rest, status=Status.SENT, created_at=now))


def few_write(_: Any) -> None:
    now = utcnow()
    for number in range(25):
        who = known(f"whatsapp:+55119888866{number:02}")
        for week in range(1, 5):
            at = now - timedelta(weeks=week, minutes=5)
            asked = {"direction": Direction.INBOUND, "author": Author.PARTICIPANT}
            rest = {"participant_id": who, "body": "Oi", "kind": "text", "status": "received"}
            with transaction():
                db.session.add(Message(**asked, **rest, created_at=at))


def many_write(_: Any) -> None:
    with transaction():
        ago = utcnow() - timedelta(minutes=5)
        db.session.execute(update(Message).values(created_at=ago))


def certificate_runs_out(_: Any) -> None:
    checks.keep(Checked.CERTIFICATE, {"until": until(13)})


def certificate_is_renewed(_: Any) -> None:
    checks.keep(Checked.CERTIFICATE, {"until": until(90)})


def until(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


Change = Callable[[Any], None]
CASES: list[tuple[AlertType, Change, Change, str]] = [
    (AlertType.NO_ENGINE, engine_stops, engine_works, "Nobody is being answered"),
    (AlertType.QUEUE, bell_waits, queue_is_empty, "s in the queue"),
    (AlertType.TWILIO, twilio_refuses, twilio_takes, "Twilio fails"),
    (AlertType.MODEL, model_is_away, model_is_back, "The model fails: broken"),
    (AlertType.QUOTA, credit_ends, credit_is_back, "has nothing left"),
    (AlertType.ERRORS, many_fail, hour_passes, "6.7 %: 2 of 30 within an hour"),
    (AlertType.PEOPLE_WAITING, somebody_waits, somebody_came, "1 person for over 30 min"),
    (AlertType.DISK, disk_fills, disk_is_emptied, "86 % full"),
    (AlertType.MEMORY, memory_is_short, memory_is_free, "91 % full"),
    (AlertType.SLOW, answers_are_slow, hour_passes, "s on the average of an hour"),
    (AlertType.FEW, few_write, many_write, "0 within an hour, usually 25"),
    (AlertType.RETIRING, model_retires, model_stays, "gpt-6-luna: in 60 days"),
    (AlertType.QUALITY, quality_falls, quality_rises, "lower: LOW"),
    (AlertType.SCHEDULE, job_is_late, job_is_done, "late: sweep"),
]
