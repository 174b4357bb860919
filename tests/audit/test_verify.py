"""What is chained shows whatever was done to it since, and to which entry first."""

import pytest
from sqlalchemy import event

from tests.cast import only, rows
from tests.support.logged import data_of
from wa_assistant import audit
from wa_assistant.audit import chain as chaining
from wa_assistant.audit.chain import chain
from wa_assistant.audit.verify import Fault, Note, go_on, verify
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, AuditChain, AuditEntry, Origin, Subject

from .trail import forced, written

pytestmark = pytest.mark.usefixtures("context")


CHANGES = {
    "who": "UPDATE audit_entries SET actor = 'caio@example.com' WHERE position = 2",
    "what": "UPDATE audit_entries SET action = 'paused' WHERE position = 2",
    "on what": "UPDATE audit_entries SET subject_id = '99' WHERE position = 2",
    "when": "UPDATE audit_entries SET created_at = '2020-01-01 00:00:00' WHERE position = 2",
    "from where": "UPDATE audit_entries SET place = '192.0.2.1' WHERE position = 2",
    "after": """UPDATE audit_entries SET after = '{"to": "eva"}' WHERE position = 2""",
    "before": """UPDATE audit_entries SET before = '{}' WHERE position = 2""",
    "its salt": "UPDATE audit_entries SET salt = NULL WHERE position = 2",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_an_entry_that_was_changed_is_named(statement):
    written(4)
    chain()
    forced(statement)
    broken = verify().broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.CHANGED, 2)
    assert broken.entry_id == only(AuditEntry, AuditEntry.position == 2).id


@pytest.mark.parametrize("database", ["sqlite"])  # Postgres takes only JSON
def test_an_entry_that_can_no_longer_be_read_is_named():
    written(40)
    chain()
    forced("UPDATE audit_entries SET after = 'garbage' WHERE position = 23")
    broken = verify().broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.CHANGED, 23)


SHIFTED = "UPDATE audit_entries SET position = position + 100 WHERE position > 2"
OTHERS = {
    "missing": (["DELETE FROM audit_entries WHERE position = 2"], Fault.MISSING, 2),
    "the first missing": (["DELETE FROM audit_entries WHERE position = 1"], Fault.MISSING, 1),
    "cut off": (["DELETE FROM audit_entries WHERE position > 3"], Fault.CUT_OFF, 4),
    "all gone": (["DELETE FROM audit_entries"], Fault.CUT_OFF, 1),
    "unchained": (
        ["UPDATE audit_entries SET position = NULL WHERE position = 4"],
        Fault.CUT_OFF,
        4,
    ),
    "two in each other's place": (
        [
            "UPDATE audit_entries SET position = -2 WHERE position = 2",
            "UPDATE audit_entries SET position = 2 WHERE position = 3",
            "UPDATE audit_entries SET position = 3 WHERE position = -2",
        ],
        Fault.MOVED,
        2,
    ),
    "missing, and the others closed up": (
        [
            "DELETE FROM audit_entries WHERE position = 2",
            "UPDATE audit_entries SET position = position + 100 WHERE position > 2",
            "UPDATE audit_entries SET position = position - 101 WHERE position > 100",
        ],
        Fault.MOVED,
        2,
    ),
    "put between": (
        [
            SHIFTED,
            "UPDATE audit_entries SET position = position - 99 WHERE position > 100",
            "INSERT INTO audit_entries (created_at, actor, action, subject, subject_id, origin, "
            "position, salt, digest, hash) SELECT created_at, actor, action, subject, '9', origin,"
            " 3, salt, digest, hash FROM audit_entries WHERE position = 2",
        ],
        Fault.CHANGED,
        3,
    ),
}


@pytest.mark.parametrize(("statements", "fault", "position"), OTHERS.values(), ids=OTHERS)
def test_the_first_that_is_not_where_it_was_is_named(statements, fault, position):
    written(4)
    chain()
    for each in statements:
        forced(each)
    broken = verify().broken
    assert broken
    assert (broken.fault, broken.position) == (fault, position)


def test_who_chains_a_changed_entry_anew_breaks_it_at_the_next():
    written(4)
    chain()
    made_anew(2, only_one=True)
    broken = verify().broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.MOVED, 3)


def test_who_chains_all_anew_is_told_by_the_anchor_and_else_by_what_was_noted():
    written(4)
    chain()
    noted = verify().end
    made_anew(2)
    broken = verify().broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.NOT_THE_ANCHOR, 4)
    last = only(AuditEntry, AuditEntry.position == 4).hash
    with transaction():
        db.session.get_one(AuditChain, 1).hash = last
    assert verify().broken is None  # so much for the database alone
    broken = verify(noted).broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.NOT_AS_NOTED, 4)
    broken = verify(Note(9, noted.hash)).broken
    assert broken
    assert (broken.fault, broken.position) == (Fault.CUT_OFF, 5)


def made_anew(position: int, *, only_one: bool = False) -> None:
    """The entry there says something else, and it and all behind it are chained to fit."""
    forced("UPDATE audit_entries SET actor = 'eva' WHERE position = :at", at=position)
    entries = {entry.position: entry for entry in rows(AuditEntry)}
    before = entries[position - 1].hash
    for each in range(position, position + 1 if only_one else len(entries) + 1):
        entry = entries[each]
        told = [getattr(entry, column.key) for column in chaining.CONTENT]
        of_entry = chaining.digest(entry.salt, told)
        before = chaining.linked(before, each, of_entry)
        forced(
            "UPDATE audit_entries SET digest = :digest, hash = :hash WHERE position = :at",
            digest=of_entry,
            hash=before,
            at=each,
        )


def test_the_schedule_goes_through_it_by_parts_and_begins_again(monkeypatch):
    monkeypatch.setattr("wa_assistant.audit.verify.MOST", 3)
    written(7)
    chain()
    went = []
    for _ in range(4):
        go_on()
        row = only(AuditChain)
        went.append((row.seen, row.verified))
    assert went == [(3, 0), (6, 0), (0, 7), (3, 7)]
    assert row.verified_at


def test_what_the_schedule_finds_broken_stays_told_until_it_is_whole_again(caplog):
    written(4)
    chain()
    forced("UPDATE audit_entries SET actor = 'eva' WHERE position = 3")
    go_on()
    row = only(AuditChain)
    assert (row.fault, row.fault_at, row.verified) == ("changed", 3, 0)
    assert data_of(caplog, "the audit is broken") == [{"position": 3, "fault": "changed"}]
    forced("UPDATE audit_entries SET actor = 'bia@example.com' WHERE position = 3")
    go_on()
    row = only(AuditChain)
    assert (row.fault, row.fault_at, row.verified) == (None, None, 4)


def test_a_hundred_thousand_are_read_by_parts(monkeypatch):
    monkeypatch.setattr("wa_assistant.audit.verify.AT_ONCE", 2)
    written(5)
    chain()
    most = []
    event.listen(db.engine, "after_cursor_execute", lambda *told: most.append(told[2]))
    assert verify().broken is None
    assert len([each for each in most if "position >" in each]) == 4


def test_an_entry_tells_the_same_whatever_database_it_was_read_from():
    after = {"to": "ç\x00\ud83d", "n": 0.1 + 0.2, "big": 2**60, "a": [1, {"b": None}]}
    with transaction():
        audit.record(Origin.COMMAND_LINE, Action.CHANGED, Subject.SETTING, "x", after=after)
    chain()
    assert verify().broken is None
