"""Whether the product can do its work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.cast import ANA, known, only
from tests.support.application import registered
from wa_assistant.database import db
from wa_assistant.models import Participant
from wa_assistant.operations import health, room

pytestmark = pytest.mark.usefixtures("context")


def test_all_is_well():
    found = health.examine()
    report = health.report(found)
    assert found.keeps_webhooks
    assert report["status"] == "healthy"
    assert report["checks"] == {
        "database": "ok",
        "disk": "ok",
        "spool": 0,
        "redis": "ok",
        "engines": 0,
        "external_apis": {"twilio": "configured", "openai": "configured"},
    }
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
def test_without_keys_it_is_healthy_and_says_so():
    found = health.examine()
    report = health.report(found)
    assert found.keeps_webhooks
    assert report["checks"]["external_apis"] == {
        "twilio": "not configured",
        "openai": "not configured",
    }


def test_engines_are_counted(valkey):
    for _ in range(2):
        registered(valkey)
    found = health.examine()
    assert found.answers
    assert health.report(found)["checks"]["engines"] == 2


def test_an_engine_that_says_nothing_any_more_is_none(valkey):
    valkey.redis.delete(registered(valkey).key)  # as its time to live does
    found = health.examine()
    assert found.engines == 0
    assert not found.answers
    assert found.keeps_webhooks


def test_without_redis_webhooks_are_kept_and_nobody_is_answered(valkey):
    registered(valkey)
    valkey.stop()
    found = health.examine()
    report = health.report(found)
    assert found.keeps_webhooks
    assert not found.answers
    assert report["checks"]["redis"] == "unavailable"
    assert report["checks"]["engines"] == 0


def test_without_its_database_webhooks_are_kept_and_nobody_is_answered(make_app, tmp_path, valkey):
    registered(valkey)
    with make_app(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/db").app_context():
        found = health.examine()
        report = health.report(found)
    assert found.keeps_webhooks
    assert not found.answers
    assert (report["status"], report["checks"]["database"]) == ("degraded", "unavailable")


def test_a_postgres_that_is_not_there_is_told_too(make_app):
    with make_app(DATABASE_URL="postgresql://nobody@127.0.0.1:9/none").app_context():
        assert not health.examine().database


def test_with_neither_database_nor_disk_nothing_is_kept_until_there_is_room(make_app, disk):
    url = f"sqlite:///{disk.path}/wa_assistant.sqlite3"
    with make_app(DATA_DIR=disk.path, DATABASE_URL=url).app_context():
        assert health.examine().status == "healthy"
        disk.fill()
        found = health.examine()
        assert (found.status, found.disk, found.database) == ("unhealthy", False, True)
        assert not found.keeps_webhooks
        disk.make_room()
        assert health.examine().status == "healthy"


def test_a_full_disk_beside_the_database_refuses_nothing(make_app, disk):
    with make_app(DATA_DIR=disk.path).app_context():
        disk.fill()
        found = health.examine()
        assert found.keeps_webhooks
        assert (found.status, health.report(found)["checks"]["disk"]) == ("degraded", "full")


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
