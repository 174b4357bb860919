"""Entries of the audit for tests, and ways around what guards them, as only who owns the database
has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from tests.cast import BIA, acting
from wa_assistant import audit
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, Subject

TRIGGERS = ("audit_update", "audit_delete", "audit_insert")


def written(number: int, *, action: Action = Action.ASSIGNED, actor: str = BIA) -> None:
    """So many entries, of participants 1, 2, 3 ..."""
    with transaction():
        for each in range(1, number + 1):
            after = {"to": f"{each}@example.com", "share": 0.1 * each}
            audit.record(acting(actor), action, Subject.PARTICIPANT, each, after=after)


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, the triggers are not there."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    made = [_made(name) for name in TRIGGERS] if on_sqlite else []
    with transaction():
        for name in TRIGGERS:
            off = f"ALTER TABLE audit_entries DISABLE TRIGGER {name}"
            db.session.execute(text(f"DROP TRIGGER {name}" if on_sqlite else off))
    yield
    with transaction():
        for name in TRIGGERS:
            on = f"ALTER TABLE audit_entries ENABLE TRIGGER {name}"
            db.session.execute(text(made.pop(0) if on_sqlite else on))


def _made(name: str) -> str:
    found: str = db.session.execute(
        text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}
    ).scalar_one()
    return found


def forced(statement: str, **values: Any) -> None:
    """Done to the database although the triggers would refuse it."""
    with unguarded(), transaction():
        db.session.execute(text(statement), values)
