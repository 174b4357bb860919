"""One participant is answered by one worker at a time.

A lease is a token and a time on the participant's row, taken by a conditional update and renewed
while its worker lives. Every later write names the token: who lost it changes nothing.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask, current_app
from sqlalchemy import or_, update
from sqlalchemy.exc import OperationalError

from ..database import db, transaction, utcnow
from ..models import Participant

log = logging.getLogger(__name__)

LIFE = timedelta(seconds=15)
RENEWAL_SECONDS = 5.0


class Lost(Exception):
    """The lease is another worker's now."""


@contextmanager
def hold(participant_id: int) -> Iterator[str | None]:
    """The token of a lease held for as long as the block runs; None when another holds it."""
    token = secrets.token_hex(16)
    if not _take(participant_id, token):
        yield None
        return
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    renewal = threading.Thread(
        target=_renew, args=(app, participant_id, token, done), daemon=True, name="lease"
    )
    renewal.start()
    try:
        yield token
    finally:
        done.set()
        renewal.join()
        with transaction():
            _write(participant_id, token, lease_token=None, lease_until=None)


def check(participant_id: int, token: str) -> None:
    """Raise Lost unless `token` still holds; locks the row for the writing unit under way."""
    if not _write(participant_id, token, lease_until=utcnow() + LIFE):
        raise Lost(f"participant {participant_id}")


def _take(participant_id: int, token: str) -> bool:
    now = utcnow()
    with transaction() as session:
        taken = session.execute(
            update(Participant)
            .where(
                Participant.id == participant_id,
                or_(Participant.lease_until.is_(None), Participant.lease_until < now),
            )
            .values(lease_token=token, lease_until=now + LIFE)
            .returning(Participant.id)
        ).first()
    return taken is not None


def _write(participant_id: int, token: str, **values: object) -> bool:
    written = db.session.execute(
        update(Participant)
        .where(Participant.id == participant_id, Participant.lease_token == token)
        .values(**values)
        .returning(Participant.id)
    ).first()
    return written is not None


def _renew(app: Flask, participant_id: int, token: str, done: threading.Event) -> None:
    while not done.wait(RENEWAL_SECONDS):
        try:
            with app.app_context(), transaction():
                if not _write(participant_id, token, lease_until=utcnow() + LIFE):
                    return
        except OperationalError:
            log.warning("lease not renewed, tried again: participant=%s", participant_id)
