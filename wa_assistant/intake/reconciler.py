"""Finds the messages whose webhook never reached us, by asking Twilio what it has received.

Twilio calls a webhook once, and a few times more where the address asks for it; a machine that
was off, a tunnel that broke or a wrong URL loses the call for good. So every five minutes a pass
lists what participants wrote since the last complete pass, less an hour, and hands whatever we
have not got to the webhook log, under the same key as its webhook: should that come after all, it
is a repeat, and two passes at once are harmless.

What is younger than two minutes is left alone, because its webhook, which tells more than the
list does (the name, a place), may be under way. A pass that fails on its way leaves no
`covered_until`, and the next one covers the whole span again. Nothing is looked for from before
the installation's first start; as long as only the simulator is connected, that moves along.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import current_app
from sqlalchemy import delete, func, select, update

from .. import logs
from ..clients import twilio
from ..clients.channel import Received, Unreadable
from ..database import db, transaction, utcnow
from ..models import Direction, Kind, Message, Reconciliation, Webhook
from . import inbound, spool, webhook_log

log = logs.get(__name__)

OVERLAP = timedelta(hours=1)
UNDER_WAY = timedelta(minutes=2)  # six attempts of 15 seconds are the longest way of a webhook
KEPT = timedelta(days=30)
PASS_SECONDS = 60.0
DRAIN_SECONDS = 5.0
BATCH = 500


class Incomplete(Exception):
    """Why a pass did not get through."""


def reconcile() -> None:
    """Make one pass, and write down how it went."""
    if not current_app.config["TWILIO_CONNECTED"]:
        _put_off_start()
        return
    since = _since()
    if since is None:
        _put_off_start()
        return
    with transaction():
        row = Reconciliation(began_at=utcnow())
        db.session.add(row)
        db.session.flush()
        pass_id, until = row.id, row.began_at - UNDER_WAY
    found, error = _pass(since, until)
    _finish(pass_id, found, error, until)


def _since() -> datetime | None:
    """From when on Twilio is asked; None before the first start is known."""
    start, covered = db.session.execute(
        select(func.min(Reconciliation.covered_until), func.max(Reconciliation.covered_until))
    ).one()
    db.session.rollback()
    if start is None or covered is None:
        return None
    # What lies ahead was written by a clock that was wrong.
    now = utcnow()
    return max(min(start, now), min(covered, now) - OVERLAP)


def _put_off_start() -> None:
    """The first start with Twilio is yet to come: until a pass was made it is now."""
    now = utcnow()
    with transaction():
        rows = db.session.scalars(select(Reconciliation).limit(2)).all()
        if not rows:
            rows = [Reconciliation(began_at=now)]
            db.session.add(rows[0])
        if len(rows) == 1:
            rows[0].completed_at = rows[0].covered_until = now


def _pass(since: datetime, until: datetime) -> tuple[int, str | None]:
    """How many messages were found, and what kept the pass from being complete."""
    ends = time.monotonic() + PASS_SECONDS
    found = 0
    try:
        _empty_spool()
        for message in _missing(since, until, ends):
            _check(ends)
            _ingest(message)
            found += 1
    except (Incomplete, Unreadable, webhook_log.NotKept) as error:
        return found, f"{type(error).__name__}: {error}"[:500]
    return found, None


def _empty_spool() -> None:
    """What waits there is not missing, and goes first."""
    webhook_log.drain(DRAIN_SECONDS)
    if not spool.is_empty():
        raise Incomplete("the spool still holds webhooks")


def _missing(since: datetime, until: datetime, ends: float) -> list[Received]:
    """What Twilio has from this span and we have not, oldest first."""
    listed = []
    for message in twilio.received(since):
        _check(ends)
        if message.at < until:
            listed.append(message)
    known: set[str | None] = set()
    for first in range(0, len(listed), BATCH):
        known |= _known([message.sid for message in listed[first : first + BATCH]])
    return [message for message in reversed(listed) if message.sid not in known]


def _known(sids: Sequence[str]) -> set[str | None]:
    kept = select(Webhook.provider_sid).where(
        Webhook.provider_sid.in_(sids), Webhook.kind == Kind.INBOUND
    )
    stored = select(Message.provider_sid).where(
        Message.provider_sid.in_(sids), Message.direction == Direction.INBOUND
    )
    found = {*db.session.scalars(kept), *db.session.scalars(stored)}
    db.session.rollback()
    return found


def _ingest(message: Received) -> None:
    """Let the webhook log have it as if its webhook had come when it was written."""
    fields = {
        "MessageSid": message.sid,
        "From": message.sender,
        "To": current_app.config["TWILIO_WHATSAPP_NUMBER"],
        "Body": message.body,
        "NumMedia": str(message.files),
    }
    for number, file in enumerate(twilio.files(message.sid) if message.files else ()):
        fields[f"MediaUrl{number}"] = file.url
        fields[f"MediaContentType{number}"] = file.content_type
    try:
        webhook_log.receive(Kind.INBOUND, urlencode(fields).encode(), received_at=message.at)
    except inbound.Malformed:
        log.exception("a message of Twilio's list cannot be told apart", sid=message.sid)


def _check(ends: float) -> None:
    if time.monotonic() > ends:
        raise Incomplete("it took too long")


def _finish(pass_id: int, found: int, error: str | None, until: datetime) -> None:
    log_it = log.warning if error or found else log.debug
    log_it("reconciled: found=%s error=%s", found, error)
    done = {} if error else {"completed_at": utcnow(), "covered_until": until}
    with transaction():
        db.session.execute(
            update(Reconciliation)
            .where(Reconciliation.id == pass_id)
            .values(found=found, error=error, **done)
        )
        if not error:
            _forget_old(pass_id)


def _forget_old(before: int) -> None:
    """Passes of long ago; the first row stays, it is the first start."""
    first = select(func.min(Reconciliation.id)).scalar_subquery()
    db.session.execute(
        delete(Reconciliation).where(
            Reconciliation.id > first,
            Reconciliation.id < before,
            Reconciliation.began_at < utcnow() - KEPT,
        )
    )
