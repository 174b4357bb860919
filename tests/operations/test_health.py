"""Whether the product can do its work."""

from datetime import UTC, datetime

import pytest
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from wa_assistant.operations import health
from wa_assistant.work.queue import BELLS

pytestmark = pytest.mark.usefixtures("context")


def test_all_is_well():
    report, ok = health.report()
    assert ok
    assert report["status"] == "healthy"
    assert report["checks"] == {
        "database": "ok",
        "spool": 0,
        "redis": "ok",
        "engines": 0,
        "external_apis": {"twilio": "configured", "openai": "configured"},
    }
    assert datetime.fromisoformat(report["timestamp"]).tzinfo == UTC
    assert report["uptime"] >= 0


@pytest.mark.environment(
    TWILIO_ACCOUNT_SID=None,
    TWILIO_AUTH_TOKEN=None,
    TWILIO_WHATSAPP_NUMBER=None,
    TWILIO_API_URL=None,
    OPENAI_API_KEY=None,
    OPENAI_BASE_URL=None,
)
def test_without_keys_it_is_healthy_and_says_so():
    report, ok = health.report()
    assert ok
    assert report["checks"]["external_apis"] == {
        "twilio": "not configured",
        "openai": "not configured",
    }


def test_engines_are_counted(valkey):
    for _ in range(2):
        queue = Queue(BELLS, connection=valkey.redis, serializer=JSONSerializer)
        SimpleWorker([queue], connection=valkey.redis).register_birth()
    assert health.report()[0]["checks"]["engines"] == 2


def test_without_redis_it_is_healthy_and_says_so(valkey):
    valkey.stop()
    report, ok = health.report()
    assert ok
    assert report["checks"]["redis"] == "unavailable"
    assert report["checks"]["engines"] == 0


def test_without_its_database_it_is_not(make_app, tmp_path):
    with make_app(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/db").app_context():
        report, ok = health.report()
    assert not ok
    assert (report["status"], report["checks"]["database"]) == ("unhealthy", "unavailable")


def test_a_postgres_that_is_not_there_is_told_too(make_app):
    with make_app(DATABASE_URL="postgresql://nobody@127.0.0.1:9/none").app_context():
        assert not health.report()[1]
