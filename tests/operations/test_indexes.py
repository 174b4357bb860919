"""What is asked every few seconds, or for every page, does not read what was settled long ago."""

import pytest
from sqlalchemy import event

from wa_assistant.conversation import window
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db
from wa_assistant.delivery.keep import MESSAGES
from wa_assistant.intake import webhook_log
from wa_assistant.journey import move, versions
from wa_assistant.knowledge import golden, pending, trials
from wa_assistant.media import steps
from wa_assistant.operations import dead_letters, dead_messages
from wa_assistant.work import claims

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda: claims.overdue(webhook_log.WEBHOOKS, 10), "ix_webhooks_unprocessed"),
        (lambda: webhook_log.parked(10), "ix_webhooks_unprocessed"),
        (lambda: claims.overdue(MESSAGES, 10), "ix_messages_unsent"),
        (lambda: claims.overdue(ANSWERS, 10), "ix_messages_unsettled"),
        (dead_letters.anything, "ix_webhooks_dead"),
        (dead_letters.anything, "ix_messages_dead_letters"),
        (lambda: dead_letters.webhooks(7), "ix_webhooks_dead"),
        (lambda: dead_letters.conversations(7), "ix_messages_dead_letters"),
        (lambda: dead_messages.page(7), "ix_messages_dead"),
        (lambda: claims.overdue(steps.FILES, 10), "ix_media_left_to_do"),
        (lambda: claims.overdue(pending.DOCUMENTS, 10), "ix_documents_left_to_do"),
        (lambda: claims.overdue(trials.TRIALS, 10), "ix_trials_left_to_do"),
        (lambda: claims.overdue(golden.MEASUREMENTS, 10), "ix_measurements_left_to_do"),
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
