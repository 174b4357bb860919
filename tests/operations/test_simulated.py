"""Who is pretended is deleted whole, and what they cost stays counted."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import ANA, BIA, acting, only, participant, rows, write
from wa_assistant.conversation.full_text import catching_up
from wa_assistant.database import Base, db
from wa_assistant.intake import simulator
from wa_assistant.media import files
from wa_assistant.models import AuditEntry, DailyCost, Media, Participant, Spending
from wa_assistant.money import costs, prices
from wa_assistant.operations import simulated

pytestmark = pytest.mark.usefixtures("context")

KEPT = {"audit_entries", "audit_chain", "spending", "daily_costs"}  # by design


def everything() -> dict[str, Any]:
    db.session.rollback()
    count = func.count()
    return {
        name: db.session.scalar(select(count).select_from(table))
        for name, table in Base.metadata.tables.items()
        if name not in KEPT
    }


def told(work: Any) -> int:
    address = simulator.new_address()
    someone = simulator.write(address, "Ivo", "Quanto custa?", "E tem desconto?")
    simulator.speak(address, "Ivo")
    work()
    simulator.write(address, "Ivo", "👍")
    work()
    return someone.id


def test_nothing_is_left_of_them_and_nothing_of_others_goes(work):
    write(ANA)
    work()
    catching_up.catch_up()
    before = everything()
    told(work)
    file = files.path(only(Media).file)
    assert file.exists()
    told(work)
    assert simulated.delete_all(acting(BIA)) == 2
    catching_up.catch_up()  # the index of what was said has no mark of them left either
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"figures", "counts", "rollups", "marks", "learned", "settings"}, changed
    assert not file.exists()
    assert participant(ANA)
    assert [each.action for each in rows(AuditEntry)] == ["deleted", "deleted"]


def test_one_is_deleted_alone_and_a_real_one_is_not(work):
    write(ANA)
    first, second = told(work), told(work)
    assert simulated.delete_one(first, acting(BIA))
    assert not simulated.delete_one(first, acting(BIA))
    assert not simulated.delete_one(participant(ANA).id, acting(BIA))
    assert {each.id for each in rows(Participant)} == {participant(ANA).id, second}


def test_what_they_cost_stays_the_simulator_s(work):
    told(work)
    month = prices.today().replace(day=1)
    before, spent = costs.conversations(month), [each.spent for each in rows(DailyCost)]
    assert before.pretended
    simulated.delete_all(acting(BIA))
    assert costs.conversations(month) == before
    assert [each.spent for each in rows(DailyCost)] == spent
    assert rows(Spending)
