"""Each entry is chained once, whoever chains and whatever comes late."""

import pytest
from sqlalchemy import text

from tests.cast import at_once, only, rows, together
from wa_assistant.audit import chain as chaining
from wa_assistant.audit.chain import chain
from wa_assistant.audit.verify import Note, go_on, verify
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditChain, AuditEntry

from .trail import written

pytestmark = pytest.mark.usefixtures("context")


def positions() -> list[int | None]:
    return [entry.position for entry in rows(AuditEntry)]


def test_each_entry_is_chained_once_in_the_order_in_which_they_came():
    written(3)
    assert positions() == [None, None, None]
    assert chain() == 3
    assert chain() == 0
    written(2)
    assert chain() == 2
    assert positions() == [1, 2, 3, 4, 5]
    end = only(AuditChain)
    assert (end.position, end.hash) == (5, rows(AuditEntry)[-1].hash)
    found = verify()
    assert (found.end, found.broken, found.unchained) == (Note(5, end.hash), None, 0)


def test_a_minute_without_entries_writes_nothing(statements):
    chain()
    assert (len(statements), statements.commits) == (1, 0)


def test_there_is_nothing_wrong_with_an_audit_in_which_nothing_stands():
    assert verify().broken is None
    go_on()
    assert rows(AuditChain) == []


def test_more_than_one_writing_unit_holds_is_chained_by_parts(monkeypatch):
    monkeypatch.setattr(chaining, "AT_ONCE", 2)
    written(5)
    assert chain() == 5
    assert positions() == [1, 2, 3, 4, 5]


def test_two_machines_that_chain_at_once_chain_each_entry_once(app, monkeypatch):
    monkeypatch.setattr(chaining, "AT_ONCE", 7)
    written(60)
    together(app, chain, chain)
    assert {*positions()} == {*range(1, 61)}
    assert verify().broken is None


@pytest.mark.parametrize("database", ["postgres"])  # else ids are committed in their order
def test_what_is_committed_late_is_chained_after_what_was_committed_before(app):
    with at_once(app) as start, db.engine.connect() as late:
        taken = late.execute(text("SELECT nextval('audit_entries_id_seq')")).scalar_one()
        start(written, 2).result()
        start(chain).result()
        late.execute(
            text(
                "INSERT INTO audit_entries (id, created_at, actor, action, subject, subject_id, "
                "origin) VALUES (:id, now(), 'bia', 'took over', 'participant', '1', 'dashboard')"
            ),
            {"id": taken},
        )
        late.commit()
    assert chain() == 1
    assert [entry.position for entry in rows(AuditEntry)] == [3, 1, 2]
    assert verify().broken is None


@pytest.mark.parametrize("database", ["postgres"])  # on SQLite all who write take turns
def test_an_act_waits_for_nobody_who_chains(app):
    written(1)
    with transaction(), at_once(app) as start:
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext('audit chain'))"))
        start(written, 1).result(10)
    assert len(rows(AuditEntry)) == 2
