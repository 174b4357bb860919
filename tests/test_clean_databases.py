"""A test finds no row of another's: neither in a model's table nor in one that is an index."""

import pytest
from sqlalchemy import text

from tests.cast import ANA, BIA, acting, known
from tests.knowledge import stock
from wa_assistant import audit
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, Subject

pytestmark = pytest.mark.usefixtures("context")

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def filled() -> set[str]:
    """The tables that hold a row."""
    names = db.session.scalars(text(TABLES)).all()
    here = {each for each in names if db.session.scalar(text(f"SELECT 1 FROM {each} LIMIT 1"))}
    db.session.rollback()
    return here


@pytest.mark.parametrize("database", ["postgres"])
def test_a_database_that_served_a_test_is_empty_for_the_next(databases, data_dir):
    known(ANA)
    stock.document("horas.txt", "Abrimos às seis.")
    with transaction():
        audit.record(acting(BIA), Action.TOOK_OVER, Subject.PARTICIPANT, 1)
    assert {"audit_entries", "index_words", "participants"} <= filled()
    databases.clean("postgres", data_dir)
    assert filled() == {"alembic_version"}
