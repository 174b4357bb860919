"""What is asked every few seconds, or for every page, does not read what was settled long ago."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import event

from wa_assistant.conversation import outbox, reading, search
from wa_assistant.conversation.unsettled import ANSWERS
from wa_assistant.database import db, utcnow
from wa_assistant.delivery.envelope import MESSAGES
from wa_assistant.insight import tally, times
from wa_assistant.intake import parked, webhook_log
from wa_assistant.journey import counting
from wa_assistant.knowledge import golden, pending, trials
from wa_assistant.media import steps
from wa_assistant.models import User
from wa_assistant.operations import dead_letters
from wa_assistant.operations.first_day import facts
from wa_assistant.operations.kinds import KINDS
from wa_assistant.settings import Settings
from wa_assistant.work import overdue

pytestmark = pytest.mark.usefixtures("context")


BIA = User(id=1)
# What owners chose, asked beforehand: one row, by its key.
A_SETTING = """\
SCAN CONSTANT ROW
SCALAR SUBQUERY 1
SEARCH settings USING INDEX sqlite_autoindex_settings_1 (name=?)"""


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda: overdue.find(webhook_log.WEBHOOKS, 10), "ix_webhooks_unprocessed"),
        (lambda: parked.of_known(10), "ix_webhooks_unprocessed"),
        (lambda: overdue.find(MESSAGES, 10), "ix_messages_unsent"),
        (lambda: overdue.find(ANSWERS, 10), "ix_messages_unsettled"),
        (lambda: overdue.find(steps.FILES, 10), "ix_media_left_to_do"),
        (lambda: overdue.find(pending.DOCUMENTS, 10), "ix_documents_left_to_do"),
        (lambda: overdue.find(trials.TRIALS, 10), "ix_trials_left_to_do"),
        (lambda: overdue.find(golden.MEASUREMENTS, 10), "ix_measurements_left_to_do"),
        (lambda: outbox.parked([1]), "ix_messages_parked"),
        (
            lambda: tally.pieces([times.Between(times.EPOCH, utcnow())]),
            "ix_messages_by_a_person",
        ),
        (lambda: counting.standing(1), "ix_participants_journey"),
        (counting.under_way, "ix_participants_journey"),
        (reading.simulated, "ix_participants_simulated"),
        (lambda: facts.look(Settings()), "ix_participants_simulated"),
        (lambda: reading.listing(BIA, show="attention"), "ix_participants_attention"),
        (lambda: search.condition("ana"), "index_people"),
    ],
)
def test_it_asks_its_index(database, ask, index):
    if database != "sqlite":
        return  # Postgres weighs its rows first, and there are none here
    found = [plan for plan in plans(ask) if plan != A_SETTING]
    assert found
    assert all(index in plan for plan in found), found


def test_the_list_of_the_unread_walks_along_them(database):
    if database != "sqlite":
        return
    others, attention = plans(lambda: reading.listing(BIA, show="unread"))
    assert "SCAN participants USING INDEX ix_participants_unread" in others
    assert "ORDER BY" not in others
    assert "ix_participants_attention" in attention


PLACE = dead_letters.Place(utcnow(), "trial", 7)
OF_DEAD_LETTERS = {f"ix_{kind.table.__tablename__}_dead" for kind in KINDS}


@pytest.mark.parametrize(
    "ask", [dead_letters.anything, dead_letters.page, lambda: dead_letters.page(PLACE)]
)
def test_dead_letters_of_each_kind_are_asked_of_its_index(database, ask):
    if database != "sqlite":
        return
    found = "\n".join(plans(ask))
    assert set(re.findall(r"ix_\w+_dead\b", found)) == OF_DEAD_LETTERS
    for line in found.splitlines():
        assert "TEMP B-TREE" not in line
        assert "INDEX ix_" in line or not re.match("(SCAN|SEARCH) [a-z]", line), line


def plans(ask: Callable[[], object]) -> list[str]:
    """How SQLite looks for what is asked, a plan a statement."""
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT") and "EXPLAIN" not in statement:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append("\n".join(row[-1] for row in rows))

    event.listen(db.engine, "before_cursor_execute", explain)
    ask()
    event.remove(db.engine, "before_cursor_execute", explain)
    return plans
