"""One participant is answered by one worker at a time.

A lease is a token and a time on the participant's row, taken by a conditional update and renewed
while its worker lives. Every later write names the token: who lost it changes nothing. It also
counts how often in succession answering failed by a fault of our own, or the worker died of it.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import case, or_, update

from ..database import db, transaction, utcnow
from ..models import Participant
from ..work.faults import DATABASE_AWAY, NOT_OURS, outline

log = logging.getLogger(__name__)

LIFE = timedelta(seconds=15)
RENEWAL_SECONDS = 5.0
# A fault of our own would be the same in a second, and each call to the model costs.
FAULT_PAUSE = timedelta(minutes=1)
DIED = "The worker ended while it answered."


class Lost(Exception):
    """The lease is another worker's now."""


@contextmanager
def hold(participant_id: int) -> Iterator[str | None]:
    """The token of a lease held for as long as the block runs; None when another holds it."""
    token = secrets.token_hex(16)
    if not _take(participant_id, token):
        yield None
        return
    last: dict[str, Any] = {"faults": 0}
    try:
        with renewed(lambda: _write(participant_id, token, lease_until=utcnow() + LIFE)):
            yield token
    except Exception as error:
        last = {} if isinstance(error, NOT_OURS) else _fault(error)
        raise
    except BaseException:  # told to stop: neither done nor at fault
        last = {}
        raise
    finally:
        with transaction():
            _write(participant_id, token, lease_token=None, lease_until=None, **last)


@contextmanager
def renewed(renew: Callable[[], bool]) -> Iterator[None]:
    """While the block runs, call `renew` in time, in a writing unit; until it says it is lost."""
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    renewal = threading.Thread(target=_renew, args=(app, renew, done), daemon=True, name="lease")
    renewal.start()
    try:
        yield
    finally:
        done.set()
        renewal.join()


def check(participant_id: int, token: str) -> None:
    """Raise Lost unless `token` still holds; locks the row for the writing unit under way."""
    if not _write(participant_id, token, lease_until=utcnow() + LIFE):
        raise Lost(f"participant {participant_id}")


def is_held(participant: Participant) -> bool:
    """Whether a worker is answering them; inside a writing unit that has locked their row."""
    return participant.lease_until is not None and participant.lease_until >= utcnow()


def _take(participant_id: int, token: str) -> bool:
    now = utcnow()
    died = Participant.lease_token.is_not(None)  # who held it never gave it back
    with transaction() as session:
        taken = session.execute(
            update(Participant)
            .where(
                Participant.id == participant_id,
                or_(Participant.lease_until.is_(None), Participant.lease_until < now),
            )
            .values(
                lease_token=token,
                lease_until=now + LIFE,
                faults=case((died, Participant.faults + 1), else_=Participant.faults),
                fault=case((died, DIED), else_=Participant.fault),
            )
            .returning(Participant.id)
        ).first()
    return taken is not None


def _fault(error: Exception) -> dict[str, Any]:
    return {
        "faults": Participant.faults + 1,
        "fault": outline(error),
        "answer_after": utcnow() + FAULT_PAUSE,
    }


def _write(participant_id: int, token: str, **values: Any) -> bool:
    written = db.session.execute(
        update(Participant)
        .where(Participant.id == participant_id, Participant.lease_token == token)
        .values(**values)
        .returning(Participant.id)
    ).first()
    return written is not None


def _renew(app: Flask, renew: Callable[[], bool], done: threading.Event) -> None:
    while not done.wait(RENEWAL_SECONDS):
        try:
            with app.app_context(), transaction():
                if not renew():
                    return
        except DATABASE_AWAY:
            log.warning("lease not renewed, tried again")
