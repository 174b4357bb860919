"""A provider that refuses everything (no credit, no such sender), or is out of reach, is left alone
for a while.

The team sees a banner; every message waits or goes to the offline assistant, and none is lost
by being tried in vain.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, delete, select, update

from .. import live, logs
from ..clients.failures import AWAY
from ..database import db, insert_once, transaction, utcnow
from ..models import Circuit, Provider

log = logs.get(__name__)

REST = {Provider.MODEL: timedelta(minutes=5), Provider.TWILIO: timedelta(minutes=1)}
LONGEST_REST = max(REST.values())
# Who is only out of reach may be back soon: it is left alone for as long as it has been away, from
# this to its usual rest.
SHORTEST_REST = timedelta(seconds=30)
# After the rest one message tries, and the others wait for what becomes of it.
TRIAL = timedelta(seconds=10)


class Standing(NamedTuple):
    """`is_open`: it refused everything, and who finds that it works again says so with `close`.
    `rests_until`: then it may be asked again; None when it may be now.
    """

    is_open: bool
    rests_until: datetime | None


CLOSED = Standing(is_open=False, rests_until=None)


def break_(
    provider: Provider,
    error: str,
    code: int | None = None,
    failure: str | None = None,
    since: datetime | None = None,
) -> None:
    """Open it, or keep it open for another while; it has been so `since` then."""
    with transaction():
        open_(provider, error, code, failure=failure, since=since)


def warn(provider: Provider, error: str, failure: str, since: datetime | None = None) -> None:
    """Tell the team that it fails again and again, `since` then; it is asked all the same."""
    with transaction():
        open_(provider, error, failure=failure, since=since, rests=False)


def open_(
    provider: Provider,
    error: str,
    code: int | None = None,
    *,
    by_receipt: bool = False,
    failure: str | None = None,
    since: datetime | None = None,
    rests: bool = True,
) -> None:
    """The same within a writing unit. `by_receipt`: the provider had taken the message."""
    now = utcnow()
    if insert_once(Circuit, provider=provider, opened_at=now, retry_at=now):
        # Without the words of the error, which may quote what was asked.
        log.error("circuit opened", provider=provider, code=code, failure=failure)
    circuit = db.session.get_one(Circuit, provider, populate_existing=True)
    circuit.opened_at = min(circuit.opened_at, since or now)
    retry_at = now + _rest(circuit, failure) * rests
    # Who only warns ends no rest.
    if rests or standing(circuit.retry_at).rests_until is None:
        circuit.retry_at = retry_at
    circuit.error, circuit.error_code = error[:300], code
    circuit.by_receipt, circuit.failure = by_receipt, failure
    live.changed("frame")


def _rest(circuit: Circuit, failure: str | None) -> timedelta:
    usual = REST[Provider(circuit.provider)]
    if failure not in AWAY:
        return usual
    return min(max(utcnow() - circuit.opened_at, SHORTEST_REST), usual)


def close(provider: Provider) -> None:
    """It works again; nothing happens where it was not open, or where only a receipt can tell.

    Who has seen it closed as they began need not say so.
    """
    closes = (Circuit.provider == provider, Circuit.by_receipt.is_(False))
    with transaction():
        _close(provider, *closes)


def went_out(handed_over_at: datetime) -> None:
    """A receipt tells that a message is on its way to its participant: what was wrong before it
    was handed over is over."""
    since = Circuit.opened_at < handed_over_at
    _close(Provider.TWILIO, Circuit.provider == Provider.TWILIO, since)


def _close(provider: Provider, *which: ColumnElement[bool]) -> None:
    if db.session.execute(delete(Circuit).where(*which).returning(Circuit.provider)).first():
        log.warning("circuit closed", provider=provider)
        live.changed("frame")


def retry_at(provider: Provider) -> ScalarSelect[datetime]:
    """When it is to be asked again, or was; no row while it is closed. What `standing` is given."""
    return select(Circuit.retry_at).where(Circuit.provider == provider).scalar_subquery()


def failure(provider: Provider) -> ScalarSelect[str | None]:
    """The kind of its failure; no row while it is closed."""
    return select(Circuit.failure).where(Circuit.provider == provider).scalar_subquery()


def standing(retry_at: datetime | None) -> Standing:
    now = utcnow()
    rests = retry_at is not None and now < retry_at <= now + LONGEST_REST
    return Standing(retry_at is not None, retry_at if rests else None)


def now(provider: Provider) -> Standing:
    return standing(db.session.scalar(select(retry_at(provider))))


def turn(provider: Provider, trial: timedelta = TRIAL) -> Standing:
    """The same for who asks it next, within a writing unit: after the rest one may, and all others
    wait for what becomes of that, which `trial` is enough for."""
    at = db.session.scalar(select(retry_at(provider)))
    found = standing(at)
    if not found.is_open or found.rests_until is not None:
        return found
    tries = db.session.execute(
        update(Circuit)
        .where(Circuit.provider == provider, Circuit.retry_at == at)
        .values(retry_at=utcnow() + min(trial, LONGEST_REST))
        .returning(Circuit.provider)
    ).first()
    return found if tries else now(provider)


def all_open() -> Sequence[Circuit]:
    return db.session.scalars(select(Circuit).order_by(Circuit.opened_at)).all()
