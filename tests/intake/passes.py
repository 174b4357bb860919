"""What the tests of the reconciler share: moments of the past, and passes that have been."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from tests.cast import inbound, rows
from wa_assistant.database import db, transaction
from wa_assistant.models import Reconciliation

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def ago(span: timedelta) -> datetime:
    return datetime.now(UTC) - span


def begin(*moments: datetime) -> None:
    """As if there had been just these: the first start, and complete passes."""
    with transaction():
        db.session.execute(delete(Reconciliation))
        for at in moments:
            row = Reconciliation(began_at=at, completed_at=at, covered_until=at)
            db.session.add(row)
            db.session.flush()


def last_pass() -> Any:
    return rows(Reconciliation)[-1]


def said() -> list[str]:
    return [message.body for message in inbound()]
