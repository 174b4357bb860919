"""Who may sign in: one-time links, and the users they make."""

from datetime import timedelta

import pytest

from tests.cast import BIA, CAIO, DAVI, come, only, rows, set_back, together
from wa_assistant.accounts import sign_in, team
from wa_assistant.database import db, transaction
from wa_assistant.models import AuditEntry, Role, SignInLink, User

DORA = "dora@example.com"

pytestmark = pytest.mark.usefixtures("context")


def token(email: str, role: Role) -> str:
    return sign_in.make_link(email, role).rpartition("/")[2]


def test_a_link_makes_the_user_it_is_for():
    assert not sign_in.any_user()
    bia = come(BIA, Role.EDITOR).user
    assert (bia.email, bia.role, bia.active) == (BIA, Role.EDITOR, True)
    assert bia.last_sign_in_at
    assert sign_in.any_user()


def test_a_link_works_once():
    once = token(BIA, Role.EDITOR)
    assert sign_in.redeem(once)
    assert sign_in.open_link(once) is None
    assert sign_in.redeem(once) is None


def test_a_link_used_by_two_at_once_works_for_one(app):
    once = token(CAIO, Role.OWNER)
    redeemed = together(app, *[lambda: sign_in.redeem(once) is not None] * 3)
    assert sorted(redeemed) == [False, False, True]
    assert len(rows(User)) == 1


def test_a_link_made_earlier_opens_nothing_once_there_is_a_newer_one():
    as_owner = token(DAVI, Role.OWNER)
    another, as_viewer = token(BIA, Role.EDITOR), token(DAVI, Role.VIEWER)
    assert sign_in.open_link(as_owner) is None
    assert sign_in.redeem(as_owner) is None
    assert sign_in.redeem(as_viewer)
    assert sign_in.redeem(as_owner) is None
    assert only(User).role == Role.VIEWER
    assert sign_in.open_link(another), "which is somebody else's"


def test_looking_at_a_link_does_not_use_it_up():
    once = token(BIA, Role.EDITOR)
    for _ in range(3):
        link = sign_in.open_link(once)
        assert link
        assert link.email == BIA
    assert sign_in.redeem(once)


def test_a_link_lasts_thirty_minutes():
    once = token(BIA, Role.EDITOR)
    link = only(SignInLink)
    assert link.expires_at - link.created_at <= timedelta(minutes=30)
    set_back(SignInLink.expires_at, 29 * 60)
    assert sign_in.open_link(once)
    set_back(SignInLink.expires_at, 60)
    assert sign_in.open_link(once) is None
    assert sign_in.redeem(once) is None
    assert rows(User) == []


@pytest.mark.parametrize("wrong", ["", "x", "ç", "a" * 10_000, "../x"])
def test_a_token_nobody_made_opens_nothing(wrong):
    token(BIA, Role.EDITOR)
    assert sign_in.open_link(wrong) is None
    assert sign_in.redeem(wrong) is None


def test_the_token_itself_is_stored_nowhere():
    once = token(BIA, Role.EDITOR)
    link = only(SignInLink)
    stored = [str(getattr(link, column.name)) for column in SignInLink.__table__.columns]
    assert once not in " ".join(stored)
    assert once not in str([(each.subject_id, each.after) for each in rows(AuditEntry)])


def test_tokens_are_long_and_never_the_same():
    tokens = {token(BIA, Role.EDITOR) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43


def test_an_address_is_one_user_however_it_is_written():
    sign_in.redeem(token(BIA, Role.EDITOR))
    sign_in.redeem(token(f"  {BIA.upper()} ", Role.EDITOR))
    assert only(User).email == BIA


def test_a_later_link_gives_its_role():
    sign_in.redeem(token(DAVI, Role.VIEWER))
    sign_in.redeem(token(DAVI, Role.EDITOR))
    assert only(User).role == Role.EDITOR


def test_who_was_deactivated_does_not_get_in():
    sign_in.redeem(token(DAVI, Role.VIEWER))
    with transaction():
        db.session.get_one(User, only(User).id).active = False
    assert sign_in.redeem(token(DAVI, Role.OWNER)) is None


@pytest.mark.parametrize("way", ["role", "out", "link"])
def test_who_manages_no_longer_does_not_come_in_as_another_owner(way):
    caio, dora = (come(each, Role.OWNER).user for each in (CAIO, DORA))
    as_caio = team.make_link(caio.id, dora)
    assert as_caio
    if way == "role":
        team.change(dora.id, {"role": "editor"}, {"role": "owner"}, caio)
    elif way == "out":
        with transaction():
            team.deactivate(dora.id, caio)
    else:
        sign_in.redeem(token(DORA, Role.EDITOR))
    assert sign_in.redeem(as_caio.rpartition("/")[2]) is None
    assert sign_in.open_links(CAIO) == []


def test_making_and_using_a_link_are_written_down():
    sign_in.redeem(token(BIA, Role.EDITOR))
    made, used = rows(AuditEntry)
    assert (made.subject, made.subject_id) == (used.subject, used.subject_id) == ("user", BIA)
    assert (made.actor, made.origin) == ("command line", "command line")
    assert (used.actor, used.origin) == (BIA, "dashboard")
    assert made.after == used.after == {"role": "editor"}


def test_a_link_begins_with_the_public_address():
    assert sign_in.make_link(BIA, Role.EDITOR).startswith("http://127.0.0.1:8000/sign-in/")


@pytest.mark.parametrize(
    ("has", "covers"),
    [
        (Role.VIEWER, {Role.VIEWER}),
        (Role.EDITOR, {Role.VIEWER, Role.EDITOR}),
        (Role.OWNER, {Role.VIEWER, Role.EDITOR, Role.OWNER}),
    ],
)
def test_a_role_covers_those_before_it(has, covers):
    assert {needed for needed in Role if has.covers(needed)} == covers
