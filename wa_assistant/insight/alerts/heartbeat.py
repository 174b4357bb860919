"""Tells a dead man's switch that all is well: one that hears nothing more tells somebody.

It is the only alert that a machine which is off can give. Nothing is told of this product but that
it lives.
"""

from flask import current_app
from sqlalchemy import exists, select

from ... import logs
from ...clients import heartbeat
from ...database import db
from ...models import Alert, Severity
from ...operations import health

log = logs.get(__name__)


def beat() -> None:
    """Call HEARTBEAT_URL, where one is configured, unless something is badly wrong."""
    url: str | None = current_app.config["HEARTBEAT_URL"]
    if url is None or not is_well():
        return
    try:
        heartbeat.call(url)
    except heartbeat.NotHeard as error:
        log.warning("heartbeat not heard", reason=str(error))


def is_well() -> bool:
    """Who writes is answered, and no alert of the worst kind stands open."""
    bad = exists().where(Alert.resolved_at.is_(None), Alert.severity == Severity.HIGH)
    return health.look().answers and not db.session.scalar(select(bad))
