"""A provider that refuses everything (no credit, no such sender) is left alone for a while.

The team sees a banner; every message waits or goes to the offline assistant, and none is lost
by being tried in vain.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from .. import live
from ..database import db, insert_once, transaction, utcnow
from ..models import Circuit, Provider

log = logging.getLogger(__name__)

REST = {Provider.MODEL: timedelta(minutes=5), Provider.TWILIO: timedelta(minutes=1)}
# After the rest one message tries, and the others wait for what becomes of it.
TRIAL = timedelta(seconds=10)


def break_(provider: Provider, error: str, code: int | None = None) -> None:
    """Open it, or keep it open for another while."""
    with transaction():
        open_(provider, error, code)


def open_(
    provider: Provider,
    error: str,
    code: int | None = None,
    *,
    by_receipt: bool = False,
) -> None:
    """The same within a writing unit. `by_receipt`: the provider had taken the message."""
    retry_at = utcnow() + REST[provider]
    if insert_once(Circuit, provider=provider, retry_at=retry_at):
        log.error("circuit opened: provider=%s error=%s", provider, error)
    circuit = db.session.get_one(Circuit, provider, populate_existing=True)
    circuit.retry_at, circuit.error, circuit.error_code = retry_at, error[:300], code
    circuit.by_receipt = by_receipt
    live.changed("frame")


def close(provider: Provider) -> None:
    """It works again; nothing happens where it was not open, or where only a receipt can tell."""
    closes = (Circuit.provider == provider, Circuit.by_receipt.is_(False))
    if not db.session.scalar(select(Circuit.provider).where(*closes)):
        db.session.rollback()
        return
    with transaction():
        _close(provider, *closes)


def went_out(handed_over_at: datetime) -> None:
    """A receipt tells that a message is on its way to its participant: what was wrong before it
    was handed over is over."""
    since = Circuit.opened_at < handed_over_at
    _close(Provider.TWILIO, Circuit.provider == Provider.TWILIO, since)


def _close(provider: Provider, *which: ColumnElement[bool]) -> None:
    if db.session.execute(delete(Circuit).where(*which).returning(Circuit.provider)).first():
        log.warning("circuit closed: provider=%s", provider)
        live.changed("frame")


def rests_until(provider: Provider) -> datetime | None:
    """When the provider may be asked again; None when the caller may, now."""
    now = utcnow()
    tries = db.session.execute(
        update(Circuit)
        .where(Circuit.provider == provider, Circuit.retry_at <= now)
        .values(retry_at=now + TRIAL)
        .returning(Circuit.provider)
    ).first()
    return None if tries else open_until(provider)


def open_until(provider: Provider) -> datetime | None:
    """When the provider may be asked again; None when it may be now."""
    return db.session.scalar(
        select(Circuit.retry_at).where(Circuit.provider == provider, Circuit.retry_at > utcnow())
    )


def all_open() -> Sequence[Circuit]:
    return db.session.scalars(select(Circuit).order_by(Circuit.opened_at)).all()
