"""Claims are renewed while their worker lives, by a thread beside it."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import update

from ..database import db, transaction, utcnow
from .faults import DATABASE_AWAY
from .kind import Claim

log = logging.getLogger(__name__)

RENEWALS = 3  # in the time of a lease


@contextmanager
def renewed(*claims: Claim[Any]) -> Iterator[None]:
    """While the block runs, these claims do not run out; what is no longer ours stays another's."""
    done = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    renewal = threading.Thread(target=_renew, args=(app, claims, done), daemon=True, name="claims")
    renewal.start()
    try:
        yield
    finally:
        done.set()
        renewal.join()


def _renew(app: Flask, claims: Sequence[Claim[Any]], done: threading.Event) -> None:
    lease = min(claim.kind.policy.lease for claim in claims)
    while not done.wait(lease / RENEWALS):
        try:
            with app.app_context(), transaction():
                left = [_prolong(claim) for claim in claims]
        except DATABASE_AWAY:
            log.warning("claims not renewed, tried again")
        else:
            if not any(left):
                return


def _prolong(claim: Claim[Any]) -> bool:
    """By a statement alone: the row may be large, and nothing else of it is wanted."""
    table, until = claim.kind.table, utcnow() + timedelta(seconds=claim.kind.policy.lease)
    changed = update(table).where(*claim.holds).values(due_at=until).returning(table.id)
    return db.session.execute(changed).first() is not None
