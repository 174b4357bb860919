"""A way around the triggers that guard the audit, as only who owns the database has it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from wa_assistant.database import writing


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside, within the writing unit under way, an entry can be changed and deleted."""
    session = writing()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        session.execute(text("SET LOCAL session_replication_role = origin"))
        return
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"
    made = session.execute(text(triggers)).all()
    for each in made:
        session.execute(text(f"DROP TRIGGER {each.name}"))
    yield
    for each in made:
        session.execute(text(each.sql))
