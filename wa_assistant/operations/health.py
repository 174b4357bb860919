"""Whether the product can do its work, told to whoever watches it."""

import time
from typing import Any

from flask import current_app
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..database import db, utcnow
from ..extensions import bells
from ..intake import spool
from ..work.queue import queue

STARTED = time.monotonic()


def report() -> tuple[dict[str, Any], bool]:
    """The report as JSON-ready values, and whether the database answers."""
    database = _database()
    redis = _redis()
    body = {
        "status": "healthy" if database else "unhealthy",
        "checks": {
            "database": "ok" if database else "unavailable",
            "spool": spool.waiting(),  # webhooks that the database does not have yet
            "redis": "ok" if redis else "unavailable",
            "engines": _engines() if redis else 0,
            "external_apis": {
                "twilio": _configured("TWILIO_CONNECTED"),
                "openai": _configured("OPENAI_CONNECTED"),
            },
        },
        "timestamp": utcnow().isoformat(),
        "uptime": round(time.monotonic() - STARTED, 1),
    }
    return body, database


def _database() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
    except SQLAlchemyError:
        return False
    return True


def _redis() -> bool:
    try:
        return bool(bells.redis.ping())
    except RedisError:
        return False


def _engines() -> int:
    """How many live; 0 where Redis does not say."""
    from rq.worker_registration import get_keys

    try:
        return len(get_keys(queue=queue()))
    except RedisError:
        return 0


def _configured(name: str) -> str:
    return "configured" if current_app.config[name] else "not configured"
