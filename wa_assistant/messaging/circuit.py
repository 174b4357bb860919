"""A provider that refuses everything (no credit, no such sender) is left alone for a while.

The team sees a banner; every message waits or goes to the offline assistant, and none is lost
by being tried in vain.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from .. import live
from ..database import db, insert_once, transaction, utcnow
from ..models import Circuit, Provider

log = logging.getLogger(__name__)

REST = {Provider.MODEL: timedelta(minutes=5), Provider.TWILIO: timedelta(minutes=1)}


def break_(provider: Provider, error: str, code: int | None = None) -> None:
    """Open it, or keep it open for another while."""
    with transaction() as session:
        retry_at = utcnow() + REST[provider]
        if insert_once(Circuit, provider=provider, retry_at=retry_at):
            log.error("circuit opened: provider=%s error=%s", provider, error)
        circuit = session.get_one(Circuit, provider, populate_existing=True)
        circuit.retry_at, circuit.error, circuit.error_code = retry_at, error[:300], code
        live.changed("frame")


def close(provider: Provider) -> None:
    """It works again; nothing happens where it was not open."""
    if not db.session.scalar(select(Circuit.provider).where(Circuit.provider == provider)):
        db.session.rollback()
        return
    with transaction() as session:
        session.execute(delete(Circuit).where(Circuit.provider == provider))
        log.warning("circuit closed: provider=%s", provider)
        live.changed("frame")


def open_until(provider: Provider) -> datetime | None:
    """When the provider may be asked again; None when it may be now."""
    return db.session.scalar(
        select(Circuit.retry_at).where(Circuit.provider == provider, Circuit.retry_at > utcnow())
    )


def all_open() -> Sequence[Circuit]:
    return db.session.scalars(select(Circuit).order_by(Circuit.opened_at)).all()
