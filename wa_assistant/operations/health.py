"""Whether the product can do its work, told to whoever watches it."""

import time
from collections.abc import Mapping
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
from ..models import Check, Checked
from ..version import VERSION
from ..work.queue import queue
from . import checks, room, timetable

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
    def may_answer(self) -> bool:
        """Whether all is there that an answer needs, as far as who asks can see at once."""
        return self.writes and self.redis and self.engines > 0


@dataclass(frozen=True)
class Report:
    """The same, with what was tried in the background: whether it went well, None where nobody
    knows. `late`: whether something of the schedule is.
    """

    now: Health
    engine: bool | None
    twilio: bool | None
    model: bool | None
    late: bool

    @property
    def answers(self) -> bool:
        """Whether who writes now is answered: a job was done end to end within the last minute."""
        return self.now.may_answer and self.engine is True

    @property
    def status(self) -> str:
        if not self.now.keeps_webhooks:
            return "unhealthy"
        is_well = self.now.disk and self.answers and not self.late
        outside = (self.twilio, self.model)
        return "healthy" if is_well and False not in outside else "degraded"


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


def look() -> Report:
    """All of it, for whoever watches: two statements more than `examine`."""
    now = examine()
    known, late = _tried() if now.database else ({}, False)
    well = {name: checks.is_well(known.get(name)) for name in Checked}
    connected = current_app.config
    return Report(
        now=now,
        engine=well[Checked.ENGINE],
        twilio=well[Checked.TWILIO] if connected["TWILIO_CONNECTED"] else None,
        model=well[Checked.MODEL] if connected["OPENAI_CONNECTED"] else None,
        late=late,
    )


def written(found: Report) -> dict[str, Any]:
    """`found` as JSON-ready values, for a machine."""
    now = found.now
    return {
        "status": found.status,
        "checks": {
            "database": _said(now.database),
            "disk": "ok" if now.disk else "full",
            "spool": spool.waiting(),  # webhooks that the database does not have yet
            "redis": _said(now.redis),
            "engine": _engine(found),
            "schedule": "late" if found.late else "ok",
            "external_apis": {
                "twilio": _outside(found.twilio, "TWILIO_CONNECTED"),
                "openai": _outside(found.model, "OPENAI_CONNECTED"),
            },
        },
        "timestamp": utcnow().isoformat(),
        "uptime": round(time.monotonic() - STARTED, 1),
        "version": VERSION,
    }


def _tried() -> tuple[Mapping[Checked, Check], bool]:
    """What was tried, and whether something of the schedule is late; nothing of a database that
    has no tables for it yet, or goes away now."""
    try:
        return checks.latest(), any(map(timetable.is_late, timetable.jobs()))
    except SQLAlchemyError:
        db.session.rollback()
        return {}, False


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


def _engine(found: Report) -> str:
    """ "behind": one lives, and no job was done within the last minute."""
    if not found.now.engines:
        return "unavailable"
    return "ok" if found.engine else "behind"


def _outside(well: bool | None, connected: str) -> str:
    if not current_app.config[connected]:
        return "not configured"
    return {True: "ok", False: "failing", None: "unknown"}[well]
