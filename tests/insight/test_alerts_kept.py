"""What stands open is one alert: kept, seen to, muted, told in the right order."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.cast import only, rows
from wa_assistant import settings
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight.alerts import measured, standing
from wa_assistant.insight.alerts.found import Found, Rule
from wa_assistant.intake import spool
from wa_assistant.models import (
    Alert,
    AlertMute,
    AlertType,
    AuditEntry,
    Checked,
    Email,
    Kind,
    Participant,
    Period,
    ScheduledJob,
    Scope,
    Severity,
    Spending,
    Status,
)
from wa_assistant.money import prices
from wa_assistant.notify import alert_words
from wa_assistant.operations import checks

from .alert_cases import (
    EVERY,
    calm_passes,
    day,
    disk_fills,
    disk_is_emptied,
    job_is_late,
    look,
    messages,
    old,
)
from .alert_cases import caio as caio

pytestmark = pytest.mark.usefixtures("context", "engine")


def test_what_comes_and_goes_is_one_alert(monkeypatch):
    for _ in range(3):
        disk_fills(monkeypatch)
        look(AlertType.DISK)
        disk_is_emptied(monkeypatch)
        look(AlertType.DISK)
    assert only(Alert).resolved_at is None


def test_an_engine_that_has_just_begun_is_no_alarm():
    old(Checked.ENGINE, timedelta(hours=8))
    job_is_late(None)
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


def test_however_many_jobs_are_late_it_is_one_alert():
    with transaction():
        began = utcnow() - timedelta(hours=2)
        for name in ("a", "b", "c", "d"):
            db.session.add(ScheduledJob(name=name, every=5, began_at=began, duration_ms=3))
    look(AlertType.SCHEDULE)
    assert only(Alert).value == 4
    assert alert_words.value(only(Alert)) == "a, b, c…"


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
