"""What whoever watches the product is told."""

from datetime import UTC, datetime, timedelta

import pytest


def test_it_says_what_works_to_anybody(client):
    response = client.get("/health")
    assert response.status_code == 200
    body = response.json
    assert set(body) == {"status", "checks", "timestamp", "uptime"}
    assert body["status"] == "healthy"
    assert body["checks"] == {
        "database": "ok",
        "spool": 0,
        "redis": "ok",
        "engines": 0,
        "external_apis": {"twilio": "configured", "openai": "configured"},
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


def test_without_redis_it_goes_on(client, valkey):
    valkey.stop()
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json["checks"]["redis"] == "unavailable"


def test_without_its_database_it_is_unhealthy(away):
    response = away.test_client().get("/health")
    assert response.status_code == 503
    assert response.json["status"] == "unhealthy"
    assert response.json["checks"]["database"] == "unavailable"


def test_it_names_no_host_key_or_path(client, environ):
    text = client.get("/health").text
    for name in ("DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "TWILIO_AUTH_TOKEN", "DATA_DIR"):
        assert environ[name] not in text


def test_it_is_never_kept(client):
    assert client.get("/health").headers["Cache-Control"] == "no-store"
