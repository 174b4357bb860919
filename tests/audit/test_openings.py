"""Who reads a conversation is written down, once an hour each."""

import pytest
from sqlalchemy import text

from tests.cast import ANA, BIA, CAIO, acting, known, only, rows, together
from wa_assistant.audit.openings import opened
from wa_assistant.database import db
from wa_assistant.models import AuditEntry

from .trail import forced

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ana() -> int:
    return known(ANA)


def test_each_who_opens_it_is_written_down_once_an_hour(ana):
    for who in (BIA, BIA, CAIO, BIA):
        opened(acting(who), ana)
    assert [(each.actor, each.action) for each in rows(AuditEntry)] == [
        (BIA, "opened"),
        (CAIO, "opened"),
    ]
    earlier = "created_at - interval '61 minutes'"
    if db.engine.dialect.name == "sqlite":
        earlier = "datetime(created_at, '-61 minutes')"
    forced(f"UPDATE audit_entries SET created_at = {earlier} WHERE actor = :who", who=BIA)
    for who in (BIA, BIA, CAIO):
        opened(acting(who), ana)
    assert [each.actor for each in rows(AuditEntry)] == [BIA, CAIO, BIA]


def test_two_pages_opened_at_once_are_one_opening(app, ana):
    together(app, *[lambda: opened(acting(BIA), ana)] * 4)
    assert only(AuditEntry).subject_id == str(ana)


def test_what_is_nobody_s_is_opened_by_nobody():
    opened(acting(BIA), 2_000_000_000)
    assert rows(AuditEntry) == []


def test_within_the_hour_it_costs_one_statement_that_reads_what_an_index_holds(ana, statements):
    opened(acting(BIA), ana)
    db.session.rollback()
    statements.clear()
    opened(acting(BIA), ana)
    assert (len(statements), statements.commits) == (1, 0)
    if db.engine.dialect.name == "sqlite":
        explained = "EXPLAIN QUERY PLAN " + statements[0].replace("?", "'1'")
        plan = " ".join(each.detail for each in db.session.execute(text(explained)))
        assert "INDEX ix_audit_entries_opened (subject_id=? AND actor=? AND created_at>?)" in plan
