"""A session stands on the server, and ends there."""

import pytest

from tests.cast import BIA, CAIO, only, rows
from wa_assistant.accounts import sessions, sign_in
from wa_assistant.database import db, transaction
from wa_assistant.models import Action, AuditEntry, Role, Session, User

pytestmark = pytest.mark.usefixtures("context")


def signed_in(email: str) -> User:
    user = sign_in.redeem(sign_in.make_link(email, Role.EDITOR).rpartition("/")[2])
    assert user
    return user


def test_it_is_its_user_s_until_it_ends():
    bia, caio = signed_in(BIA), signed_in(CAIO)
    key, another = sessions.begin(bia), sessions.begin(bia)
    assert sessions.user(bia.id, key) == bia
    assert sessions.user(caio.id, key) is None
    sessions.end(key, bia)
    assert sessions.user(bia.id, key) is None
    assert sessions.user(bia.id, another) == bia


def test_it_ends_once_and_the_trail_says_so():
    bia = signed_in(BIA)
    key = sessions.begin(bia)
    for _ in range(2):
        sessions.end(key, bia)
    assert [each.action for each in rows(AuditEntry)].count(Action.SIGNED_OUT) == 1
    sessions.end("nobody's", bia)
    assert [each.action for each in rows(AuditEntry)].count(Action.SIGNED_OUT) == 1


def test_who_is_put_out_has_none():
    bia = signed_in(BIA)
    key = sessions.begin(bia)
    with transaction():
        db.session.get_one(User, bia.id).active = False
    assert sessions.user(bia.id, key) is None


def test_the_key_itself_is_stored_nowhere():
    key = sessions.begin(signed_in(BIA))
    stored = only(Session)
    assert key not in {str(getattr(stored, column.name)) for column in Session.__table__.columns}
