"""What whoever watches the product is told."""

from datetime import UTC, datetime, timedelta

import pytest


def test_it_says_what_works_to_anybody(client):
    response = client.get("/health")
    assert response.status_code == 200
    body = response.json
    assert set(body) == {"status", "checks", "timestamp", "uptime", "version"}
    assert body["status"] == "healthy"
    assert body["checks"] == {
        "database": "ok",
        "disk": "ok",
        "spool": 0,
        "redis": "ok",
        "engine": "ok",
        "schedule": "ok",
        "external_apis": {"twilio": "unknown", "openai": "unknown"},
    }
    assert datetime.now(UTC) - datetime.fromisoformat(body["timestamp"]) < timedelta(minutes=1)
    assert body["uptime"] >= 0


@pytest.mark.environment(
    OPENAI_API_KEY=None,
    OPENAI_BASE_URL=None,
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
)
def test_it_says_what_is_not_configured(client):
    found = client.get("/health").json["checks"]["external_apis"]
    assert found == {"twilio": "not configured", "openai": "not configured"}


def test_without_redis_it_goes_on_but_answers_nobody(client, valkey):
    assert client.get("/health/ready").status_code == 200
    valkey.stop()
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json["checks"]["redis"] == "unavailable"
    assert client.get("/health/ready").status_code == 503


def test_without_an_engine_nobody_is_answered(client, engine):
    engine.register_death()
    assert client.get("/health").status_code == 200
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json["checks"]["engine"] == "unavailable"


def test_without_its_database_it_keeps_what_comes_and_answers_nobody(away):
    response = away.test_client().get("/health")
    assert response.status_code == 200
    assert response.json["status"] == "degraded"
    assert response.json["checks"]["database"] == "unavailable"
    assert away.test_client().get("/health/ready").status_code == 503


def test_with_neither_database_nor_disk_it_is_unhealthy(make_app, disk, tmp_path):
    app = make_app(DATA_DIR=disk.path, DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/db")
    disk.fill()
    response = app.test_client().get("/health")
    assert response.status_code == 503
    assert response.json["status"] == "unhealthy"
    disk.make_room()
    assert app.test_client().get("/health").status_code == 200


def test_it_names_no_host_key_or_path(client, environ):
    text = client.get("/health").text
    for name in ("DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "TWILIO_AUTH_TOKEN", "DATA_DIR"):
        assert environ[name] not in text


def test_it_is_never_kept(client):
    assert client.get("/health").headers["Cache-Control"] == "no-store"
