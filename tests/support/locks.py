"""Who waits for whom on Postgres."""

from sqlalchemy import text

from wa_assistant.database import db


def waiting() -> int:
    """How many wait for somebody else's lock."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with db.engine.connect() as connection:
        return int(connection.scalar(text(f"{asked} AND wait_event_type = 'Lock'")) or 0)
