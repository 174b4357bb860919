"""Entries of the audit for tests, and what somebody may do to them who owns the database."""

from typing import Any

from sqlalchemy import text

from tests.cast import BIA, acting
from tests.support.unguarded import unguarded
from wa_assistant import audit
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, Subject


def written(number: int, *, action: Action = Action.ASSIGNED, actor: str = BIA) -> None:
    """So many entries, of participants 1, 2, 3 ..."""
    with transaction():
        for each in range(1, number + 1):
            after = {"to": f"{each}@example.com", "share": 0.1 * each}
            audit.record(acting(actor), action, Subject.PARTICIPANT, each, after=after)


def forced(statement: str, **values: Any) -> None:
    """Done to the database although the triggers would refuse it."""
    with transaction(), unguarded():
        db.session.execute(text(statement), values)
