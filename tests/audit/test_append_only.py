"""The database itself refuses that an entry is changed or deleted, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.cast import only, rows
from wa_assistant.audit.chain import chain
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry

from .trail import written

pytestmark = pytest.mark.usefixtures("context")

REFUSED = "never changed or deleted"


GUARDED = (
    "UPDATE audit_entries SET actor = 'eva'",
    "UPDATE audit_entries SET created_at = '2020-01-01 00:00:00'",
    "UPDATE audit_entries SET after = NULL",
    "UPDATE audit_entries SET salt = 'x'",
    "UPDATE audit_entries SET id = id + 100",
    "DELETE FROM audit_entries",
    "INSERT INTO audit_entries (id, position, created_at, actor, action, subject, subject_id, "
    "origin) VALUES (99, 7, '2026-11-30 12:00:00', 'eva', 'paused', 'participant', '1', 'x')",
)


@pytest.mark.parametrize("statement", GUARDED)
@pytest.mark.parametrize("chained", [True, False])
def test_the_database_refuses_to_change_or_delete_an_entry(statement, chained):
    written(1)
    if chained:
        chain()
    with pytest.raises(DatabaseError, match=REFUSED), transaction():
        db.session.execute(text(statement))
    assert len(rows(AuditEntry)) == 1


def test_what_is_chained_is_chained_no_second_time():
    written(1)
    chain()
    with pytest.raises(DatabaseError, match=REFUSED), transaction():
        db.session.execute(text("UPDATE audit_entries SET position = 2, hash = 'x'"))


def test_nothing_is_put_in_an_entry_s_place_or_emptied_at_once(database):
    written(1)
    entry = only(AuditEntry).id
    statement = {
        "sqlite": "INSERT OR REPLACE INTO audit_entries (id, created_at, actor, action, subject, "
        f"subject_id, origin) VALUES ({entry}, '2026-11-30 12:00:00', 'eva', 'x', 'x', '1', 'x')",
        "postgres": "TRUNCATE audit_entries",
    }[database]
    with pytest.raises(DatabaseError, match=REFUSED), transaction():
        db.session.execute(text(statement))
    assert only(AuditEntry).actor != "eva"
