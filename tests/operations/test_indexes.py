"""What is asked every few seconds, or for every page, does not read what was settled long ago."""

import pytest
from sqlalchemy import event

from wa_assistant.database import db
from wa_assistant.journey import move, versions
from wa_assistant.messaging import (
    journal,
    media,
    outbox,
    set_aside,
    set_aside_messages,
    unsettled,
    window,
)

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (journal.overdue, "ix_webhooks_unprocessed"),
        (lambda: outbox.overdue(10), "ix_messages_unsent"),
        (lambda: unsettled.overdue(10), "ix_messages_unsettled"),
        (set_aside.anything, "ix_webhooks_unprocessed"),
        (set_aside.anything, "ix_messages_set_aside"),
        (lambda: set_aside.webhooks(7), "ix_webhooks_unprocessed"),
        (lambda: set_aside.conversations(7), "ix_messages_set_aside"),
        (lambda: set_aside_messages.page(7), "ix_messages_set_aside"),
        (lambda: media.overdue(10), "ix_media_left_to_do"),
        (lambda: window.parked([1]), "ix_messages_parked"),
        (lambda: move.standing(1), "ix_participants_journey"),
        (versions._under_way, "ix_participants_journey"),
    ],
)
def test_it_asks_its_index(database, ask, index):
    if database != "sqlite":
        return  # Postgres weighs its rows first, and there are none here
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT") and "EXPLAIN" not in statement:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append("\n".join(row[-1] for row in rows))

    event.listen(db.engine, "before_cursor_execute", explain)
    ask()
    event.remove(db.engine, "before_cursor_execute", explain)
    assert plans
    assert all(index in plan for plan in plans), plans
