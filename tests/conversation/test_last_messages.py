"""What the list shows of each conversation costs no more where much has been said."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from tests.cast import ANA, BRUNO, known
from wa_assistant.conversation import reading
from wa_assistant.database import db
from wa_assistant.models import Author, Direction, Message, Status

pytestmark = pytest.mark.usefixtures("context")

LONG = 2000


@pytest.fixture
def ids() -> list[int]:
    """Two participants, each with a long history; who has none is asked for too."""
    people = [known(ANA), known(BRUNO)]
    said = {
        "direction": Direction.INBOUND,
        "author": Author.PARTICIPANT,
        "status": Status.RECEIVED,
    }
    each = [{**said, "participant_id": person} for _ in range(LONG) for person in people]
    db.session.execute(insert(Message), each)
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    return [*people, 12345]


def test_on_sqlite_the_number_of_steps_does_not_grow_with_what_was_said(database, ids):
    if database != "sqlite":
        return  # which has its own way to say how much was read
    driver: Any = db.session.connection().connection.driver_connection
    steps: list[int] = []
    driver.set_progress_handler(lambda: steps.append(1), 100)
    found = reading.last_messages(ids)
    driver.set_progress_handler(None, 0)
    assert len(found) == 2
    assert len(steps) * 100 < LONG


def test_on_postgres_no_more_rows_are_read_than_there_are_participants(database, ids):
    if database != "postgres":
        return
    with plans() as explained:
        found = reading.last_messages(ids)
    assert len(found) == 2
    assert explained
    assert sum(read(plan) for plan in explained) <= 3 * len(ids)


@contextmanager
def plans() -> Iterator[list[Any]]:
    """What Postgres says it did for each query, as a tree."""
    found: list[Any] = []

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT"):
            # A table of a test is small enough to be read whole, which no real one is.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            ask = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
            said = connection.exec_driver_sql(ask, parameters).scalar()
            found.append((said if isinstance(said, list) else json.loads(said))[0]["Plan"])

    event.listen(db.engine, "before_cursor_execute", explain)
    yield found
    event.remove(db.engine, "before_cursor_execute", explain)


def read(plan: Any) -> float:
    """How many rows of messages were read in all, over all rounds."""
    here = 0.0
    if plan.get("Relation Name") == "messages":
        here = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return here + sum(read(each) for each in plan.get("Plans", ()))
