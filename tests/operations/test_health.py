"""Whether the product can do its work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, update

from tests.cast import ANA, known, only
from tests.support.application import registered
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.models import Check, Checked, Participant, ScheduledJob
from wa_assistant.operations import checks, health, room
from wa_assistant.version import VERSION

pytestmark = pytest.mark.usefixtures("context")


def tried(name: Checked, ago: timedelta) -> None:
    """The latest try of it was so long ago."""
    with transaction():
        db.session.execute(update(Check).where(Check.name == name).values(at=utcnow() - ago))


def engine() -> str:
    return str(health.written(health.look())["checks"]["engine"])


def test_all_is_well(valkey):
    registered(valkey)
    for name in Checked:
        checks.keep(name, {})
    found = health.look()
    report = health.written(found)
    assert found.now.keeps_webhooks
    assert found.answers
    assert report["status"] == "healthy"
    assert report["checks"] == {
        "database": "ok",
        "disk": "ok",
        "spool": 0,
        "redis": "ok",
        "engine": "ok",
        "schedule": "ok",
        "external_apis": {"twilio": "ok", "openai": "ok"},
    }
    assert report["version"] == VERSION
    assert datetime.fromisoformat(report["timestamp"]).tzinfo == UTC
    assert report["uptime"] >= 0


def test_what_a_page_has_read_is_not_read_anew_for_it():
    """Every page is told of it in the middle, with all that it shows in the session."""
    known(ANA)
    ana = only(Participant)
    health.examine()
    assert not inspect(ana).expired
    db.session.rollback()
    health.examine()
    assert not db.session().in_transaction(), "nor does it leave anything open"


@pytest.mark.environment(
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
    OPENAI_API_KEY=None,
    OPENAI_BASE_URL=None,
)
def test_without_keys_it_is_healthy_and_says_so(valkey):
    registered(valkey)
    checks.keep(Checked.ENGINE, {})
    checks.keep(Checked.TWILIO, None, "HTTP 401")  # while it was connected still
    report = health.written(health.look())
    assert report["status"] == "healthy"
    assert report["checks"]["external_apis"] == {
        "twilio": "not configured",
        "openai": "not configured",
    }


def test_engines_are_counted(valkey):
    for _ in range(2):
        registered(valkey)
    assert health.examine().engines == 2


def test_who_writes_is_answered_while_a_job_is_done_each_minute(valkey):
    registered(valkey)
    assert (health.look().answers, engine()) == (False, "behind"), "nobody has seen one done"
    checks.keep(Checked.ENGINE, {"seconds": 0.1})
    assert (health.look().answers, engine()) == (True, "ok")
    tried(Checked.ENGINE, timedelta(seconds=61))
    assert (health.look().answers, engine()) == (False, "behind")
    tried(Checked.ENGINE, timedelta(hours=-1))
    assert engine() == "behind", "a clock that was wrong says nothing"


def test_a_job_that_is_late_is_told(valkey):
    registered(valkey)
    checks.keep(Checked.ENGINE, {})
    with transaction():
        began = utcnow() - timedelta(minutes=10)
        db.session.add(ScheduledJob(name="sweep", every=5, began_at=began, duration_ms=3))
    report = health.written(health.look())
    assert (report["status"], report["checks"]["schedule"]) == ("degraded", "late")


@pytest.mark.parametrize(("name", "key"), [(Checked.TWILIO, "twilio"), (Checked.MODEL, "openai")])
def test_who_is_outside_and_fails_is_told_and_nobody_waits_for_it(valkey, name, key):
    registered(valkey)
    checks.keep(Checked.ENGINE, {})
    assert health.written(health.look())["checks"]["external_apis"][key] == "unknown"
    checks.keep(name, None, "HTTP 503")
    found = health.look()
    assert (found.status, found.answers) == ("degraded", True)
    assert health.written(found)["checks"]["external_apis"][key] == "failing"
    tried(name, timedelta(minutes=4))
    assert health.written(health.look())["checks"]["external_apis"][key] == "unknown"


def test_an_engine_that_says_nothing_any_more_is_none(valkey):
    valkey.redis.delete(registered(valkey).key)  # as its time to live does
    checks.keep(Checked.ENGINE, {})
    found = health.look()
    assert found.now.engines == 0
    assert (found.answers, engine()) == (False, "unavailable")
    assert found.now.keeps_webhooks


def test_without_redis_webhooks_are_kept_and_nobody_is_answered(valkey):
    registered(valkey)
    checks.keep(Checked.ENGINE, {})
    valkey.stop()
    found = health.look()
    report = health.written(found)
    assert found.now.keeps_webhooks
    assert not found.answers
    assert report["status"] == "degraded"
    assert report["checks"]["redis"] == "unavailable"
    assert report["checks"]["engine"] == "unavailable"


def test_without_its_database_webhooks_are_kept_and_nobody_is_answered(make_app, tmp_path, valkey):
    registered(valkey)
    with make_app(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/db").app_context():
        found = health.look()
        report = health.written(found)
    assert found.now.keeps_webhooks
    assert not found.answers
    assert (report["status"], report["checks"]["database"]) == ("degraded", "unavailable")


def test_a_postgres_that_is_not_there_is_told_too(make_app):
    with make_app(DATABASE_URL="postgresql://nobody@127.0.0.1:9/none").app_context():
        assert not health.examine().database


def test_with_neither_database_nor_disk_nothing_is_kept_until_there_is_room(make_app, disk):
    url = f"sqlite:///{disk.path}/wa_assistant.sqlite3"
    with make_app(DATA_DIR=disk.path, DATABASE_URL=url).app_context():
        assert health.examine().keeps_webhooks
        disk.fill()
        found = health.look()
        assert (found.status, found.now.disk, found.now.database) == ("unhealthy", False, True)
        assert not found.now.keeps_webhooks
        disk.make_room()
        assert health.examine().keeps_webhooks


def test_a_full_disk_beside_the_database_refuses_nothing(make_app, disk):
    with make_app(DATA_DIR=disk.path).app_context():
        disk.fill()
        found = health.look()
        assert found.now.keeps_webhooks
        assert (found.status, health.written(found)["checks"]["disk"]) == ("degraded", "full")


def test_looking_leaves_nothing_behind(data_dir):
    health.examine()
    before = sorted(data_dir.rglob("*"))
    health.examine()
    assert sorted(data_dir.rglob("*")) == before


def test_however_often_it_is_asked_the_disk_is_tried_now_and_then(monkeypatch, tmp_path):
    tried: list[Path] = []
    fits = room._fits

    def tries(path: Path) -> bool:
        tried.append(path)
        return fits(path)

    monkeypatch.setattr(room, "KEPT_SECONDS", 3600.0)
    monkeypatch.setattr(room, "_fits", tries)
    with ThreadPoolExecutor(8) as visitors:
        assert all(visitors.map(room.in_directory, [tmp_path] * 50))
    assert tried == [tmp_path]
    assert not room.in_directory(tmp_path / "nowhere")
    assert room.in_directory(tmp_path)
    monkeypatch.setattr(room, "KEPT_SECONDS", 0.0)
    assert room.in_directory(tmp_path)
    assert tried == [tmp_path, tmp_path / "nowhere", tmp_path]
