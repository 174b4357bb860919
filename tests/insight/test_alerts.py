"""Each alert opens, is told once, and is resolved by itself: with real figures and real e-mails."""

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
from wa_assistant.insight.alerts import at_once, measured, standing
from wa_assistant.insight.alerts.found import Found, Rule
from wa_assistant.intake import spool
from wa_assistant.models import (
    Alert,
    AlertMute,
    AlertType,
    AuditEntry,
    Author,
    Check,
    Checked,
    Direction,
    Email,
    Kind,
    Message,
    Participant,
    Period,
    Provider,
    Role,
    ScheduledJob,
    Scope,
    Severity,
    Spending,
    Status,
    User,
)
from wa_assistant.money import prices
from wa_assistant.operations import checks, queues
from wa_assistant.providers import circuit
from wa_assistant.work.queue import later, queue

pytestmark = pytest.mark.usefixtures("context", "engine")

EVERY = {rule.type: rule for rule in standing.RULES}


@pytest.fixture(autouse=True)
def caio(context: None) -> Any:
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


@pytest.mark.parametrize(
    ("type_", "begins", "ends", "words"), CASES, ids=[each[0].value for each in CASES]
)
def test_each_is_opened_told_once_and_resolved_by_itself(
    mail, work, monkeypatch, type_, begins, ends, words
):
    look(type_)
    assert rows(Alert) == [], "with nothing wrong nothing is told"
    begins(monkeypatch)
    look(type_)
    look(type_)
    alert = only(Alert)
    assert (alert.type, alert.resolved_at) == (type_, None)
    if type_ != AlertType.QUEUE:
        work()
        (letter,) = mail.taken
        assert letter["To"] == CAIO
        assert words in letter.get_content()
        assert "/alerts" in letter.get_content()
    ends(monkeypatch)
    look(type_)
    assert only(Alert).resolved_at is None, "it may come back in a moment"
    calm_passes()
    look(type_)
    assert only(Alert).resolved_at is not None
    work()
    assert mail.taken[-1]["Subject"].startswith("Resolved: ")
    look(type_)
    assert len(rows(Alert)) == 1


@pytest.mark.environment(PUBLIC_URL="https://assistant.example.com")
def test_a_certificate_that_runs_out_is_told(mail, work):
    certificate_runs_out(None)
    look(AlertType.CERTIFICATE)
    work()
    assert "in 13 days" in mail.taken[-1].get_content()
    certificate_is_renewed(None)
    look(AlertType.CERTIFICATE)
    calm_passes()
    look(AlertType.CERTIFICATE)
    assert only(Alert).resolved_at is not None


def test_what_comes_and_goes_is_one_alert(monkeypatch):
    for _ in range(3):
        disk_fills(monkeypatch)
        look(AlertType.DISK)
        disk_is_emptied(monkeypatch)
        look(AlertType.DISK)
    assert only(Alert).resolved_at is None


def test_an_engine_that_has_just_begun_is_no_alarm():
    old(Checked.ENGINE, timedelta(hours=8))
    standing.watch()
    assert rows(Alert) == []


def test_without_redis_that_is_told_and_not_that_no_engine_works(valkey):
    valkey.stop()
    look(AlertType.NO_ENGINE)
    look(AlertType.REDIS)
    assert only(Alert).type == "redis"


def test_webhooks_on_the_disk_are_told(app):
    spool.append(spool.Entry(Kind.INBOUND, b"MessageSid=SM1", utcnow()))
    look(AlertType.SPOOL)
    assert only(Alert).value == 1


def test_a_limit_that_is_near_is_told(caio):
    settings.change({"cap_day": "10"}, settings.marks(settings.current()), caio)
    with transaction():
        db.session.add(
            Spending(
                participant_id=0,
                starts_on=prices.today(),
                period=Period.DAY,
                scope=Scope.ALL,
                spent=9_000_000,
            )
        )
    look(AlertType.SPENDING)
    assert (only(Alert).about, only(Alert).value) == ("cap_day", 90)


def test_of_several_each_is_an_alert_of_its_own():
    checks.keep(Checked.MODEL, {"models": {"a": day(10), "b": day(20), "c": day(100)}})
    look(AlertType.RETIRING)
    assert [(each.about, each.value) for each in rows(Alert)] == [("a", 10), ("b", 20)]


@pytest.mark.parametrize("number", [1, 19])
def test_of_few_messages_none_that_fails_says_anything(number):
    messages(number, status=Status.FAILED)
    look(AlertType.ERRORS)
    assert rows(Alert) == []


def test_who_is_simulated_counts_nowhere():
    messages(30, status=Status.FAILED)
    with transaction():
        db.session.execute(update(Participant).values(simulated=True))
    look(AlertType.ERRORS)
    assert rows(Alert) == []


def test_a_rule_that_is_broken_silences_no_other(monkeypatch):
    def fail() -> Any:
        raise LookupError("of ours")

    disk_fills(monkeypatch)
    broken = Rule(AlertType.MEMORY, Severity.MEDIUM, fail)
    standing.look([broken, EVERY[AlertType.DISK]])
    assert only(Alert).type == "disk"


def test_of_what_is_muted_nobody_is_told_and_the_page_shows_it(caio, mail, work, monkeypatch):
    standing.mute(AlertType.DISK, timedelta(hours=1), caio)
    disk_fills(monkeypatch)
    look(AlertType.DISK)
    work()
    assert (len(standing.all_open()), mail.taken) == (1, [])
    assert list(standing.muted()) == [AlertType.DISK]
    standing.mute(AlertType.DISK, None, caio)
    assert (standing.muted(), rows(AlertMute)) == ({}, [])
    assert [each.action for each in rows(AuditEntry)] == ["muted", "muted"]


def test_one_sees_to_it_and_the_second_is_told_so(caio, monkeypatch):
    disk_fills(monkeypatch)
    look(AlertType.DISK)
    alert_id = only(Alert).id
    assert standing.acknowledge(alert_id, caio)
    assert not standing.acknowledge(alert_id, caio)
    assert only(Alert).acknowledged_by_id == caio.id


def test_what_is_over_before_it_is_sent_is_not_told_as_if_it_were_not(mail, work, monkeypatch):
    disk_fills(monkeypatch)
    look(AlertType.DISK)
    disk_is_emptied(monkeypatch)
    look(AlertType.DISK)
    calm_passes()
    look(AlertType.DISK)
    work()
    (letter,) = mail.taken
    assert letter["Subject"] == "Resolved: The disk is filling up"


def test_without_a_mail_server_it_stands_on_the_page_alone(monkeypatch):
    disk_fills(monkeypatch)
    look(AlertType.DISK)
    assert (len(standing.all_open()), rows(Email)) == (1, [])


def test_a_test_reaches_all_who_are_told(caio, mail, work):
    assert standing.send_test(caio) == 1
    work()
    assert mail.taken[-1]["Subject"] == "This is a test"
    assert standing.all_open() == []


def test_the_worst_stands_first(monkeypatch):
    job_is_late(None)
    disk_fills(monkeypatch)
    for type_ in (AlertType.SCHEDULE, AlertType.DISK):
        look(type_)
    assert [each.type for each in standing.all_open()] == ["disk", "schedule"]


def test_every_type_has_a_rule_and_every_rule_looks():
    standing.watch()
    standing.measure()
    assert set(EVERY) == set(AlertType) - {AlertType.TEST}
    assert [rule.type for rule in measured.RULES] == [
        AlertType.ERRORS,
        AlertType.PEOPLE_WAITING,
        AlertType.SLOW,
        AlertType.FEW,
    ]
    assert Found().value == 0
