"""Whether the product can do its work, told to whoever watches it."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ..database import db, utcnow
from ..intake import spool
from ..live import bells
from ..work.queue import queue
from . import room

STARTED = time.monotonic()


@dataclass(frozen=True)
class Health:
    """`database`, `redis`: whether each answers. `writes`: whether the database has room, too, as
    far as we can tell: on Postgres that is its own machine's business. `disk`: whether DATA_DIR
    has. `engines`: how many live, 0 where Redis does not say.
    """

    database: bool
    writes: bool
    disk: bool
    redis: bool
    engines: int

    @property
    def keeps_webhooks(self) -> bool:
        """In the database, or else in the spool."""
        return self.disk or self.writes

    @property
    def answers(self) -> bool:
        """Whether who writes now is answered."""
        return self.writes and self.redis and self.engines > 0

    @property
    def status(self) -> str:
        if not self.keeps_webhooks:
            return "unhealthy"
        return "healthy" if self.disk and self.writes else "degraded"


def examine() -> Health:
    database = _database()
    disk = room.in_directory(current_app.config["DATA_DIR"])
    redis = _redis()
    return Health(
        database=database,
        writes=database and ((path := _sqlite()) is None or room.in_directory(path)),
        disk=disk,
        redis=redis,
        engines=_engines() if redis else 0,
    )


def report(found: Health) -> dict[str, Any]:
    """`found` as JSON-ready values, for a machine."""
    return {
        "status": found.status,
        "checks": {
            "database": _said(found.database),
            "disk": "ok" if found.disk else "full",
            "spool": spool.waiting(),  # webhooks that the database does not have yet
            "redis": _said(found.redis),
            "engines": found.engines,
            "external_apis": {
                "twilio": _configured("TWILIO_CONNECTED"),
                "openai": _configured("OPENAI_CONNECTED"),
            },
        },
        "timestamp": utcnow().isoformat(),
        "uptime": round(time.monotonic() - STARTED, 1),
    }


def _database() -> bool:
    is_in_use = db.session().in_transaction()  # what a page has read is not read anew for this
    try:
        db.session.execute(text("SELECT 1"))
        if not is_in_use:
            db.session.rollback()
    except SQLAlchemyError:
        return False
    return True


def _sqlite() -> Path | None:
    """Where the database's file stands; None on Postgres."""
    url: str = current_app.config["DATABASE_URL"]
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite") else None


def _redis() -> bool:
    try:
        return bool(bells.redis.ping())
    except RedisError:
        return False


def _engines() -> int:
    """Who was killed stays registered until somebody cleans up, but says nothing any more."""
    from rq.worker_registration import get_keys

    try:
        known = get_keys(queue=queue())
        return int(bells.redis.exists(*known)) if known else 0
    except RedisError:
        return 0


def _said(answers: bool) -> str:
    return "ok" if answers else "unavailable"


def _configured(name: str) -> str:
    return "configured" if current_app.config[name] else "not configured"
