"""All dead letters of one kind, replayed or dismissed."""

from typing import Any

import pytest

from tests.cast import BIA, rows
from tests.work.left_to_do import make
from wa_assistant.database import db, transaction
from wa_assistant.intake.webhook_log import WEBHOOKS
from wa_assistant.models import Action, AuditEntry, Role, State, User, Webhook
from wa_assistant.notify.email import EMAILS
from wa_assistant.operations import dead_letters, dead_letters_together
from wa_assistant.operations.dead_letters_together import Outcome
from wa_assistant.operations.kinds import KINDS
from wa_assistant.work import claims
from wa_assistant.work.claims import Kind

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia() -> User:
    with transaction():
        user = User(email=BIA, name="Bia", role=Role.EDITOR)
        db.session.add(user)
    return user


def bury(kind: Kind[Any]) -> int:
    row_id = make(kind)
    with transaction():
        claims.bury(kind, db.session.get_one(kind.table, row_id))
    return row_id


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.policy.name)
def test_all_of_a_kind_are_dismissed_and_those_of_others_stay(kind, bia):
    bury(kind)
    other = next(each for each in KINDS if each.table is not kind.table)
    bury(other)
    assert dead_letters_together.dismiss(kind, bia) == Outcome(done=1, failed=0, left=0)
    letters, _ = dead_letters.page()
    assert [letter.kind for letter in letters] == [other]


def test_all_are_replayed_and_each_is_told_to_the_audit(bia):
    ids = [bury(EMAILS) for _ in range(3)]
    assert dead_letters_together.replay(EMAILS, bia) == Outcome(done=3, failed=0, left=0)
    told = [each.subject_id for each in rows(AuditEntry) if each.action == Action.REPLAYED]
    assert told == [str(each) for each in ids]


def test_what_fails_again_stays_and_is_counted(bia):
    webhook_id = bury(WEBHOOKS)
    with transaction():
        db.session.get_one(Webhook, webhook_id).kind = "unknown"
    assert dead_letters_together.replay(WEBHOOKS, bia) == Outcome(done=0, failed=1, left=0)
    assert db.session.get_one(Webhook, webhook_id).state != State.PROCESSED


def test_it_ends_after_a_while_and_says_how_many_are_left(bia):
    for _ in range(2):
        bury(EMAILS)
    assert dead_letters_together.replay(EMAILS, bia, longest=-1) == Outcome(0, 0, left=2)
