"""A session stands on the server, and ends there."""

import pytest

from tests.cast import BIA, CAIO, come, only, rows
from wa_assistant.accounts import sessions
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, AuditEntry, Role, Session, User

pytestmark = pytest.mark.usefixtures("context")


def test_it_is_its_user_s_until_it_ends():
    caio = come(CAIO, Role.EDITOR).user
    bia, key = come(BIA, Role.EDITOR)
    another = come(BIA, Role.EDITOR).key
    assert sessions.user(bia.id, key) == bia
    assert sessions.user(caio.id, key) is None
    sessions.end(key, bia)
    assert sessions.user(bia.id, key) is None
    assert sessions.user(bia.id, another) == bia


def test_it_ends_once_and_the_trail_says_so():
    bia, key = come(BIA, Role.EDITOR)
    for _ in range(2):
        sessions.end(key, bia)
    assert [each.action for each in rows(AuditEntry)].count(Action.SIGNED_OUT) == 1
    sessions.end("nobody's", bia)
    assert [each.action for each in rows(AuditEntry)].count(Action.SIGNED_OUT) == 1


def test_it_begins_with_what_lets_its_user_in_or_not_at_all():
    bia = come(BIA, Role.EDITOR).user
    with pytest.raises(RuntimeError):
        sessions.begin(bia, sessions.UNKNOWN)


def test_who_is_put_out_has_none():
    bia, key = come(BIA, Role.EDITOR)
    with transaction():
        db.session.get_one(User, bia.id).active = False
    assert sessions.user(bia.id, key) is None


def test_the_key_itself_is_stored_nowhere():
    key = come(BIA, Role.EDITOR).key
    stored = only(Session)
    assert key not in {str(getattr(stored, column.name)) for column in Session.__table__.columns}
